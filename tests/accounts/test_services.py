"""Verbs of units: one code is one unit, what a certification needs, the freeze, for whom a person acts."""

import datetime as dt

import pytest

from accounts.certification.services import (
    reopen_certification,
    save_certification,
    set_frozen,
    submit_certification,
)
from accounts.login.consent import consent
from accounts.members.switching import current_unit
from accounts.models import Consent, Unit, UnitMember, User
from notifications.models import Notice
from records.rules import StaleCase
from reviews.models import Office, OfficeMember
from tests.factories import drive_application, drive_claim, drive_unit, make_document, make_unit, make_user
from tests.helpers import afresh, refused
from vouchers.services import submit_application

pytestmark = pytest.mark.django_db
WUQING = ("91120222MA00000312", "雍阳样例工贸有限公司", "120114")


def fresh(world, admin=None):
    return make_unit(admin or make_user(), *WUQING)


def test_whoever_begins_a_certification_administers_the_unit(world):
    person = make_user()
    unit = fresh(world, person)
    member = unit.memberships.get()
    assert (member.user, member.role, afresh(unit.licence).case, unit.state) == (person, "admin", unit, "uncertified")


@pytest.mark.parametrize("lacking", [{"handler_phone": ""}, {"licence": None}])
def test_a_required_field_is_asked_for_before_the_platform_sees_it(world, lacking):
    unit = fresh(world)
    Unit.objects.filter(pk=unit.pk).update(**lacking)
    with refused("R-FIELDS"):
        submit_certification(unit, by=unit.members.get())


def test_without_a_platform_nothing_is_handed_in(world):
    unit = fresh(world)
    Office.objects.filter(kind="platform").update(is_active=False)
    with refused("R-OFFICE", match="平台审核单位尚未设置"):
        submit_certification(unit, by=unit.members.get())


def test_a_handler_does_not_certify(world):
    unit, handler = fresh(world), make_user()
    UnitMember.objects.create(unit=unit, user=handler)
    with refused("R-PERM"):
        save_certification(unit, by=handler)
    with refused("R-PERM"):
        submit_certification(unit, by=handler)


@pytest.mark.parametrize("state", ["pending", "certified", "frozen", "rejected"])
def test_nothing_is_editable_under_review_or_after_it(world, state):
    unit = drive_unit(fresh(world), state, world)
    with refused("R-STATE"):
        save_certification(unit, by=unit.members.get())


def test_a_stale_page_saves_nothing(world):
    unit = fresh(world)
    old = afresh(unit)
    unit = drive_unit(unit, "returned", world)
    old.address = "另一处"
    with pytest.raises(StaleCase):
        save_certification(old, by=unit.members.get())


def test_a_new_licence_joins_the_case(world):
    unit = drive_unit(fresh(world), "returned", world)
    unit.licence = make_document(unit.members.get(), "新执照.pdf")
    save_certification(unit, by=unit.members.get())
    assert {paper.name for paper in unit.documents.all()} == {"材料.pdf", "新执照.pdf"}


def test_a_reviewer_does_not_certify_the_unit_he_belongs_to(world):
    unit = drive_unit(fresh(world), "pending", world)
    UnitMember.objects.create(unit=unit, user=world.platform)
    with refused("R-PERM"):
        world.decide(unit, world.platform, "pass_review")


def test_running_cases_go_on_while_the_unit_certifies_again(world):
    application = drive_application(world.make_application(), "district", world)
    reopen_certification(world.unit, by=world.applicant)
    assert world.decide(application, world.district, "pass_review").state == "body"


@pytest.mark.parametrize("frozen", [True, False])
def test_a_freeze_and_its_end_need_words(world, frozen):
    with refused("R-WORDS"):
        set_frozen(world.unit, frozen=frozen, by=world.platform, text="  ")


def test_a_frozen_unit_starts_nothing_and_goes_on_after_the_freeze(world):
    draft = world.make_application()
    claim = world.make_claim(drive_application(world.make_application(), "approved", world))
    set_frozen(world.unit, frozen=True, by=world.platform, text="提供虚假材料。")
    assert Notice.objects.filter(recipient=world.applicant, kind="certification_frozen", body__contains="虚假").exists()
    with refused("R-FROZEN"):
        world.make_order()
    with refused("R-FROZEN"):
        submit_application(draft, by=world.applicant)
    with refused("R-FROZEN"):
        drive_claim(claim, "district", world)
    set_frozen(world.unit, frozen=False, by=world.platform, text="已核实更正。")
    assert submit_application(draft, by=world.applicant).state == "district"


def test_a_person_acts_for_the_living_unit_that_he_joined_first(world):
    person = make_user()
    first, second = fresh(world, make_user()), world.other_unit
    for unit, day in ((second, 2), (first, 1)):
        since = dt.datetime(2026, 1, day, tzinfo=dt.UTC)
        UnitMember.objects.create(unit=unit, user=person, since=since)
    assert current_unit(person) == first
    Unit.objects.filter(pk=first.pk).update(state="rejected")
    assert current_unit(person) == second
    assert current_unit(make_user()) is None


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("applicant", {"unit"}),
        ("stranger", {"other_unit"}),
        ("platform", {"unit", "other_unit", "provider"}),
        ("municipal", {"unit", "other_unit", "provider"}),
        ("provider_member", {"provider"}),
        ("district", set()),
        ("body", set()),
        ("expert_1", set()),
        ("administrator", set()),
    ],
)
def test_who_sees_which_unit(world, role, expected):
    units = {"unit": world.unit, "other_unit": world.other_unit, "provider": world.provider.unit}
    seen = Unit.objects.visible_to(world.people[role])
    assert {name for name, unit in units.items() if unit in seen} == expected


def test_a_closed_office_sees_nothing_more(world):
    Office.objects.filter(kind="platform").update(is_active=False)
    assert not Unit.objects.visible_to(world.platform).exists()
    OfficeMember.objects.all().delete()
    assert not Unit.objects.visible_to(world.municipal).exists()


def test_a_refused_unit_is_no_longer_alive_and_its_code_is_free(world):
    refused_one = drive_unit(fresh(world), "rejected", world)
    again = fresh(world)
    alive = Unit.objects.alive()
    assert (refused_one in alive, again in alive, again.uscc == refused_one.uscc) == (False, True, True)


def test_the_clock_is_one_user_who_cannot_sign_in(client):
    clock = User.objects.clock()
    assert (clock == User.objects.clock(), clock.is_clock, clock.is_active, clock.has_usable_password()) == (
        True,
        True,
        False,
        False,
    )


def test_a_consent_is_kept_once_for_each_version():
    person = make_user()
    assert consent(person) == consent(person)
    assert Consent.objects.get().user == person
