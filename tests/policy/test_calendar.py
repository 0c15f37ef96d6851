"""The offices' days: table, package, weekdays; the windows and the cycle."""

import calendar
import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from policy.calendar import SHANGHAI, add_months, closing_day, cycle_of, is_open, local_date, today, window_sentence
from policy.models import CalendarDay, PolicyVersion
from policy.working_days import (
    SHOWN,
    SHOWN_SECONDS,
    add_working_days,
    is_working_day,
    working_days_between,
    working_days_of,
)

DAY = dt.date
days = st.dates(DAY(2020, 1, 1), DAY(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (DAY(2026, 11, 24), True),
        (DAY(2026, 11, 22), False),
        (DAY(2026, 10, 1), False),
        (DAY(2025, 9, 28), True),  # a Sunday worked in exchange
        (DAY(2047, 10, 1), False),  # a Tuesday of a year the package does not know
        (DAY(2047, 10, 7), True),
        (DAY(2047, 10, 5), False),
    ],
)
def test_a_day_is_worked_after_package_or_rule(day, works):
    assert is_working_day(day, {}) is works


@pytest.mark.parametrize(("day", "kept"), [(DAY(2026, 11, 22), True), (DAY(2026, 11, 24), False)])
def test_the_table_wins_over_the_package(day, kept):
    assert is_working_day(day, {day: kept}) is kept


@pytest.mark.django_db
def test_the_table_is_read_where_it_is_not_given():
    sunday = DAY(2026, 11, 22)
    assert is_working_day(sunday) is False
    CalendarDay.objects.create(date=sunday, is_working=True)
    CalendarDay.objects.create(date=DAY(2026, 11, 25), is_working=False)
    assert is_working_day(sunday) is True
    assert add_working_days(DAY(2026, 11, 24), 1) == DAY(2026, 11, 26)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (DAY(2025, 9, 30), 1, DAY(2025, 10, 9)),  # the national holiday
        (DAY(2026, 11, 24), 1, DAY(2026, 11, 26)),  # the table's 25th
        (dt.datetime(2026, 11, 22, 17, 0, tzinfo=dt.UTC), 1, DAY(2026, 11, 24)),  # 01:00 on the 23rd in Shanghai
        (DAY(2026, 11, 22), 0, DAY(2026, 11, 22)),
    ],
)
def test_a_deadline_counts_from_the_next_day_and_obeys_the_table(start, n, end):
    assert add_working_days(start, n, {DAY(2026, 11, 25): False}) == end


def test_a_deadline_lies_ahead():
    with pytest.raises(ValueError, match="ahead"):
        add_working_days(DAY(2026, 11, 22), -1, {})


@pytest.mark.django_db
def test_a_deadline_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        add_working_days(DAY(2026, 11, 24), 40)


@pytest.mark.django_db
def test_many_spans_cost_one_query_and_each_obeys_the_table(django_assert_num_queries):
    for day in (DAY(2026, 11, 23), DAY(2026, 11, 25)):
        CalendarDay.objects.create(date=day, is_working=False)
    spans = [(DAY(2026, 11, 24), DAY(2026, 11, 26)), (DAY(2026, 11, 20), DAY(2026, 11, 24))]
    with django_assert_num_queries(1):
        assert working_days_of(spans) == [1, 1]


@pytest.mark.bare
@pytest.mark.django_db
def test_no_spans_have_no_days():
    assert working_days_of([]) == []


@given(days, st.integers(0, 40), st.dictionaries(days, st.booleans(), max_size=40))
def test_counting_and_adding_agree(start, n, table):
    assert working_days_of([(start, add_working_days(start, n, table))], table) == [n]


def test_no_day_lies_between_a_day_and_an_earlier_one():
    assert working_days_of([(DAY(2026, 11, 24), DAY(2026, 11, 20))], {}) == [0]


@pytest.mark.django_db
def test_days_between_are_those_of_the_one_span():
    assert working_days_between(DAY(2026, 11, 20), DAY(2026, 11, 24)) == 2


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (DAY(2026, 11, 24), 12, DAY(2027, 11, 24)),
        (DAY(2026, 11, 30), 3, DAY(2027, 2, 28)),
        (DAY(2026, 11, 30), 1, DAY(2026, 12, 30)),
        (DAY(2026, 10, 31), 1, DAY(2026, 11, 30)),
        (DAY(2026, 1, 29), 2, DAY(2026, 3, 29)),
        (DAY(2027, 2, 28), 12, DAY(2028, 2, 28)),
        (DAY(2026, 12, 31), 0, DAY(2026, 12, 31)),
        (DAY(2024, 2, 29), 12, DAY(2025, 2, 28)),
        (DAY(2026, 11, 1), 1, DAY(2026, 12, 1)),
        (DAY(2026, 12, 1), 1, DAY(2027, 1, 1)),
    ],
)
def test_months_keep_the_day_or_end_with_the_month(start, months, end):
    assert add_months(start, months) == end


@given(days, st.integers(0, 120))
def test_months_later_it_is_the_same_day_or_the_last_of_its_month(day, months):
    end = add_months(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == min(day.day, calendar.monthrange(end.year, end.month)[1])


@given(days, st.integers(0, 60), st.integers(0, 60))
def test_later_by_more_months_is_never_earlier(day, few, more):
    assert add_months(day, few) <= add_months(day, few + more)


@given(days, st.integers(0, 24 * 60 - 1))
def test_an_instant_lies_on_the_day_that_begins_at_its_midnight(day, minutes):
    instant = dt.datetime.combine(day, dt.time(), dt.UTC) + dt.timedelta(minutes=minutes)
    midnight = dt.datetime.combine(local_date(instant), dt.time(), SHANGHAI)
    assert midnight <= instant < midnight + dt.timedelta(days=1)


def test_the_cycle_turns_at_midnight_in_shanghai():
    midnight = dt.datetime(2027, 1, 1, tzinfo=SHANGHAI)
    assert (cycle_of(midnight - dt.timedelta(seconds=1)), cycle_of(midnight)) == (2026, 2027)


def test_an_instant_without_zone_is_an_error():
    with pytest.raises(ValueError, match="zone"):
        local_date(dt.datetime(2026, 1, 1))  # noqa: DTZ001 the point of the test


def test_today_is_shanghais_day():
    with time_machine.travel(dt.datetime(2026, 11, 23, 16, 1, tzinfo=ZoneInfo("UTC"))):
        assert today() == DAY(2026, 11, 24)


@pytest.mark.parametrize(
    ("opens", "closes", "day", "open_"),
    [
        ("", "", DAY(2026, 1, 1), True),
        ("03-01", "10-31", DAY(2026, 2, 28), False),
        ("03-01", "10-31", DAY(2026, 3, 1), True),
        ("03-01", "10-31", DAY(2026, 10, 31), True),
        ("03-01", "10-31", DAY(2026, 11, 1), False),
        ("03-01", "", DAY(2026, 12, 31), True),
        ("", "10-31", DAY(2026, 12, 31), False),
        ("", "02-29", DAY(2027, 2, 28), True),
    ],
)
@pytest.mark.parametrize("kind", ["apply", "redeem"])
def test_a_window_holds_its_first_and_last_day(kind, opens, closes, day, open_):
    policy = PolicyVersion(**{f"{kind}_open": opens, f"{kind}_close": closes})
    other = "redeem" if kind == "apply" else "apply"
    assert is_open(policy, kind, day) is open_
    assert is_open(policy, other, day) is True


def test_the_window_of_now_is_asked_in_shanghai():
    policy = PolicyVersion(apply_open="11-24")
    with time_machine.travel(dt.datetime(2026, 11, 23, 16, 1, tzinfo=ZoneInfo("UTC"))):
        assert is_open(policy, "apply")
    with time_machine.travel(dt.datetime(2026, 11, 23, 15, 59, tzinfo=ZoneInfo("UTC"))):
        assert not is_open(policy, "apply")


@pytest.mark.parametrize(
    ("opens", "closes", "sentence"),
    [
        ("", "", "创新券兑现全年受理。"),
        ("03-01", "10-31", "创新券兑现的受理时间为每年 3 月 1 日至 10 月 31 日。"),
        ("03-01", "", "创新券兑现的受理时间为每年 3 月 1 日至 12 月 31 日。"),
        ("", "10-31", "创新券兑现的受理时间为每年 1 月 1 日至 10 月 31 日。"),
    ],
)
def test_the_window_is_said_in_words(opens, closes, sentence):
    assert window_sentence(PolicyVersion(redeem_open=opens, redeem_close=closes), "redeem") == sentence


@pytest.mark.django_db
def test_the_days_that_a_page_shows_are_read_afresh_after_half_a_minute(monkeypatch, django_assert_num_queries):
    day = DAY(2047, 1, 5)
    with django_assert_num_queries(1):
        assert [day in SHOWN.days() for _ in range(3)] == [False] * 3
    CalendarDay.objects.create(date=day, is_working=True)
    assert day not in SHOWN.days()
    monkeypatch.setattr(SHOWN, "read_at", SHOWN.read_at - SHOWN_SECONDS - 1)
    assert SHOWN.days()[day]


@pytest.mark.parametrize(
    ("now", "opens", "closes", "last"),
    [
        ("2026-05-11", "", "", None),
        ("2026-05-11", "06-01", "11-30", None),
        ("2026-05-11", "03-01", "11-30", DAY(2026, 11, 30)),
        ("2026-11-30", "", "11-30", DAY(2026, 11, 30)),
        ("2026-12-01", "", "11-30", None),
        ("2026-02-11", "", "02-29", DAY(2026, 2, 28)),
        ("2028-02-11", "", "02-29", DAY(2028, 2, 29)),
    ],
)
def test_the_last_day_of_the_window_that_is_open(now, opens, closes, last):
    with time_machine.travel(f"{now} 09:00 +0800", tick=False):
        assert closing_day(PolicyVersion(apply_open=opens, apply_close=closes), "apply") == last
