"""使用率: what was open is counted by the hours that held on each day, not by those of today."""

import datetime as dt

import pytest
from django.utils import timezone

from orders.booking.models import KeptHours, Timetable
from orders.booking.services import close_day, keep_timetable, open_day
from orders.booking.times import use_of
from orders.models import ClosedDay
from tests.factories import World
from tests.helpers import constrained, refused

pytestmark = pytest.mark.django_db
SAID = {"is_open": True, "weekdays": "12345", "opens_at": dt.time(9), "closes_at": dt.time(17)}
SAID |= {"step": 60, "most": 8, "places": 1}


@pytest.fixture
def world(db, time_machine):
    time_machine.move_to("2026-11-02 08:00+08:00", tick=False)  # a Monday
    return World()


def kept(world, **changed):
    return keep_timetable(world.product, SAID | changed, by=world.provider_member)


def test_each_day_counts_by_the_hours_that_held_then(world, time_machine):
    kept(world)
    time_machine.move_to("2026-11-09 08:00+08:00", tick=False)
    table = kept(world, weekdays="1", closes_at=dt.time(11), places=2)
    time_machine.move_to("2026-11-16 08:00+08:00", tick=False)
    assert use_of(table) == (0, 5 * 8 + 1 * 2 * 2)
    time_machine.move_to("2026-11-16 09:00+08:00", tick=False)
    kept(world, is_open=False)
    time_machine.move_to("2026-11-23 08:00+08:00", tick=False)
    assert use_of(table) == (0, 44)


def test_days_before_there_were_any_hours_and_closed_ones_do_not_count(world, time_machine):
    table = kept(world)
    close_day(table, dt.date(2026, 11, 3), why="检修", by=world.provider_member)
    time_machine.move_to("2026-11-05 08:00+08:00", tick=False)
    assert use_of(table) == (0, 2 * 8)


def test_hours_that_are_written_twice_a_day_are_kept_once(world):
    kept(world)
    kept(world, places=3)
    assert list(KeptHours.objects.values_list("since", "places")) == [(timezone.localdate(), 3)]
    with constrained("kept_hours_once_a_day"):
        copy = KeptHours.objects.get()
        copy.pk = None
        copy.save(force_insert=True)


def test_a_closed_day_that_is_over_stays(world, time_machine):
    table = kept(world)
    closed = close_day(table, dt.date(2026, 11, 3), why="检修", by=world.provider_member)
    time_machine.move_to("2026-11-04 08:00+08:00", tick=False)
    with refused("R-TIME", match="已经过去的停用日不能改"):
        open_day(closed, by=world.provider_member)
    assert (ClosedDay.objects.count(), Timetable.objects.count(), f"{KeptHours.objects.get()}") == (1, 1, "2026-11-02")
