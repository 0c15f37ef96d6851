"""An expert who does not answer an invitation is reminded once before the day and once on it."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from policy.calendar import SHANGHAI
from reviews.panels import services
from reviews.watch.services import remind_member
from reviews.watch.tasks import watch_seats
from tests.factories import World
from tests.reviews.pool import come, formed, member_of, more_turns, told

MONDAY = dt.date(2026, 3, 2)  # four weeks without a feast follow
pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(at_nine(0), tick=False) as travel:
        yield lambda day: travel.move_to(at_nine(day))


def at_nine(day):
    return dt.datetime.combine(MONDAY + dt.timedelta(day), dt.time(9), SHANGHAI)


@pytest.fixture
def group(clock):
    world = World()
    made = formed(world, more_turns(world, 1), reply_by=timezone.localdate() + dt.timedelta(4))
    made.world = world
    return made


def runs(clock, days):
    """How many of the three have been told after each of these days, where the task runs twice a day."""
    counts = []
    for day in days:
        clock(day)
        watch_seats()
        watch_seats()
        counts.append(len(told("panel_reply_due")))
    return counts


def test_who_is_silent_hears_before_the_day_and_on_it(group, clock):
    assert runs(clock, range(8)) == [0, 0, 3, 3, 6, 6, 6, 6]


def test_who_has_answered_hears_nothing(group, clock):
    come(group, group.world.expert_1)
    assert runs(clock, [2, 4]) == [2, 4]
    assert "expert_1" not in told("panel_reply_due")


def test_a_group_that_is_dissolved_reminds_nobody(group, clock):
    services.dissolve(group, by=group.world.body)
    clock(4)
    remind_member(member_of(group, group.world.expert_1))
    assert runs(clock, [4]) == [0]


def test_who_was_asked_on_the_day_itself_is_not_reminded(clock):
    world = World()
    formed(world, more_turns(world, 1), reply_by=timezone.localdate())
    assert runs(clock, [0]) == [0]
