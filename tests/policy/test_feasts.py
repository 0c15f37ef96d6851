"""Statutory days by rule, for the years that nobody has published yet."""

import datetime as dt

import chinese_calendar
import pytest

from policy.feasts import LUNAR, days_off, feasts, statutory
from policy.models import CalendarDay
from policy.working_days import PACKAGE_UNTIL, add_working_days, is_working_day, unpublished_year

DAY = dt.date


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2027, "0101 0205 0206 0207 0208 0405 0501 0502 0609 0915 1001 1002 1003"),
        (2028, "0101 0125 0126 0127 0128 0404 0501 0502 0528 1001 1002 1003"),  # 中秋 is 3 October
        (2033, "0101 0130 0131 0201 0202 0404 0501 0502 0601 0908 1001 1002 1003"),  # 闰十一月
    ],
)
def test_a_year_has_thirteen_statutory_days(year, days):
    assert sorted(f"{day:%m%d}" for day in statutory(year)) == days.split()


@pytest.mark.parametrize("year", range(2025, PACKAGE_UNTIL + 1))
def test_the_rule_agrees_with_what_was_published(year, monkeypatch):
    known = {2025: "0129 0531 1006", 2026: "0217 0619 0925"}
    monkeypatch.setattr("policy.feasts.BY_YEAR", known)
    assert all(not chinese_calendar.is_workday(day) for feast in feasts(year) for day in feast)


def test_the_table_of_feasts_reaches_to_2100_and_each_is_in_its_season():
    assert len(", ".join(LUNAR).split(", ")) >= 74
    for year in range(2027, 2101):
        spring, boat, moon = (
            next(d for d in sorted(statutory(year)) if d >= first)
            for first in (DAY(year, 1, 20), DAY(year, 5, 25), DAY(year, 9, 6))
        )
        assert spring <= DAY(year, 2, 20), year
        assert boat <= DAY(year, 6, 26), year
        assert moon <= DAY(year, 10, 1), year


def test_a_statutory_day_at_a_weekend_is_made_up_on_the_next_working_day():
    made_up = sorted(days_off(2027) - statutory(2027))
    assert [f"{day:%m%d}" for day in made_up] == ["0209", "0210", "0503", "0504", "1004", "1005"]


def test_two_feasts_that_meet_are_both_free():
    assert {day for day in days_off(2028) if day.month == 10} == {DAY(2028, 10, n) for n in (1, 2, 3, 4, 5)}


def test_after_2100_the_days_of_the_sun_hold():
    assert sorted(f"{day:%m%d}" for day in statutory(2101)) == ["0101", "0405", "0501", "0502", "1001", "1002", "1003"]


@pytest.mark.parametrize("years", [1, 2])
def test_a_deadline_over_the_spring_festival_of_a_coming_year_counts_no_feast(years):
    year = 2026 + years
    eve = min(day for day in statutory(year) if day > DAY(year, 1, 10))
    end = add_working_days(eve - dt.timedelta(days=1), 10, {})
    free = sum(not is_working_day(eve + dt.timedelta(days=n), {}) for n in range((end - eve).days))
    assert (end - eve).days + 1 == 10 + free
    assert free >= 8  # two weekends and the festival


@pytest.mark.django_db
def test_a_year_is_published_when_the_table_holds_all_its_statutory_days():
    until = DAY(PACKAGE_UNTIL + 1, 1, 15)
    assert unpublished_year(DAY(PACKAGE_UNTIL, 12, 31)) is None
    assert unpublished_year(until) == PACKAGE_UNTIL + 1
    enter(PACKAGE_UNTIL + 1, but=1)
    assert unpublished_year(until) == PACKAGE_UNTIL + 1
    enter(PACKAGE_UNTIL + 1)
    assert unpublished_year(until) is None


@pytest.mark.django_db
def test_a_published_year_goes_by_its_table_alone():
    assert not is_working_day(DAY(2027, 5, 4))  # made up by rule
    enter(2027)
    assert is_working_day(DAY(2027, 5, 4))
    assert not is_working_day(DAY(2027, 2, 5))


def enter(year, but=0):
    """What 市科技局 enters of a year: its statutory days from Monday to Friday, but for the last few."""
    days = [day for day in sorted(statutory(year)) if day.weekday() < 5]
    for day in days[: len(days) - but]:
        CalendarDay.objects.get_or_create(date=day, is_working=False)
