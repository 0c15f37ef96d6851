"""Days that were set before a calendar was known move later when it is, never earlier."""

import datetime as dt

import pytest
import time_machine

from accounts.members.joining.tasks import put_off_promises
from accounts.models import JoinRequest
from policy.models import CalendarDay
from redemption import tasks as claims
from tests.factories import World, drive_application, drive_claim
from tests.helpers import afresh
from vouchers import tasks as vouchers

pytestmark = pytest.mark.django_db
DAY = dt.date
CASES = [
    *(("application", state) for state in ("district_returned", "body_returned")),
    *(("claim", state) for state in ("district_returned", "formal_returned", "accepted", "form_returned")),
]
NIGHT = {"application": vouchers.lapse, "claim": claims.lapse}


@pytest.fixture(params=[0, 1, 2], ids=["this year", "in a year", "in two years"])
def world(request):
    """A world shortly before the new year; in two of the three nobody has published the days of it."""
    with time_machine.travel(f"{2026 + request.param}-12-24 10:00 +0800", tick=False):
        yield World()


def free(*days):
    for day in days:
        CalendarDay.objects.create(date=day, is_working=False)


def next_day_of(due_on):
    day = due_on + dt.timedelta(days=1)
    return day if day.weekday() < 5 else day + dt.timedelta(days=7 - day.weekday())


@pytest.mark.parametrize(("name", "state"), CASES)
def test_the_day_by_which_a_unit_must_act_moves_later_and_the_trail_says_it(world, name, state):
    drive, make = (
        (drive_application, world.make_application) if name == "application" else (drive_claim, world.make_claim)
    )
    case = drive(make(), state, world)
    before = case.due_on
    NIGHT[name]()
    assert afresh(case).due_on == before
    free(before)
    with time_machine.travel(dt.datetime.combine(before + dt.timedelta(1), dt.time(), dt.UTC), tick=False):
        NIGHT[name]()
    after = afresh(case)
    assert (after.state, after.due_on) == (state, next_day_of(before))
    assert after.events.get(step="put_off").text == f"工作日历有变化，截止日期由 {before} 顺延至 {after.due_on}。"


def test_a_day_never_moves_earlier(world):
    case = drive_application(world.make_application(), "district_returned", world)
    before = case.due_on
    for n in range(1, 30):
        CalendarDay.objects.update_or_create(date=before - dt.timedelta(days=n), defaults={"is_working": True})
    vouchers.lapse()
    assert afresh(case).due_on == before


def test_what_offices_and_units_promised_moves_later(world):
    case = drive_application(world.make_application(), "body", world)
    turn = case.turns.get(closed_at=None)
    asked = JoinRequest.objects.create(unit=world.unit, user=world.stranger, words="请同意。")
    days = turn.due_on, asked.due_on
    put_off_promises()
    assert (afresh(turn).due_on, afresh(asked).due_on) == days
    free(turn.due_on)
    for _ in range(2):
        put_off_promises()
        assert (afresh(turn).due_on, afresh(asked).due_on) == (next_day_of(turn.due_on), asked.due_on)
    free(asked.due_on)
    put_off_promises()
    assert afresh(asked).due_on == next_day_of(asked.due_on)


def test_no_deadline_of_a_whole_life_ends_on_a_day_without_work(world):
    case = drive_application(world.make_application(), "approved", world)
    ends = [turn.due_on for turn in case.turns.all()]
    claim = drive_claim(world.make_claim(case), "accepted", world)
    ends += [claim.due_on, *(turn.due_on for turn in claim.turns.all())]
    assert all(day.weekday() < 5 and (day.month, day.day) != (1, 1) for day in ends)
