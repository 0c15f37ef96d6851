"""Days as the offices count them: the Chinese working calendar, the cycle's year, the windows; all in Asia/Shanghai."""

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

import chinese_calendar
from django.apps import apps
from django.utils import timezone

if TYPE_CHECKING:
    from policy.models import PolicyVersion

SHANGHAI = ZoneInfo("Asia/Shanghai")
SATURDAY = 5
WINDOW_NAMES = {"apply": "创新券申请", "redeem": "创新券兑现"}

Window = Literal["apply", "redeem"]


def local_date(moment: dt.date | dt.datetime) -> dt.date:
    """Give the day in Shanghai; a plain date is one already, a naive datetime is refused with ValueError."""
    if not isinstance(moment, dt.datetime):
        return moment
    if timezone.is_naive(moment):
        raise ValueError("an instant needs its zone")
    return moment.astimezone(SHANGHAI).date()


def today() -> dt.date:
    """Give the current day in Shanghai."""
    return local_date(timezone.now())


def cycle_of(instant: dt.datetime) -> int:
    """Give the cycle (calendar year in Shanghai) that a first submission at this instant counts in."""
    return local_date(instant).year


def add_months(day: dt.date, months: int) -> dt.date:
    """Give the same day some months later, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def is_working_day(day: dt.date) -> bool:
    """Tell whether the offices work: the table first, then the package, then Monday to Friday."""
    return _works(day, _table(day, day))


def add_working_days(start: dt.date | dt.datetime, n: int) -> dt.date:
    """Give the n-th working day after the start's day (which does not count); ValueError where n < 0."""
    if n < 0:
        raise ValueError("a deadline lies ahead")
    day = local_date(start)
    table = _table(day, None)
    while n:
        day += dt.timedelta(days=1)
        n -= _works(day, table)
    return day


def working_days_between(a: dt.date | dt.datetime, b: dt.date | dt.datetime) -> int:
    """Count the working days after a up to and with b; 0 where b is not later."""
    return working_days_of([(a, b)])[0]


def working_days_of(spans: Iterable[tuple[dt.date | dt.datetime, dt.date | dt.datetime]]) -> list[int]:
    """Count as working_days_between for several spans, with one look at the table."""
    days = [(local_date(a), local_date(b)) for a, b in spans]
    if not days:
        return []
    table = _table(min(first for first, _ in days), max(last for _, last in days))
    return [sum(_works(day, table) for day in _days(first, last)) for first, last in days]


def is_open(policy: "PolicyVersion", kind: Window, at: dt.date | dt.datetime | None = None) -> bool:
    """Tell whether applying or redeeming is open on this day; first and last day included, an empty side is open."""
    day = f"{today() if at is None else local_date(at):%m-%d}"
    opens, closes = _sides(policy, kind)
    return (not opens or opens <= day) and (not closes or day <= closes)


def window_sentence(policy: "PolicyVersion", kind: Window) -> str:
    """Say when applying or redeeming is open, for a refusal or a hint."""
    opens, closes = _sides(policy, kind)
    if not opens and not closes:
        return f"{WINDOW_NAMES[kind]}全年受理。"
    return f"{WINDOW_NAMES[kind]}的受理时间为每年{_spoken(opens or '01-01')}至{_spoken(closes or '12-31')}。"


def _sides(policy: "PolicyVersion", kind: Window) -> tuple[str, str]:
    return getattr(policy, f"{kind}_open"), getattr(policy, f"{kind}_close")


def _spoken(month_day: str) -> str:
    month, day = month_day.split("-")
    return f" {int(month)} 月 {int(day)} 日"


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (first + dt.timedelta(days=n) for n in range(1, (last - first).days + 1))


def _table(first: dt.date, last: dt.date | None) -> dict[dt.date, bool]:
    """Read the kept days in one query; without an end all that follow (a few dozen a year)."""
    rows = apps.get_model("policy", "CalendarDay").objects.filter(date__gte=first)
    if last is not None:
        rows = rows.filter(date__lte=last)
    return dict(rows.values_list("date", "is_working"))


def _works(day: dt.date, table: dict[dt.date, bool]) -> bool:
    if day in table:
        return table[day]
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # a year the package has no data for yet
        return day.weekday() < SATURDAY
