"""Reminders of promised days: each is a transaction of its own, sent once however often the clock comes (docs/adr/0156)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from notifications.models import Notice
from notifications.services import notify
from policy.calendar import SHANGHAI, today
from policy.models import PolicyVersion
from policy.working_days import working_day_before
from records.doors import door
from records.locks import hold_row
from reviews.models import Office, PanelMember, PanelSeat, Turn
from reviews.panels.notices import REPLY_DUE, Call
from reviews.watch.notices import CITY_WEEK, OFFICE_DUE, OFFICE_OVERDUE, OFFICE_TROUBLE, PROMISE_PASSED, SEAT_DUE
from reviews.watch.reading import Morning, morning_at


@dataclass(frozen=True)
class Week:
    """What 市科技局 is told once a week: the offices at which something is overdue, or amiss for long."""

    office: Office  # of 市科技局
    mornings: Sequence[Morning]

    def get_absolute_url(self) -> str:
        """The list of all cases."""
        return reverse("turn_all_list")

    @property
    def past(self) -> int:
        """How many cases are overdue."""
        return sum(morning.past for morning in self.mornings)


def monday(day: dt.date) -> dt.date:
    """The first day of its week."""
    return day - dt.timedelta(days=day.weekday())


@door
def remind_office(office: Office) -> None:
    """Tell the people of an office what is due, its head what is newly overdue or amiss, and each firm once that its day has passed."""
    office, day = hold_row(Office.objects.all(), office.pk), today()
    since = office.watched_on
    if since is not None and since >= day:
        return
    Office.objects.filter(pk=office.pk).update(watched_on=day)
    morning, is_first = morning_at(office, since), since is None or since < monday(day)
    if morning.is_due:
        notify(OFFICE_DUE, morning)
    if morning.new or (is_first and morning.past):
        notify(OFFICE_OVERDUE, morning)
    if is_first and morning.troubles:
        notify(OFFICE_TROUBLE, morning)
    tell_firms(office, since or working_day_before(day, 1))


def tell_firms(office: Office, since: dt.date) -> None:
    """Tell the firms whose promised day has passed since the office was looked at last."""
    turns = Turn.objects.open().filter(office=office, due_on__gte=since, due_on__lt=today())
    for turn in turns.select_related("office").prefetch_related("case").order_by("pk"):
        notify(PROMISE_PASSED, turn.case, turn=turn)


@door
def remind_seat(seat: PanelSeat) -> None:
    """Tell an expert once before, once on and once after the day by which his word is asked for."""
    seat = hold_row(PanelSeat.objects.select_related("turn__office", "expert"), seat.pk)
    due, day = seat.turn.due_on, today()
    near = working_day_before(due, PolicyVersion.objects.remembered().due_reminder_days)
    begun = [first for first in (near, due, due + dt.timedelta(days=1)) if first <= day]
    if not begun or not seat.is_waiting or not seat.turn.is_open:
        return
    since = dt.datetime.combine(begun[-1], dt.time.min, SHANGHAI)
    told = Notice.objects.filter(recipient=seat.expert, kind=SEAT_DUE.name, url=seat.get_absolute_url(), at__gte=since)
    if seat.assigned_at < since and not told.exists():
        notify(SEAT_DUE, seat, past=day > due, is_last=day == due)


@door
def remind_member(member: PanelMember) -> None:
    """Remind an expert who has not answered an invitation once before the day and once on it."""
    member = hold_row(PanelMember.objects.select_related("panel__office", "expert"), member.pk)
    last, day = member.reply_by, today()
    near = working_day_before(last, PolicyVersion.objects.remembered().due_reminder_days)
    begun = [first for first in (near, last) if first <= day <= last]
    if not begun or member.answer or member.panel.ended_at:
        return
    since = dt.datetime.combine(begun[-1], dt.time.min, SHANGHAI)
    url = member.get_absolute_url()
    told = Notice.objects.filter(recipient=member.expert, kind=REPLY_DUE.name, url=url, at__gte=since)
    if member.invited_at < since and not told.exists():
        notify(REPLY_DUE, Call(member.panel, [member.expert]), is_last=day == last)


@door
def tell_city(city: Office) -> None:
    """Tell 市科技局 once a week what is overdue by office, and what heads were told of and nobody has mended."""
    city, day = hold_row(Office.objects.all(), city.pk), today()
    if city.watched_on is not None and city.watched_on >= monday(day):
        return
    Office.objects.filter(pk=city.pk).update(watched_on=day)
    offices = Office.objects.exclude(kind=Office.Kind.MUNICIPAL).order_by("kind", "name")
    mornings = [morning_at(office, None, times=2 if is_led(office) else 1) for office in offices]
    week = Week(city, [morning for morning in mornings if morning.past or morning.troubles])
    if week.mornings:
        notify(CITY_WEEK, week)


def is_led(office: Office) -> bool:
    """Whether the office has a head who hears of it first."""
    return office.memberships.at_work().leading().filter(user__is_active=True).exists()
