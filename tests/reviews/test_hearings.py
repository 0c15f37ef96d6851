"""What a group for many cases says: words all or none, majority and median, who reads a sealed word, who is told."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from notifications.models import Notice
from reviews import panel
from reviews.models import Panel, PanelSeat, Turn
from reviews.panels import closing, hearing, services
from reviews.panels.pages import group_context
from reviews.panels.results import results_of
from reviews.services import give_opinion
from tests.helpers import afresh, refused
from tests.reviews.pool import come, expert, formed, member_of, more_turns, speak, told

AGREE = {"word": "agree", "amount": None, "text": ""}


@pytest.fixture
def turns(world):
    return more_turns(world, 2)


def test_words_are_all_taken_or_none(world, turns):
    group = come(formed(world, turns))
    keys = [seat.pk for seat in PanelSeat.objects.filter(expert=world.expert_1)]
    for said, rule in (
        ({keys[0]: AGREE, keys[1]: AGREE | {"word": "cut"}}, "R-WORDS"),
        ({keys[0]: AGREE, keys[1]: {"word": "cut", "amount": Decimal(99_000), "text": "贵"}}, "R-SUM"),
        ({keys[0]: AGREE, 0: AGREE}, "R-STATE"),
        ({}, "R-STATE"),
    ):
        with refused(rule):
            hearing.speak(group, said, by=world.expert_1)
    assert not PanelSeat.objects.exclude(given_at=None).exists()
    with refused("R-STATE"):
        hearing.speak(group, dict.fromkeys(keys, AGREE), by=world.expert_2)
    world.unit.memberships.create(user=world.expert_1)
    with refused("R-REL"):
        speak(group, world.expert_1)


def test_majority_and_median_for_the_office_once_all_have_spoken(world, turns):
    group = come(formed(world, turns))
    speak(group, world.expert_1, "cut", Decimal(1000))
    speak(group, world.expert_2, "refuse", only=turns[:1])
    speak(group, world.expert_2, only=turns[1:])
    assert [(result.is_heard, result.spoken) for result in results_of(group, world.body)] == [(False, 2)] * 2
    speak(group, world.expert_3, "refuse", only=turns[:1])
    speak(group, world.expert_3, only=turns[1:])
    first, second = results_of(group, world.body)
    assert list(first.words) == [("同意", 0), ("核减", 1), ("不同意", 2)]
    assert (first.is_for, first.amount) == (False, 0)
    assert (second.is_for, second.amount) == (True, Decimal(3000))
    assert group_context(group, world.body_second)["to_pass"] == [turns[1].pk]
    assert [result.is_heard for result in results_of(group, world.expert_1)] == [False, False]


def test_experts_are_told_once_when_the_last_case_is_decided(world, turns):
    group = come(formed(world, turns))
    for person in (world.expert_1, world.expert_2, world.expert_3):
        speak(group, person)
    give_opinion(afresh(turns[0]), by=world.body_second, verdict="pass_review", text="专家组同意。")
    assert told("panel_result") == []
    give_opinion(afresh(turns[1]), by=world.body_second, verdict="pass_review", text="专家组同意。")
    assert told("panel_result") == ["expert_1", "expert_2", "expert_3"]
    assert "通过" in Notice.objects.filter(kind="panel_result").latest("pk").body


def test_the_experts_of_a_single_case_are_told_too(world, turns):
    world.hear_experts(turns[0].case)
    give_opinion(turns[0], by=world.body_second, verdict="pass_review", text="专家组同意。")
    assert told("group_result") == ["expert_1", "expert_2", "expert_3"]


def test_the_office_ends_a_hearing_whose_day_has_passed(world, turns, time_machine):
    five = [*world.experts, expert(world, "expert_4"), expert(world, "expert_5")]
    group = formed(world, turns, five)
    with refused("R-DATE"):
        closing.close_hearing(group, by=world.body)
    group = come(group)
    for person in (world.expert_1, world.expert_2):
        speak(group, person)
    with refused("R-DATE"):
        closing.close_hearing(group, by=world.body)
    time_machine.move_to(timezone.now() + dt.timedelta(30))
    with refused("R-PANEL", match="没有可以结束的事项"):
        closing.close_hearing(group, by=world.body)
    speak(group, world.expert_3)
    hearing.leave_group(member_of(group, five[3].user), by=five[3].user, words="")
    assert closing.close_hearing(group, by=world.body) == 2
    assert all(result.is_heard for result in results_of(group, world.body))
    with refused("R-STATE"):
        speak(group, five[4].user)
    give_opinion(afresh(turns[0]), by=world.body_second, verdict="pass_review", text="专家组同意。")


def test_a_seat_that_was_left_for_a_tie_is_filled_before_the_hearing_ends(world, turns, time_machine):
    five = [*world.experts, expert(world, "expert_4"), expert(world, "expert_5")]
    group = come(formed(world, turns, five))
    for person in world.experts:
        speak(group, person.user)
    panel.recuse(PanelSeat.objects.get(turn=turns[0], expert=five[3].user), by=five[3].user)
    time_machine.move_to(timezone.now() + dt.timedelta(30))
    assert closing.close_hearing(group, by=world.body) == 1
    assert [result.is_heard for result in results_of(group, world.body)] == [False, True]


READ = {  # who → words read when one case of two is heard, and when both are
    "body": (3, 6),
    "body_second": (3, 6),
    "municipal": (3, 6),
    "expert_1": (2, 2),
    "expert_2": (2, 2),
    "expert_3": (1, 2),
    "other_body": (0, 0),
    "district": (0, 0),
    "applicant": (0, 0),
    "provider_member": (0, 0),
    "platform": (0, 0),
    "auditor": (0, 0),
}


def test_who_reads_a_sealed_word(world, turns):
    group = come(formed(world, turns))
    for person in (world.expert_1, world.expert_2):
        speak(group, person)
    assert PanelSeat.objects.words_visible_to(world.body).count() == 0
    speak(group, world.expert_3, only=turns[:1])

    def readable():
        return {name: PanelSeat.objects.words_visible_to(world.people[name]).count() for name in READ}

    assert readable() == {name: first for name, (first, _) in READ.items()}
    speak(group, world.expert_3)
    assert readable() == {name: last for name, (_, last) in READ.items()}


def silent(world, group, five):
    """Four of five have spoken."""


def gone(world, group, five):
    """The last one has stepped aside, and nobody follows."""
    for seat in PanelSeat.objects.filter(expert=five[4].user):
        panel.recuse(seat, by=seat.expert)


def followed(world, group, five):
    """Another one has come in his place and has spoken."""
    hearing.leave_group(member_of(group, five[4].user), by=five[4].user, words="")
    sixth = expert(world, "expert_6")
    asked = services.replace_member(member_of(group, five[4].user), sixth, by=world.body)
    hearing.answer(asked, by=sixth.user, comes=True)
    speak(group, sixth.user)


def closed(world, group, five):
    """The day has passed, three have spoken, and the office has ended the hearing."""
    Panel.objects.filter(pk=group.pk).update(reply_by="2026-01-05", due_on="2026-01-06")
    closing.close_hearing(group, by=world.body)


def heard(world, group, five):
    """All five have spoken."""
    speak(group, five[4].user)


def decided(world, group, five):
    heard(world, group, five)
    for turn in Turn.objects.filter(panel_lines__panel=group):
        give_opinion(turn, by=world.body_second, verdict="pass_review", text="专家组同意。")


def own(world, group, five):
    """A reviewer has come to belong to the unit whose case it is."""
    heard(world, group, five)
    world.unit.memberships.create(user=world.body)


READABLE = {  # what became of it → words that the body, its colleague, 市科技局, the first and the last expert may read
    silent: (0, 0, 0, 1, 0),
    gone: (0, 0, 0, 1, 0),
    followed: (5, 5, 5, 1, 0),
    closed: (3, 3, 3, 1, 0),
    heard: (5, 5, 5, 1, 1),
    decided: (5, 5, 5, 1, 1),
    own: (0, 5, 5, 1, 1),
}


@pytest.mark.parametrize("becomes", READABLE, ids=lambda becomes: becomes.__name__)
def test_who_reads_a_sealed_word_whatever_becomes_of_the_last_seat(world, becomes):
    five = [*world.experts, expert(world, "expert_4"), expert(world, "expert_5")]
    group = come(formed(world, more_turns(world, 1), five))
    for member in five[:3] if becomes is closed else five[:4]:
        speak(group, member.user)
    becomes(world, group, five)
    people = (world.body, world.body_second, world.municipal, world.expert_1, five[4].user)
    read = tuple(PanelSeat.objects.words_visible_to(person).count() for person in people)
    assert read == READABLE[becomes]
    for person in (world.district, world.applicant, world.provider_member, world.platform, world.other_body):
        assert PanelSeat.objects.words_visible_to(person).count() == 0
