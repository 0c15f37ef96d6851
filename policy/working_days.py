"""Days on which the offices work: the Chinese working calendar with what the table adds, in Asia/Shanghai."""

import datetime as dt
import time
from collections.abc import Iterable, Iterator, Mapping

import chinese_calendar

from policy.calendar import local_date
from policy.feasts import SATURDAY, days_off, statutory
from policy.models import CalendarDay
from policy.querysets import MEMORY

PACKAGE_UNTIL = max(chinese_calendar.constants.holidays).year  # its last year; published each November
FAR = 30  # days by which any feast and the days about it are outrun
Table = Mapping[dt.date, bool]  # the kept days, and whether the offices work
SHOWN_SECONDS = 30  # as long as the policy is remembered


def is_working_day(day: dt.date, table: Table | None = None) -> bool:
    """Tell whether the offices work: the table first (of one query, if it is not given), then package, then rule."""
    table = kept_days(day, day) if table is None else table
    if day in table:
        return table[day]
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # a year the package has no data for yet
        return day.weekday() < SATURDAY and (is_entered(day.year, table) or day not in days_off(day.year))


def is_entered(year: int, table: Table) -> bool:
    """Whether the table holds the year whole: every statutory day from Monday to Friday stands in it as free."""
    return all(table.get(day) is False for day in statutory(year) if day.weekday() < SATURDAY)


def unpublished_year(until: dt.date) -> int | None:
    """The first year up to this day that neither package nor table knows; at most one query."""
    years = range(PACKAGE_UNTIL + 1, until.year + 1)
    table = kept_days(dt.date(years[0], 1, 1), until) if years else {}
    return next((year for year in years if not is_entered(year, table)), None)


def first_guess(until: dt.date) -> dt.date:
    """The first day up to this one whose year nobody has published; the day itself where all are known.

    A day that was counted over it may still move later, once the year is entered.
    """
    year = unpublished_year(until)
    return until if year is None else dt.date(year, 1, 1)


def add_working_days(start: dt.date | dt.datetime, n: int, table: Table | None = None) -> dt.date:
    """Give the n-th working day after the start's day (which does not count); ValueError where n < 0."""
    if n < 0:
        raise ValueError("a deadline lies ahead")
    day = local_date(start)
    table = kept_days(day) if table is None else table
    while n:
        day += dt.timedelta(days=1)
        n -= is_working_day(day, table)
    return day


def working_day_before(end: dt.date, n: int, table: Table | None = None) -> dt.date:
    """Give the n-th working day before the end, which does not count."""
    table = kept_days(end - dt.timedelta(days=2 * n + FAR), end) if table is None else table
    while n:
        end -= dt.timedelta(days=1)
        n -= is_working_day(end, table)
    return end


def working_days_between(a: dt.date | dt.datetime, b: dt.date | dt.datetime) -> int:
    """Count the working days after a up to and with b; 0 where b is not later."""
    return working_days_of([(a, b)])[0]


def working_days_of(
    spans: Iterable[tuple[dt.date | dt.datetime, dt.date | dt.datetime]], table: Table | None = None
) -> list[int]:
    """Count as working_days_between for several spans, with one look at the table."""
    days = [(local_date(a), local_date(b)) for a, b in spans]
    if not days:
        return []
    if table is None:
        table = kept_days(min(first for first, _ in days), max(last for _, last in days))
    return [sum(is_working_day(day, table) for day in _days(first, last)) for first, last in days]


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (first + dt.timedelta(days=n) for n in range(1, (last - first).days + 1))


def remembered_days() -> Table:
    """The kept days as this process read them at most half a minute ago; for marks in lists, not for deadlines."""
    table = MEMORY.fresh_days()
    if table is None:
        table = kept_days()
        MEMORY.keep_days(table)
    return table


def kept_days(first: dt.date = dt.date.min, last: dt.date | None = None) -> dict[dt.date, bool]:
    """Read the kept days (a few dozen a year) in one query: of whole years, from that of first to that of last."""
    rows = CalendarDay.objects.filter(date__year__gte=first.year)
    if last is not None:
        rows = rows.filter(date__year__lte=last.year)
    return dict(rows.values_list("date", "is_working"))


class Shown:
    """The kept days as this process read them last, for what a page shows."""

    table: Table | None = None
    read_at = 0.0

    def days(self) -> Table:
        """As they were at most half a minute ago; what is kept, a deadline, asks `kept_days`."""
        if self.table is None or time.monotonic() - self.read_at > SHOWN_SECONDS:
            self.table = dict(CalendarDay.objects.values_list("date", "is_working"))
            self.read_at = time.monotonic()
        return self.table

    def forget(self) -> None:
        """The next page reads afresh."""
        self.table = None


SHOWN = Shown()
