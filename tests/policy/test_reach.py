"""From the day on which a deadline can reach a year that nobody has published, 市科技局 and the operator are told."""

import datetime as dt

import pytest
import time_machine
from django.core import checks
from django.urls import reverse

from policy.models import CalendarDay
from policy.reach import calendar_gap, reach
from policy.working_days import PACKAGE_UNTIL
from tests.factories import World
from tests.policy.test_feasts import enter

pytestmark = pytest.mark.django_db
EARLY, LATE = f"{PACKAGE_UNTIL}-11-28 10:00 +0800", f"{PACKAGE_UNTIL}-12-24 10:00 +0800"


def warned():
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    return [message.id for message in found if message.id == "policy.W001"]


def test_nothing_is_said_before_a_deadline_can_reach_the_year():
    with time_machine.travel(EARLY, tick=False):
        assert reach().year == PACKAGE_UNTIL
        assert (calendar_gap(), warned()) == ("", [])


@pytest.mark.parametrize("later", [0, 1, 2])
def test_from_then_on_it_is_said_until_the_year_is_entered(later):
    year = PACKAGE_UNTIL + later
    with time_machine.travel(dt.datetime(year, 12, 24, 2, tzinfo=dt.UTC), tick=False):
        first = PACKAGE_UNTIL + 1
        assert calendar_gap().startswith(f"{first} 年的放假安排还没有录入：今天开始的期限最远会到 {reach()}")
        assert warned() == ["policy.W001"]
        for number in range(first, year + 2):
            enter(number)
        assert (calendar_gap(), warned()) == ("", [])


def test_a_day_before_the_first_policy_is_no_fault_of_the_check():
    with time_machine.travel("1999-12-24 10:00 +0800", tick=False):
        assert warned() == []


def test_the_city_reads_it_in_its_center_and_above_the_calendar_and_nobody_else_does(client):
    with time_machine.travel(LATE, tick=False):
        world = World()
        CalendarDay.objects.create(date=dt.date(PACKAGE_UNTIL + 1, 1, 1))
        for person, pages in (
            (world.municipal, ("user_center", "admin:policy_calendarday_changelist")),
            (world.district, ("user_center",)),
            (world.applicant, ("user_center",)),
        ):
            client.force_login(person)
            told = ["的放假安排还没有录入" in client.get(reverse(page)).content.decode() for page in pages]
            assert told == [person == world.municipal] * len(pages), person
