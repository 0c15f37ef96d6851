"""Who keeps whose place: who × kind of office × role × act, from one table; and what each act does."""

import itertools

import pytest

from notifications.models import Notice
from records.rules import RuleBroken
from records.steps import chain_holds
from reviews import places
from reviews.experts.pool import free_for
from reviews.models import Office, OfficeMember, PanelSeat
from reviews.offices import body_of, platform_office
from reviews.panel import form_panel, give_word
from reviews.permissions import is_reviewer_in_turn, keeps_offices, leads_at, may_change_place
from tests.factories import drive_application, drive_claim, make_office, make_user
from tests.helpers import afresh, at_once, refused
from tests.reviews.desk import open_turn
from tests.reviews.test_permissions import GIVEN, LEADING, ROLES

pytestmark = pytest.mark.django_db
OTHERS = (
    "platform", "district", "district_lead", "body_lead", "expert_1", "municipal_reviewer", "administrator", "curator",
    "auditor", "applicant", "superuser", "former_lead", "lend_lead",
)  # fmt: skip


def cast(world):
    """Everybody of the table, by name."""
    people = dict(world.people)
    for name, office, role in (
        ("platform_lead", world.platform_office, "lead"), ("district_lead", world.other_district_office, "lead"),
        ("body_lead", world.other_body_office, "lead"), ("municipal_reviewer", world.municipal_office, "reviewer"),
        ("former_lead", world.municipal_office, "lead"),
    ):  # fmt: skip
        people[name] = make_user(name)
        place = OfficeMember.objects.create(office=office, user=people[name], role=role)
        if name == "former_lead":
            places.end(place)
    people["superuser"] = make_user("root", is_superuser=True)
    people["lend_lead"] = make_user("lend_lead")
    lead = world.municipal_office.memberships.get(user=world.municipal)
    OfficeMember.objects.create(
        office=world.municipal_office, user=people["lend_lead"], role="lead", stands_in_for=lead,
        starts_on="2000-01-01", ends_on="2999-01-01",
    )  # fmt: skip
    return people


def offices_of(world):
    return {
        "platform": world.platform_office, "district": world.district_office, "body": world.body_office,
        "expert": world.expert_office, "municipal": world.municipal_office,
    }  # fmt: skip


def test_who_leads_at_which_kind_of_office(world):
    people = cast(world)
    assert {who: leads_at(people[who]) for who in [*GIVEN, *OTHERS]} == {
        who: LEADING.get(who, set()) for who in [*GIVEN, *OTHERS]
    }
    assert {who for who in [*GIVEN, *OTHERS] if keeps_offices(people[who])} == set(GIVEN)


@pytest.mark.parametrize("who", [*GIVEN, *OTHERS])
def test_each_act_asks_the_same_question(world, who):
    person, given = cast(world)[who], GIVEN.get(who, {})
    for (kind, office), role in itertools.product(offices_of(world).items(), ROLES):
        place = OfficeMember.objects.create(office=office, user=make_user(), role=role)
        over = OfficeMember.objects.create(office=office, user=make_user(), role=role, ended_at=place.since)
        acts = {
            "add": lambda office=office, role=role: places.add_place(office, make_user(), role, by=person),
            "same": lambda place=place, role=role: places.change_role(place, role, by=person),
            "end": lambda place=place: places.end_place(place, by=person),
            "return": lambda over=over: places.bring_back(over, by=person),
        }
        assert {name: is_done(act) for name, act in acts.items()} == dict.fromkeys(acts, role in given.get(kind, ()))


def is_done(act):
    try:
        act()
    except RuleBroken:
        return False
    return True


def test_nobody_changes_his_own_place(world):
    own = world.municipal_office.memberships.get()
    for act in (
        lambda: places.change_role(own, "reviewer", by=world.municipal),
        lambda: places.end_place(own, by=world.municipal),
        lambda: places.add_place(world.body_office, world.municipal, "lead", by=world.municipal),
        lambda: places.bring_back(own, by=world.municipal),
    ):
        with refused("R-SELF"):
            act()
    assert afresh(own).ended_at is None


def test_a_platform_lead_makes_no_lead_of_his_own_office(world):
    lead = cast(world)["platform_lead"]
    colleague = world.platform_office.memberships.get(user=world.platform)
    with refused("R-PERM"):
        places.change_role(colleague, "lead", by=lead)
    other = OfficeMember.objects.create(office=world.platform_office, user=make_user(), role="lead")
    with refused("R-PERM"):
        places.end_place(other, by=lead)


def test_the_city_keeps_a_lead(world):
    lead = world.municipal_office.memberships.get()
    second = places.add_place(world.municipal_office, make_user("second"), "lead", by=world.municipal)
    places.end_place(lead, by=second.user)
    third = OfficeMember.objects.create(
        office=world.municipal_office, user=make_user("third", is_active=False), role="lead"
    )
    assert leads_at(third.user) == set()
    fourth = make_user("fourth")
    OfficeMember.objects.create(office=make_office("municipal", "市科技局二处"), user=fourth, role="lead")
    places.end_place(second, by=fourth)
    rest = OfficeMember.objects.get(user=fourth)
    helper = OfficeMember.objects.create(office=world.municipal_office, user=make_user("helper"), role="reviewer")
    assert not may_change_place(rest, helper.user)


@pytest.mark.parametrize("act", [
    lambda place, by: places.end_place(place, by=by), lambda place, by: places.change_role(place, "reviewer", by=by),
])  # fmt: skip
def test_the_last_lead_of_the_city_is_not_taken(world, act):
    first, second = world.municipal_office.memberships.get(), make_user("second")
    OfficeMember.objects.create(office=world.municipal_office, user=second, role="lead")
    places.end_place(first, by=second)
    last = OfficeMember.objects.get(user=second)
    OfficeMember.objects.filter(pk=first.pk).update(ended_at=None, role="lead")  # somebody who may, but cannot sign in
    world.municipal.is_active = False
    world.municipal.save()
    world.municipal.is_active = True  # his request began before
    with refused("R-LEAD", match="唯一在岗的负责人"):
        act(last, world.municipal)


@pytest.mark.django_db(transaction=True)
def test_two_leads_who_end_each_other_leave_one(world):
    first = world.municipal_office.memberships.get()
    second = OfficeMember.objects.create(office=world.municipal_office, user=make_user("second"), role="lead")
    results = at_once(
        lambda: places.end_place(second, by=world.municipal) and "done",
        lambda: places.end_place(first, by=second.user) and "done",
    )
    assert sorted(results) == ["R-PERM", "done"]
    assert OfficeMember.objects.at_work().leading().filter(office=world.municipal_office).count() == 1


def test_a_place_is_told_and_written_down(world):
    person = make_user("zhou", name="周样例")
    place = places.add_place(world.body_office, person, "reviewer", by=world.municipal)
    places.change_role(place, "lead", by=world.municipal)
    places.end_place(place, by=world.municipal)
    places.bring_back(place, by=world.municipal)
    events = list(world.body_office.events.order_by("sequence").values_list("step", "text", "actor__username"))
    assert events == [
        ("member_added", "周样例，审核人员", "municipal"),
        ("member_role", "周样例，审核人员 → 周样例，负责人", "municipal"),
        ("member_ended", "周样例，负责人", "municipal"),
        ("member_returned", "周样例，负责人", "municipal"),
    ]
    assert chain_holds(world.body_office)
    told = list(Notice.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))
    assert told == ["place_given", "place_changed", "place_ended", "place_given"]


def test_a_second_click_changes_nothing(world):
    place = world.body_office.memberships.get(user=world.body)
    places.change_role(place, "reviewer", by=world.municipal)
    assert not world.body_office.events.exists()
    places.end_place(place, by=world.municipal)
    with refused("R-PLACE", match="已经结束"):
        places.end_place(place, by=world.municipal)
    places.bring_back(place, by=world.municipal)
    with refused("R-PLACE", match="已经在"):
        places.bring_back(place, by=world.municipal)
    with refused("R-PLACE", match="已经在"):
        places.add_place(world.body_office, world.body, "lead", by=world.municipal)
    with refused("R-PLACE", match="只有已停用"):
        places.bring_back(world.body_office.memberships.get(user=world.body_second), by=world.municipal)


def test_nobody_out_of_use_and_no_auditor_gets_a_place(world):
    with refused("R-PLACE", match="帐号已停用"):
        places.add_place(world.body_office, make_user(is_active=False), "reviewer", by=world.municipal)
    with refused("R-DUTY", match="负责审计"):
        places.add_place(world.body_office, world.auditor, "reviewer", by=world.municipal)


def test_an_office_out_of_use_takes_nobody(world):
    place = world.body_office.memberships.get(user=world.body)
    places.end_place(place, by=world.municipal)
    Office.objects.filter(pk=world.body_office.pk).update(is_active=False)
    with refused("R-PERM"):
        places.add_place(afresh(world.body_office), make_user(), "reviewer", by=world.municipal)
    with refused("R-OFFICE", match="已停用"):
        places.bring_back(place, by=world.municipal)


def test_whoever_has_left_neither_decides_nor_sees_nor_hears(world, client):
    application = drive_application(world.make_application(), "district", world)
    turn = open_turn(application)
    assert is_reviewer_in_turn(application, world.district)
    places.end_place(world.district_office.memberships.get(), by=world.municipal)
    Notice.objects.all().delete()
    assert not is_reviewer_in_turn(application, world.district)
    client.force_login(world.district)
    assert client.get(turn.get_absolute_url()).status_code == 404
    assert client.get("/desk/all/").status_code == 404
    assert not type(turn).objects.visible_to(world.district).exists()


def test_an_expert_who_leaves_empties_his_open_seats_and_the_body_is_told(world):
    turn = open_turn(drive_claim(world.make_claim(), "experts", world))
    form_panel(turn, world.experts, by=world.body)
    Notice.objects.all().delete()
    place = world.expert_office.memberships.get(user=world.expert_2)
    assert [seat.turn for seat in places.open_seats(place)] == [turn]
    places.end_place(place, by=world.municipal)
    assert [seat.expert for seat in turn.seats.vacant()] == [world.expert_2]
    heard = Notice.objects.filter(kind="seat_vacated").values_list("recipient__username", flat=True)
    assert sorted(heard) == ["body", "body_second"]
    assert world.expert_2 not in [member.user for member in free_for([turn])]
    assert turn.number in world.expert_office.events.get().text


def test_an_expert_with_a_second_place_keeps_his_seats(world):
    turn = open_turn(drive_claim(world.make_claim(), "experts", world))
    form_panel(turn, world.experts, by=world.body)
    make_office("expert", "第二专家库", world.expert_2)
    places.end_place(world.expert_office.memberships.get(user=world.expert_2), by=world.municipal)
    assert not PanelSeat.objects.filter(expert=world.expert_2).exclude(recused_at=None).exists()


def test_only_an_expert_is_financial(world):
    body = places.add_place(world.body_office, make_user(), "reviewer", by=world.municipal, is_financial=True)
    expert = places.add_place(world.expert_office, make_user(), "reviewer", by=world.municipal, is_financial=True)
    assert (body.is_financial, expert.is_financial) == (False, True)
    assert places.change_role(expert, "reviewer", by=world.municipal).is_financial is False


def test_an_expert_who_has_left_reads_nothing_more(world, client):
    turn = open_turn(drive_claim(world.make_claim(), "experts", world))
    seats = form_panel(turn, world.experts, by=world.body)
    give_word(seats[1], by=world.expert_2, word="agree")
    pages = (seats[1].get_absolute_url(), turn.case.get_absolute_url())
    client.force_login(world.expert_2)
    assert [client.get(page).status_code for page in pages] == [200, 200]
    places.end_place(world.expert_office.memberships.get(user=world.expert_2), by=world.municipal)
    assert [client.get(page).status_code for page in pages] == [404, 404]


def test_new_cases_go_where_somebody_is_at_work(world):
    make_office("body", "空机构")
    make_office("platform", "空平台")
    application = drive_application(world.make_application(), "district", world)
    assert body_of(application) == world.body_office
    OfficeMember.objects.filter(office=world.body_office).delete()
    assert body_of(application) == world.other_body_office
    assert platform_office() == world.platform_office
    world.platform_office.memberships.all().delete()
    OfficeMember.objects.create(office=Office.objects.get(name="空平台"), user=make_user())
    assert platform_office().name == "空平台"
