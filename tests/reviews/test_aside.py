"""搁置: a case leaves the inbox until a working day comes, and comes back by itself."""

import datetime as dt

import pytest
from django.utils import timezone

from policy.calendar import SHANGHAI
from policy.working_days import add_working_days
from reviews.claims import services
from reviews.models import Turn, TurnClaim
from tests.factories import drive_application
from tests.helpers import refused
from tests.reviews.desk import open_turn


@pytest.fixture
def turn(world):
    """An application's turn at the body, where two people work."""
    return open_turn(drive_application(world.make_application(), "body", world))


def day(number=1):
    return add_working_days(timezone.localdate(), number)


def test_what_is_put_aside_comes_back_by_itself_on_its_day(world, turn, time_machine):
    time_machine.move_to("2026-11-30 10:00+08:00", tick=False)
    services.put_aside(turn, dt.date(2026, 12, 2), words="等发票查验。", by=world.body)
    turns = Turn.objects.open()
    seen = []
    for moment in ("2026-12-01 23:59+08:00", "2026-12-02 00:00+08:00"):
        time_machine.move_to(moment, tick=False)
        seen.append((turns.put_aside().count(), turns.not_put_aside().count(), turns.free().count()))
    assert seen == [(1, 0, 0), (0, 1, 1)]
    assert services.claim(turn, by=world.body_second).person == world.body_second


def test_what_was_given_stays_given_when_it_comes_back(world, turn, time_machine):
    services.hand_over(turn, world.body, note="请您办理。", by=world.body_second)
    services.put_aside(turn, day(), words="等回电。", by=world.body)
    assert not Turn.objects.claimed_by(world.body).exists()
    time_machine.move_to(dt.datetime.combine(day(), dt.time(9), SHANGHAI))
    assert Turn.objects.claimed_by(world.body).get() == turn
    assert TurnClaim.objects.get().note == "请您办理。"


def test_a_pause_is_ended_by_hand(world, turn):
    services.put_aside(turn, day(3), words="等回电。", by=world.body)
    services.take_up(turn, by=world.body)
    held = TurnClaim.objects.get()
    assert (held.person, held.is_aside, held.aside_words) == (world.body, False, "")
    steps = list(turn.case.events.order_by("-sequence").values_list("step", flat=True)[:2])
    assert steps == ["taken_up", "put_aside"]


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2026-11-30", "最多可以搁置 10 个工作日，请选择明天至 2026-12-14 之间的日期。"),
        ("2026-12-15", "最多可以搁置 10 个工作日，请选择明天至 2026-12-14 之间的日期。"),
        ("2026-12-05", "2026-12-05 不是工作日，请选择工作日，例如 2026-12-07。"),
    ],
)
def test_a_pause_ends_on_a_working_day_within_the_limit(world, turn, time_machine, until, said):
    time_machine.move_to("2026-11-30 10:00+08:00", tick=False)
    with refused("R-DATE", f"^{said}$"):
        services.put_aside(turn, dt.date.fromisoformat(until), words="等回电。", by=world.body)
