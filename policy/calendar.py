"""Days as the portal counts them: today, the cycle's year, the windows; all in Asia/Shanghai."""

import datetime as dt
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from django.utils import timezone

if TYPE_CHECKING:
    from policy.models import PolicyVersion

SHANGHAI = ZoneInfo("Asia/Shanghai")
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
    later: dt.date = day + relativedelta(months=months)
    return later


def is_open(policy: "PolicyVersion", kind: Window, at: dt.date | dt.datetime | None = None) -> bool:
    """Tell whether applying or redeeming is open on this day; first and last day included, an empty side is open."""
    day = f"{today() if at is None else local_date(at):%m-%d}"
    opens, closes = _sides(policy, kind)
    return (not opens or opens <= day) and (not closes or day <= closes)


def closing_day(policy: "PolicyVersion", kind: Window) -> dt.date | None:
    """Give the last day of the window that is open today; None where it is shut, or closes on no day."""
    _, closes = _sides(policy, kind)
    if not closes or not is_open(policy, kind):
        return None
    month, day = (int(part) for part in closes.split("-"))
    last: dt.date = dt.date(today().year, month, 1) + relativedelta(
        day=day
    )  # 02-29 is the last of February in every year
    return last


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
