"""What an admission does: the provider it makes or finds, the laboratories, the renewal; who may and who is refused."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Unit, UnitMember
from catalog.admissions.services import (
    claim_laboratories,
    move_admission,
    save_admission,
    start_admission,
    submit_admission,
)
from catalog.models import Admission, Provider
from notifications.models import Notice
from orders.services import move_order
from policy.calendar import add_months, today
from records.rules import StaleCase
from reviews.services import give_opinion
from tests.factories import (
    drive_admission,
    make_category,
    make_laboratory,
    make_product,
    make_provider,
    make_unit,
    make_user,
)
from tests.helpers import afresh, at_once, new_policy, refused

pytestmark = pytest.mark.django_db
A_DAY = dt.timedelta(days=1)


def days_ahead(day):
    return time_machine.travel(dt.datetime.combine(day, dt.time(4), dt.UTC), tick=False)


@pytest.mark.parametrize(
    ("kind", "code", "region"),
    [
        ("enterprise", "91120104000000019E", "tianjin"),
        ("institution", "121200000000000510", "tianjin"),
        ("nonprofit", "52120000000000086E", "tianjin"),
        ("enterprise", "9111010800000006X7", "beijing"),
        ("enterprise", "91130100000000078U", "hebei"),
    ],
)
def test_a_unit_of_any_kind_and_of_all_three_regions_becomes_a_provider(world, kind, code, region):
    for others in (Provider.objects.all(), Unit.objects.exclude(pk=world.unit.pk).filter(uscc=code)):
        others.update(uscc="91120222MA00000312")
    Unit.objects.filter(pk=world.unit.pk).update(kind=kind, uscc=code)
    admission = world.admit(unit=afresh(world.unit))
    provider = admission.provider
    assert (provider.uscc, provider.unit, provider.region, provider.is_admitted) == (code, world.unit, region, True)
    assert (provider.name, provider.legal_representative) == (world.unit.name, world.unit.legal_representative)
    assert list(provider.scope.all()) == [world.product.category]
    assert provider.qualifications == "CNAS"


def test_the_provider_with_the_same_code_is_brought_up_to_date_not_doubled(world):
    known = make_provider(uscc=world.unit.uscc, name="旧名", is_admitted=False)
    admission = world.admit()
    assert admission.provider == known
    known.refresh_from_db()
    assert (known.name, known.unit, known.is_admitted) == (world.unit.name, world.unit, True)


def test_a_laboratory_s_row_is_not_taken_for_the_institution_and_its_desk_goes_to_its_host(world):
    laboratory = make_laboratory(host_uscc=world.unit.uscc)
    Provider.objects.filter(pk=laboratory.provider_id).update(uscc=world.unit.uscc)
    admission = world.admit()
    assert admission.provider_id != laboratory.provider_id
    assert afresh(laboratory.provider).unit == world.unit


def test_a_laboratory_with_an_account_stays_with_it(world):
    laboratory = make_laboratory(host_uscc=world.unit.uscc)
    Provider.objects.filter(pk=laboratory.provider_id).update(unit=world.other_unit)
    world.admit()
    assert afresh(laboratory.provider).unit == world.other_unit


def test_a_certified_host_takes_its_laboratories_without_an_admission_and_confirms_their_orders(world):
    laboratory = make_laboratory(host_uscc=world.other_unit.uscc)
    order = world.make_order(product=make_product(laboratory.provider))
    assert claim_laboratories(world.other_unit, by=world.stranger) == 1
    assert move_order(order, "confirm", by=world.stranger).state == "serving"


def test_only_a_certified_unit_s_writers_take_laboratories(world):
    with refused("R-PERM"):
        claim_laboratories(world.unit, by=world.reader)
    fresh = make_unit(world.applicant, "91120222MA00000312", "雍阳样例工贸有限公司", "120114")
    with refused("R-CERT"):
        claim_laboratories(fresh, by=world.applicant)


def test_only_writers_of_a_certified_unit_start(world):
    for person in (world.stranger, world.reader, world.platform, world.administrator):
        with refused("R-PERM"):
            start_admission(world.unit, by=person)
    fresh = make_unit(world.applicant, "91120222MA00000312", "雍阳样例工贸有限公司", "120114")
    with refused("R-CERT"):
        start_admission(fresh, by=world.applicant)


def test_a_handler_may_apply_but_not_give_the_admission_up(world):
    handler = make_user()
    world.unit.memberships.create(user=handler, role=UnitMember.Role.HANDLER)
    admission = world.admit(by=handler)
    with refused("R-PERM"):
        move_admission(admission, "withdraw", by=handler)
    assert move_admission(admission, "withdraw", by=world.applicant).state == "withdrawn"
    assert not afresh(admission.provider).is_admitted


def test_a_second_start_goes_on_with_the_draft(world):
    assert start_admission(world.unit, by=world.applicant) == start_admission(world.unit, by=world.applicant)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_draft(world):
    begin = lambda: start_admission(world.unit, by=world.applicant).pk  # noqa: E731 - an act of a thread
    assert len(set(at_once(begin, begin))) == 1
    assert Admission.objects.count() == 1


def test_what_is_missing_is_told_when_it_is_handed_in(world):
    admission = start_admission(world.unit, by=world.applicant)
    with refused("R-FIELDS"):
        submit_admission(admission, by=world.applicant)
    admission.summary = "简介" * 20
    save_admission(admission, by=world.applicant, scope=[], rows=[])
    with refused("R-SCOPE"):
        submit_admission(admission, by=world.applicant)
    admission.scope.set([world.product.category])
    with refused("R-PLEDGE"):
        submit_admission(admission, by=world.applicant)


def test_a_unit_that_lost_its_certification_is_not_admitted(world):
    admission = world.admit("pending")
    Unit.objects.filter(pk=world.unit.pk).update(state="frozen")
    with refused("R-CERT"):
        give_opinion(admission.turns.get(), by=world.platform, verdict="pass_review")


def test_nothing_is_editable_under_review_or_for_others(world):
    admission = world.make_admission()
    kept = {"scope": [world.product.category], "rows": admission.qualifications.all()}
    with refused("R-PERM"):
        save_admission(afresh(admission), by=world.stranger, **kept)
    submit_admission(admission, by=world.applicant)
    with refused("R-STATE"):
        save_admission(afresh(admission), by=world.applicant, **kept)


def test_a_colleague_s_certificate_is_not_lost_by_a_stale_page(world):
    admission = world.make_admission()
    stale, seen = afresh(admission), admission.version
    save_admission(
        afresh(admission),
        by=world.applicant,
        scope=[world.product.category, make_category()],
        rows=admission.qualifications.all(),
        seen=seen,
    )
    with pytest.raises(StaleCase):
        save_admission(stale, by=world.applicant, scope=[world.product.category], rows=[], seen=seen)
    assert admission.qualifications.count() == 1


def test_it_is_valid_for_the_months_of_the_policy(world):
    new_policy(admission_months=12)
    admission = world.admit()
    assert (admission.valid_from, admission.valid_until) == (today(), add_months(today(), 12) - A_DAY)


def test_a_renewal_starts_90_days_before_the_end_and_loses_no_day(world):
    first = world.admit()
    with days_ahead(first.valid_until - dt.timedelta(days=91)), refused("R-EARLY", "到期前 90 天"):
        start_admission(world.unit, by=world.applicant)
    with days_ahead(first.valid_until - dt.timedelta(days=90)):
        second = start_admission(world.unit, by=world.applicant)
        assert (second.summary, list(second.scope.all())) == (first.summary, list(first.scope.all()))
        assert second.qualifications.get().number == first.qualifications.get().number
        second = drive_admission(world.make_admission(), "admitted", world, by=world.applicant)
    assert second.valid_until == add_months(first.valid_until + A_DAY, 36) - A_DAY
    assert afresh(first).state == "expired"
    assert afresh(second.provider).is_admitted
    assert first.events.latest("sequence").text == f"由 {second.number} 接续。"
    assert not Notice.objects.filter(kind="admission_expired").exists()


def test_a_suspended_unit_cannot_renew_its_way_out(world):
    first = world.admit()
    with days_ahead(first.valid_until - dt.timedelta(days=30)):
        second = submit_admission(world.make_admission(), by=world.applicant)
        move_admission(first, "suspend", by=world.platform, note="整改。")
        with refused("R-PAUSED"):
            give_opinion(second.turns.get(), by=world.platform, verdict="pass_review")
        move_admission(second, "withdraw", by=world.applicant)
        with refused("R-PAUSED"):
            start_admission(world.unit, by=world.applicant)


@pytest.mark.parametrize("step", ["suspend", "resume"])
def test_suspending_and_resuming_need_words(world, step):
    admission = world.admit("admitted" if step == "suspend" else "suspended")
    with refused("R-WORDS"):
        move_admission(admission, step, by=world.platform, note="  ")


@pytest.mark.parametrize("role", ["applicant", "reader", "stranger", "municipal", "administrator", "curator", "body"])
def test_the_platform_alone_suspends(world, role):
    admission = world.admit()
    with refused("R-PERM"):
        move_admission(admission, "suspend", by=world.people[role], note="整改。")


def test_nobody_of_the_platform_decides_on_his_own_unit(world):
    UnitMember.objects.create(unit=world.unit, user=world.platform, role=UnitMember.Role.READER)
    pending = world.admit("pending")
    with refused("R-PERM"):
        give_opinion(pending.turns.get(), by=world.platform, verdict="pass_review")


def test_a_suspension_is_not_lifted_past_the_last_day(world):
    admission = world.admit("suspended")
    with days_ahead(admission.valid_until + A_DAY), refused("R-DATE"):
        move_admission(admission, "resume", by=world.platform, note="整改完成。")


def test_everybody_of_the_unit_hears_what_happens(world):
    admission = world.admit("suspended")
    notice = Notice.objects.filter(recipient=world.reader, kind="admission_suspended").get()
    assert "资质复评审未通过" in notice.body
    move_admission(admission, "resume", by=world.platform, note="整改完成。")
    kinds = Notice.objects.filter(recipient=world.reader, kind__startswith="admission").order_by("pk")
    assert [kind.removeprefix("admission_") for kind in kinds.values_list("kind", flat=True)] == [
        "received",
        "admitted",
        "suspended",
        "admitted",
    ]
    assert Notice.objects.filter(recipient=world.platform, kind="admission_submitted").count() == 1
    assert timezone.localdate() == today()
