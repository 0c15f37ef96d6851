"""What time can be had of an instrument, what is taken, and how much of it was used."""

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone

from orders.booking.models import STEPS, TIANJIN, Booking, ClosedDay, Timetable
from orders.workflow import State
from records.rules import RuleBroken

AHEAD, SHOWN = 90, 10  # days for which time can be wished; taken spans that the form names
USED = 90  # days over which use is told
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
NOT_OPEN = "R-TIME", "这台设备现在不接受机时预约，请不选时间直接提交订单，由服务机构与您商定。"
WRONG_DAY = "R-TIME", "{day} 不开放，开放时间是{words}，请换一天。"
CLOSED = "R-TIME", "{day} 停用{why}，请换一天。"
OUTSIDE = (
    "R-TIME",
    "机时应在 {opens:%H:%M}–{closes:%H:%M} 之间开始和结束，开始时间以 {step}为一格，请改选开始时间或时长。",
)
TOO_LONG = "R-TIME", "一次最多预约 {most} 小时，请缩短时长，或者分几个订单。"
PAST = "R-TIME", "这个时间已经过去，请选择以后的时间。"
TOO_FAR = "R-TIME", f"机时最多预约到 {AHEAD} 天以后，请选近一些的日期。"
TOO_LATE = "R-TIME", "机时在期望完成时间 {day:%Y-%m-%d} 之后，请选早一些的时间，或者改晚期望完成时间。"
FULL = "R-TIME", "这段时间已经约满，请换一个时间。已约：{taken}。"


@dataclass(frozen=True)
class Span:
    """From when to when."""

    start: dt.datetime
    end: dt.datetime

    @classmethod
    def of(cls, day: dt.date, at: dt.time, minutes: int) -> "Span":
        """So many minutes from this time of this day in Tianjin."""
        start = dt.datetime.combine(day, at, TIANJIN)
        return cls(start, start + minutes * MINUTE)

    @property
    def day(self) -> dt.date:
        """The day in Tianjin on which it begins."""
        return self.start.astimezone(TIANJIN).date()


def check_in_time(span: Span, wanted_on: dt.date) -> None:
    """RuleBroken where the time lies after the day on which the order is wanted to be done."""
    if span.day > wanted_on:
        raise RuleBroken(TOO_LATE[0], TOO_LATE[1].format(day=wanted_on))


def live_between(timetable: Timetable, start: dt.datetime, end: dt.datetime) -> QuerySet[Booking]:
    """What is taken of the instrument in this time."""
    return Booking.objects.filter(product_id=timetable.pk, live=True, starts_at__lt=end, ends_at__gt=start)


def check_span(timetable: Timetable, span: Span, *, but: Booking | None = None) -> None:
    """RuleBroken where the instrument is not to be had in this time. but: a booking that is moved, and so is no hindrance."""
    if not timetable.is_open:
        raise RuleBroken(*NOT_OPEN)
    if span.start <= timezone.now():
        raise RuleBroken(*PAST)
    if span.start > timezone.now() + AHEAD * DAY:
        raise RuleBroken(*TOO_FAR)
    check_day(timetable, span.day)
    check_hours(timetable, span)
    if is_full(timetable, span, but):
        taken = "、".join(f"{row}" for row in live_between(timetable, span.start, span.end)[:SHOWN])
        raise RuleBroken(FULL[0], FULL[1].format(taken=taken))


def check_day(timetable: Timetable, day: dt.date) -> None:
    """RuleBroken on a day on which it is closed."""
    if str(day.isoweekday()) not in timetable.weekdays:
        raise RuleBroken(WRONG_DAY[0], WRONG_DAY[1].format(day=f"{day:%Y-%m-%d}", words=timetable.words))
    closed = ClosedDay.objects.filter(timetable=timetable, day=day).first()
    if closed is not None:
        why = f"（{closed.why}）" if closed.why else ""
        raise RuleBroken(CLOSED[0], CLOSED[1].format(day=f"{day:%Y-%m-%d}", why=why))


def check_hours(timetable: Timetable, span: Span) -> None:
    """RuleBroken outside of its hours, off its grid, or for too long."""
    opens, closes = (dt.datetime.combine(span.day, at, TIANJIN) for at in (timetable.opens_at, timetable.closes_at))
    on_grid = (span.start - opens) % (timetable.step * MINUTE) == dt.timedelta()
    whole = (span.end - span.start) % (timetable.step * MINUTE) == dt.timedelta()
    if span.start < opens or span.end > closes or not (on_grid and whole):
        words = OUTSIDE[1].format(opens=opens, closes=closes, step=STEPS[timetable.step])
        raise RuleBroken(OUTSIDE[0], words)
    if span.end - span.start > timetable.most * 60 * MINUTE:
        raise RuleBroken(TOO_LONG[0], TOO_LONG[1].format(most=timetable.most))


def is_full(timetable: Timetable, span: Span, but: Booking | None) -> bool:
    """Whether at some moment of the span as many meet as there are places."""
    rows = live_between(timetable, span.start, span.end)
    rows = rows.exclude(pk=but.pk) if but else rows
    spans = list(rows.values_list("starts_at", "ends_at"))
    moments = [span.start, *(start for start, _ in spans if start > span.start)]
    return any(sum(start <= at < end for start, end in spans) >= timetable.places for at in moments)


def booked_on(timetable: Timetable, day: dt.date) -> int:
    """How many live bookings this day has."""
    start = dt.datetime.combine(day, dt.time(), TIANJIN)
    return live_between(timetable, start, start + DAY).count()


def closed_ahead(timetable: Timetable) -> list[ClosedDay]:
    """The days on which it is closed next."""
    today = timezone.localdate()
    return list(timetable.closed.filter(day__gte=today, day__lte=today + AHEAD * DAY)[:SHOWN])


def taken_ahead(timetable: Timetable) -> list[Booking]:
    """What is taken next."""
    now = timezone.now()
    return list(live_between(timetable, now, now + AHEAD * DAY).order_by("starts_at")[:SHOWN])


def use_of(timetable: Timetable) -> tuple[int, int]:
    """(hours used, hours that it was open) of the last days that are told, by orders that were taken."""
    today = timezone.localdate()
    first = today - USED * DAY
    since = dt.datetime.combine(first, dt.time(), TIANJIN)
    kept = Q(order__state__in=(State.SERVING, State.COMPLETED))
    rows = Booking.objects.filter(
        kept, product_id=timetable.pk, live=True, starts_at__gte=since, ends_at__lte=timezone.now()
    )
    used = rows.aggregate(total=Sum(F("ends_at") - F("starts_at")))["total"] or dt.timedelta()
    closed = set(timetable.closed.filter(day__gte=first, day__lt=today).values_list("day", flat=True))
    days = [first + number * DAY for number in range(USED)]
    return int(used / (60 * MINUTE)), minutes_open(timetable, [day for day in days if day not in closed]) // 60


def minutes_open(timetable: Timetable, days: list[dt.date]) -> int:
    """For how many minutes the instrument was open on these days, by the hours that held on each."""
    kept = list(timetable.kept.all())
    since = [row.since for row in kept]
    held = [(bisect_right(since, day), day) for day in days]
    return sum(kept[number - 1].minutes_on(day) for number, day in held if number)
