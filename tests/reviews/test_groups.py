"""One group of experts for many cases: asked, come, refused, replaced, dissolved."""

import datetime as dt

import pytest
from django.utils import timezone

from reviews import panel
from reviews.models import Lies, Panel, PanelCase, PanelMember, PanelSeat, Turn
from reviews.panels import hearing, services
from reviews.places import end_place
from tests.factories import World
from tests.helpers import afresh, at_once, constrained, refused
from tests.reviews.pool import come, days, expert, formed, member_of, more_turns, speak, tie_of, told


@pytest.fixture
def turns(world):
    return more_turns(world, 2)


def lies(turns):
    return set(Turn.objects.filter(pk__in=[turn.pk for turn in turns]).values_list("lies", flat=True))


@pytest.fixture
def fourth(world):
    return expert(world, "expert_4")


def test_a_group_is_asked_comes_and_begins_in_all_its_cases(world, turns):
    group = formed(world, turns)
    assert told("panel_invited") == ["expert_1", "expert_2", "expert_3"]
    assert (group.standing, PanelSeat.objects.count()) == ("邀请中", 0)
    assert lies(turns) == {Lies.EXPERTS}  # they wait for the experts' answers, not for the office
    come(group, world.expert_1, world.expert_2)
    assert PanelSeat.objects.count() == 0
    group = come(group)
    assert (group.standing, PanelSeat.objects.count()) == ("评审中", 6)
    assert lies(turns) == {Lies.EXPERTS}
    assert (told("panel_begun"), told("panel_complete")) == (
        ["expert_1", "expert_2", "expert_3"],
        ["body", "body_second"],
    )


@pytest.mark.parametrize(("change", "rule"), [
    (lambda w, t: ([], w.experts), "R-PANEL"),
    (lambda w, t: (t, w.experts[:2]), "R-PANEL"),
    (lambda w, t: (t, w.experts[1:]), "R-PANEL"),
    (lambda w, t: ([*t, t[0].case.turns.first()], w.experts), "R-PANEL"),
])  # fmt: skip
def test_what_is_no_group_is_not_asked(world, turns, change, rule):
    cases, experts = change(world, turns)
    with refused(rule):
        services.form_group(cases, experts, by=world.body, name="甲组", **days())
    assert not Panel.objects.exists()


def test_days_many_cases_and_own_cases_are_refused(world, turns, monkeypatch):
    with refused("R-DATE"):
        formed(world, turns, reply_by=timezone.localdate() - dt.timedelta(1))
    with refused("R-DATE"):
        formed(world, turns, due_on=timezone.localdate())
    for person in (world.other_body, world.district, world.applicant):
        with refused("R-PANEL"):
            services.form_group(turns, world.experts, by=person, name="甲组", **days())
    world.unit.memberships.create(user=world.body)
    with refused("R-PERM"):
        formed(world, turns)
    monkeypatch.setattr(services, "MOST", 1)
    with refused("R-PANEL", match="最多"):
        formed(world, turns)


def test_cases_of_several_kinds_make_no_group(world, turns):
    Turn.objects.filter(pk=turns[1].pk).update(office=world.other_body_office)
    world.other_body_office.memberships.create(user=world.body)
    world.other_body_office.__class__.objects.update(is_active=True)
    with refused("R-PANEL", match="同一类别"):
        formed(world, turns)


def test_a_case_is_in_one_group_alone(world, turns):
    group = formed(world, turns)
    with refused("R-PANEL"):
        formed(world, turns[:1])
    with refused("R-PANEL", match="已列入评审组"):
        panel.form_panel(turns[0], world.experts, by=world.body)
    services.dissolve(group, by=world.body)
    assert told("panel_called_off") == ["expert_1", "expert_2", "expert_3"]
    assert afresh(group).standing == "已解散"
    assert len(panel.form_panel(turns[0], world.experts, by=world.body)) == 3


def test_a_dissolved_group_takes_no_answer_and_a_begun_one_stays(world, turns):
    group = formed(world, turns)
    services.dissolve(group, by=world.body)
    with refused("R-STATE"):
        hearing.answer(member_of(group, world.expert_1), by=world.expert_1, comes=True)
    with refused("R-STATE"):
        services.dissolve(group, by=world.body)
    other = come(formed(world, turns))
    with refused("R-STATE"):
        services.dissolve(other, by=world.body)
    with refused("R-PERM"):
        services.dissolve(other, by=world.other_body)


def test_an_answer_is_his_own_and_given_once(world, turns):
    group = formed(world, turns)
    first = member_of(group, world.expert_1)
    with refused("R-PERM"):
        hearing.answer(first, by=world.expert_2, comes=True)
    with refused("R-STATE"):
        hearing.leave_group(first, by=world.expert_1, words="")
    hearing.answer(first, by=world.expert_1, comes=True)
    with refused("R-STATE"):
        hearing.answer(first, by=world.expert_1, comes=False)


def test_a_tie_that_has_come_since_the_invitation_is_found_at_the_answer(world, turns):
    group = formed(world, turns)
    tie_of(world.expert_2, world.unit.name)
    with refused("R-REL", match="请选择不参加"):
        hearing.answer(member_of(group, world.expert_2), by=world.expert_2, comes=True)
    world.experts[2].__class__.objects.filter(pk=world.experts[2].pk).update(ended_at=timezone.now())
    with refused("R-PERM"):
        hearing.answer(member_of(group, world.expert_3), by=world.expert_3, comes=True)


def test_who_refuses_is_replaced_and_the_group_begins_with_the_last_answer(world, turns, fourth):
    group = formed(world, turns)
    with refused("R-WORDS", match="写明原因"):
        hearing.answer(member_of(group, world.expert_2), by=world.expert_2, comes=False, words=" ")
    refusing = hearing.answer(member_of(group, world.expert_2), by=world.expert_2, comes=False, words="出差")
    assert (refusing.get_answer_display(), told("panel_declined")) == ("不参加", ["body", "body_second"])
    assert lies(turns) == {Lies.DESK}  # somebody is to be asked
    assert come(group).standing == "邀请中"
    with refused("R-PANEL", match="名单中"):
        services.replace_member(refusing, world.experts[2], by=world.body)
    asked = services.replace_member(refusing, fourth, by=world.body)
    assert lies(turns) == {Lies.EXPERTS}
    with refused("R-PANEL", match="已经更换过"):
        services.replace_member(refusing, expert(world, "expert_5"), by=world.body)
    assert (asked.expert, asked.replaces) == (fourth.user, refusing)
    assert come(group).standing == "评审中"
    assert {seat.expert.username for seat in PanelSeat.objects.all()} == {"expert_1", "expert_3", "expert_4"}


def test_who_is_no_expert_any_more_is_not_seated(world, turns, fourth):
    group = come(formed(world, turns), world.expert_1, world.expert_2)
    end_place(world.experts[1], by=world.municipal)
    come(group)
    assert (afresh(group).standing, member_of(group, world.expert_2).answer) == ("邀请中", "left")
    hearing.answer(
        services.replace_member(member_of(group, world.expert_2), fourth, by=world.body), by=fourth.user, comes=True
    )
    assert afresh(group).standing == "评审中"


def test_who_does_not_answer_is_called_off(world, turns, fourth):
    group = formed(world, turns)
    silent = member_of(group, world.expert_3)
    assert list(PanelMember.objects.overdue()) == []
    services.replace_member(silent, fourth, by=world.body)
    assert (afresh(silent).get_answer_display(), told("panel_called_off")) == ("已取消邀请", ["expert_3"])


def test_the_financial_expert_is_replaced_by_another_one(world, turns, fourth):
    group = formed(world, turns)
    gone = hearing.answer(member_of(group, world.expert_1), by=world.expert_1, comes=False, words="出差")
    with refused("R-PANEL", match="财务专家"):
        services.replace_member(gone, fourth, by=world.body)
    money = expert(world, "money", is_financial=True)
    assert services.replace_member(gone, money, by=world.body).is_financial


def test_who_leaves_keeps_what_he_has_said_and_another_goes_on(world, turns, fourth):
    group = come(formed(world, turns))
    speak(group, world.expert_2, only=turns[:1])
    left = hearing.leave_group(member_of(group, world.expert_2), by=world.expert_2, words="生病")
    assert {turn.lies for turn in Turn.objects.filter(pk=turns[1].pk)} == {Lies.DESK}
    with refused("R-STATE"):
        hearing.leave_group(left, by=world.expert_2, words="")
    come_later = services.replace_member(left, fourth, by=world.body)
    hearing.answer(come_later, by=fourth.user, comes=True)
    seats = {(seat.turn_id, seat.expert.username) for seat in PanelSeat.objects.filter(recused_at=None)}
    assert (turns[0].pk, "expert_2") in seats
    assert {(turns[1].pk, "expert_4")} == {seat for seat in seats if seat[1] == "expert_4"}
    speak(group, world.expert_1)
    speak(group, world.expert_3)
    assert told("panel_heard") == []
    speak(group, fourth.user)
    assert told("panel_heard") == ["body", "body_second"]
    with refused("R-PANEL", match="没有未提交的意见"):
        services.replace_member(member_of(group, world.expert_3), expert(world, "expert_6"), by=world.body)


def test_a_member_of_the_firm_at_the_office_sees_no_group_of_its_case(world, turns):
    group = formed(world, turns)
    world.unit.memberships.create(user=world.body_second)
    assert [Panel.objects.visible_to(person).count() for person in (world.body, world.body_second)] == [1, 0]
    with refused("R-PERM"):
        services.dissolve(group, by=world.body_second)


def test_the_database_keeps_groups_whole(world, turns):
    group = formed(world, turns)
    with constrained("panel_member_once"):
        PanelMember.objects.create(panel=group, expert=world.expert_1)
    with constrained("panel_case_once"):
        PanelCase.objects.create(panel=group, turn=turns[0])
    with constrained("panel_days_in_order"):
        Panel.objects.update(due_on="2020-01-01")
    with constrained("panel_begun_is_not_dissolved"):
        Panel.objects.update(begun_at=timezone.now(), ended_at=timezone.now())
    with constrained("panel_member_answer_has_a_time"):
        PanelMember.objects.update(answer="accepted")


@pytest.mark.django_db(transaction=True)
def test_two_at_once_form_one_group_and_the_last_two_answers_begin_it_once():
    world = World()
    turns = more_turns(world, 1)

    def form(person):
        return lambda: services.form_group(turns, world.experts, by=person, name="甲组", **days()).pk

    results = at_once(form(world.body), form(world.body_second))
    assert sorted(str(result) for result in results)[1] == "R-PANEL"
    group = come(Panel.objects.get(), world.expert_1)
    members = [member_of(group, person) for person in (world.expert_2, world.expert_3)]
    at_once(*(lambda member=member: hearing.answer(member, by=member.expert, comes=True).pk for member in members))
    assert (afresh(group).standing, PanelSeat.objects.count()) == ("评审中", 3)
