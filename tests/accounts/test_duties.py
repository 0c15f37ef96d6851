"""管理职责: who gives which duty to whom; audit stays apart from accounts, offices and the first set-up."""

import itertools

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.urls import reverse

from accounts.models import Duty, User
from accounts.offices.backends import DutyBackend
from accounts.offices.duties.services import duties_given_by, may_enter_administration, may_set_duty, set_duty
from notifications.models import Notice
from reviews import places
from reviews.models import OfficeMember
from tests.factories import make_user
from tests.helpers import afresh, at_once, constrained, refused

pytestmark = pytest.mark.django_db
ALL, PLAIN = {"accounts", "catalog", "audit"}, {"accounts", "catalog"}
GIVES = {"municipal": ALL, "administrator": PLAIN, "root": PLAIN}  # who → the duties that he gives and takes
EVERYBODY = (
    "municipal",
    "administrator",
    "root",
    "curator",
    "auditor",
    "platform_lead",
    "municipal_reviewer",
    "platform",
    "district",
    "body",
    "expert_1",
    "applicant",
)


@pytest.fixture
def people(world):
    everybody = dict(world.people)
    everybody["root"] = make_user("root", is_superuser=True, is_staff=True)
    for name, office, role in (
        ("platform_lead", world.platform_office, "lead"),
        ("municipal_reviewer", world.municipal_office, "reviewer"),
    ):
        everybody[name] = make_user(name)
        OfficeMember.objects.create(office=office, user=everybody[name], role=role)
    return everybody


def test_everybody_s_duties_to_give(people):
    assert {who: duties_given_by(people[who]) for who in EVERYBODY} == {who: GIVES.get(who, set()) for who in EVERYBODY}


@pytest.mark.bare
@pytest.mark.parametrize(
    ("facts", "leads", "given"),
    [
        ({}, {"municipal"}, ALL),
        ({"duty": "accounts"}, {"municipal"}, ALL),
        ({"duty": "accounts"}, set(), PLAIN),
        ({"is_superuser": True}, set(), PLAIN),
        ({"duty": "catalog"}, set(), set()),
        ({"duty": "audit"}, set(), set()),
        ({"is_staff": True}, {"platform", "district", "body", "expert"}, set()),
        ({"duty": "accounts", "is_active": False}, {"municipal"}, set()),
        ({"is_superuser": True, "is_active": False}, set(), set()),
    ],
)
def test_which_duties_somebody_gives(facts, leads, given):
    assert duties_given_by(User(**facts), leads) == given


@pytest.mark.bare
@pytest.mark.parametrize("before", ["", *Duty.values])
@pytest.mark.parametrize("given", [ALL, PLAIN, set()], ids=["all", "no audit", "none"])
def test_a_duty_is_changed_by_who_gives_both_the_old_and_the_new(before, given):
    for after in ["", *Duty.values]:
        may = bool(given) and {before, after} - {""} <= given
        assert may_set_duty(User(pk=2, duty=before), User(pk=1), after, frozenset(given)) == may
        assert not may_set_duty(User(pk=1, duty=before), User(pk=1), after, frozenset(given))


@pytest.mark.parametrize("who", ["municipal", "administrator", "curator", "platform_lead"])
def test_who_gives_and_takes_which_duty(people, who):
    by, given = people[who], GIVES.get(who, set())
    for before, after in itertools.product(["", *Duty.values], repeat=2):
        target = make_user(duty=before)
        if before == after or (before and after):
            continue
        if given and {before, after} - {""} <= given:
            assert set_duty(target, after, by=by).duty == after
        else:
            with refused("R-PERM"):
                set_duty(target, after, by=by)


@pytest.mark.parametrize("who", GIVES)
def test_nobody_changes_his_own(people, who):
    for duty in ("", *Duty.values):
        with refused("R-SELF"):
            set_duty(people[who], duty, by=people[who])


def test_one_person_has_one_duty(world):
    with refused("R-DUTY", match="一人只有一项职责"):
        set_duty(world.administrator, "audit", by=world.municipal)
    set_duty(world.administrator, "", by=world.municipal)
    assert set_duty(world.administrator, "audit", by=world.municipal).duty == "audit"


def test_an_auditor_is_no_superuser_at_no_office_and_in_use(world, people):
    with refused("R-DUTY", match="初始化帐号"):
        set_duty(people["root"], "audit", by=world.municipal)
    with refused("R-DUTY", match="任职"):
        set_duty(world.district, "audit", by=world.municipal)
    with refused("R-DUTY", match="已停用"):
        set_duty(make_user(is_active=False), "catalog", by=world.municipal)
    places.end_place(world.district_office.memberships.get(), by=world.municipal)
    assert set_duty(world.district, "audit", by=world.municipal).is_staff
    with refused("R-DUTY", match="负责审计"):
        places.bring_back(world.district_office.memberships.get(), by=world.municipal)


def test_a_leave_that_is_over_does_not_stand_in_the_way(world):
    place = world.district_office.memberships.get()
    OfficeMember.objects.create(
        office=world.district_office,
        user=world.stranger,
        stands_in_for=place,
        starts_on="2020-01-01",
        ends_on="2020-01-02",
    )
    assert set_duty(world.stranger, "audit", by=world.municipal).duty == "audit"


def test_the_database_keeps_them_apart(world):
    with constrained("user_audits_or_administers"):
        User.objects.filter(pk=world.auditor.pk).update(is_superuser=True)
    with constrained("user_auditor_is_at_no_office"):
        User.objects.filter(pk=world.district.pk).update(duty="audit")
    with constrained("office_place_is_no_auditors"):
        OfficeMember.objects.create(office=world.body_office, user=world.auditor)
    place = OfficeMember.objects.create(office=world.body_office, user=world.auditor, ended_at="2026-01-01T00:00Z")
    with constrained("office_place_is_no_auditors"):
        OfficeMember.objects.filter(pk=place.pk).update(ended_at=None)


@pytest.mark.django_db(transaction=True)
def test_a_place_and_the_audit_given_at_once_end_with_one_of_them(world):
    person = make_user("both")

    def guarded(act):
        try:
            return act() and "done"
        except IntegrityError:
            return "refused"

    results = at_once(
        lambda: guarded(lambda: places.add_place(world.body_office, person, "reviewer", by=world.municipal)),
        lambda: guarded(lambda: set_duty(person, "audit", by=world.municipal)),
    )
    assert results.count("done") == 1
    both = OfficeMember.objects.at_work().filter(user=person).exists() and afresh(person).duty == "audit"
    assert not both
    connection.close()


def test_a_duty_is_told_written_down_and_not_given_twice(world):
    set_duty(world.stranger, "catalog", by=world.municipal)
    set_duty(world.stranger, "catalog", by=world.municipal)
    event = world.stranger.events.get()
    assert (event.step, event.text, event.actor) == ("duty_changed", "无 → 目录管理", world.municipal)
    assert Notice.objects.get(kind="duty_changed").subject == "您的管理职责已调整：目录管理"
    set_duty(world.stranger, "", by=world.municipal)
    assert (afresh(world.stranger).duty, afresh(world.stranger).is_staff) == ("", False)


def test_the_administration_opens_to_a_duty_the_city_and_the_first_set_up(people):
    opened = {name for name, person in people.items() if may_enter_administration(person)}
    assert opened == {"administrator", "curator", "auditor", "root", "municipal", "municipal_reviewer"}


def test_rights_end_with_the_duty_and_the_account(world):
    backend = DutyBackend()
    assert backend.has_perm(world.curator, "catalog.change_product")
    assert not backend.has_perm(world.curator, "catalog.delete_product")
    assert not backend.has_perm(world.curator, "accounts.view_user")
    assert not backend.has_perm(world.auditor, "accounts.change_user")
    assert backend.has_module_perms(world.auditor, "accounts")
    assert backend.get_user_permissions(world.curator, obj=world.product) == set()
    set_duty(world.curator, "", by=world.municipal)
    assert not backend.has_perm(afresh(world.curator), "catalog.change_product")
    out_of_use = make_user(duty="catalog", is_active=False)
    assert backend.get_user_permissions(out_of_use) == set()


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_page_opens_to_those_who_give_duties(client, people, who):
    client.force_login(people[who])
    status = 200 if who in GIVES else 404
    assert client.get(reverse("duty_list")).status_code == status
    target = make_user("target", duty="catalog")
    assert client.get(reverse("duty_end", args=[target.pk])).status_code == status


def test_a_duty_is_given_and_taken_on_the_page(client, world):
    client.force_login(world.administrator)
    User.objects.filter(pk=world.stranger.pk).update(phone="13800000077")
    page = client.post(
        reverse("duty_list"), {"account": "13800000077", "duty": "catalog"}, follow=True
    ).content.decode()
    assert "已指定" in page
    assert client.get(reverse("duty_end", args=[world.stranger.pk])).status_code == 200
    assert afresh(world.stranger).duty == "catalog"
    client.post(reverse("duty_end", args=[world.stranger.pk]))
    assert afresh(world.stranger).duty == ""


def test_what_the_page_refuses_stands_in_the_form(client, world):
    client.force_login(world.administrator)
    for account, duty, words in (
        ("nobody", "catalog", "没有找到"),
        ("auditor", "catalog", "没有指定或免去"),
        ("administrator", "catalog", "自己的管理职责"),
        ("stranger", "audit", "不在列表中"),
    ):
        page = client.post(reverse("duty_list"), {"account": account, "duty": duty}).content.decode()
        assert words in page
    assert client.get(reverse("duty_end", args=[world.auditor.pk])).status_code == 404
    assert client.post(reverse("duty_end", args=[world.administrator.pk])).status_code == 404
    assert afresh(world.stranger).duty == ""


def test_who_has_left_gives_no_duty():
    assert duties_given_by(make_user("left", is_superuser=True, is_active=False)) == frozenset()
