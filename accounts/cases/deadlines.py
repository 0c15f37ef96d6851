"""Days by which a unit must act move later, never earlier.

Where a calendar is known late, where no reminder went out, and where the unit was told late (ADR 0163).
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TypeVar

from django.contrib.auth import get_user_model
from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from accounts.cases.models import TermsCase
from accounts.permissions import WRITERS
from notifications.kinds import Kind
from notifications.models import Notice
from notifications.services import key_of
from policy.calendar import today
from policy.working_days import Table, add_working_days, kept_days
from records.doors import door
from records.kinds import kind_for
from records.steps import lock, write
from records.walking import walked
from reviews.clock import is_unwarned

MOST_MOVED = dt.timedelta(days=30)  # by which a calendar that comes to be known moves a day at most
CALENDAR, UNWARNED, UNTOLD = "工作日历有变化", "到期前没有发出提醒", "通知送达较晚"
UNHEARD = dt.timedelta(days=30)  # after which what reached nobody counts as told: 公告送达, 民事诉讼法第九十五条
C = TypeVar("C", bound=TermsCase)


def put_off_cases(cases: QuerySet[C]) -> None:
    """Count the days of these cases anew; the trail says which have moved, and why."""
    for case, later, why in list(later_days(cases, kept_days())):
        put_off(case, later, why)


def put_off_appeals(cases: QuerySet[C]) -> None:
    """The same for decisions that may be held against: also where the day that was guessed has passed and the new one has not."""
    recent = cases.filter(due_on__gte=today() - MOST_MOVED)
    for case, later, why in list(later_days(recent, kept_days())):
        is_open = case.due_on is not None and case.due_on >= today()
        if later >= today() and (is_open or why == CALENDAR):
            put_off(case, later, why)


def spare(cases: QuerySet[C], kind: Kind, until: Callable[[C], dt.date]) -> None:
    """Give those of these overdue cases whose unit was not reminded, for the clock was away, the days that a reminder leaves.

    until: the new day.
    """
    for case in list(cases.select_related("policy").order_by("pk")):
        turn = case.turns.exclude(closed_at=None).order_by("-closed_at").first()
        if turn is not None and turn.closed_at is not None and is_unwarned(kind, case, turn.closed_at):
            put_off(case, until(case), UNWARNED)


def later_days(cases: QuerySet[C], table: Table) -> Iterator[tuple[C, dt.date, str]]:
    """(case, its day by the calendar of now and by when it was told, why) of those whose day was too early."""
    for case in walked(cases.select_related("policy"), 500):
        turn = case.turns.exclude(closed_at=None).order_by("-closed_at").first()
        if turn is None or turn.closed_at is None or case.due_on is None:
            continue
        decided, told = (
            add_working_days(moment, case.days_to_act(), table)
            for moment in (turn.closed_at, told_at(case, turn.closed_at))
        )
        if told > case.due_on:
            yield case, told, UNTOLD if told > decided else CALENDAR


def told_at(case: TermsCase, decided: dt.datetime) -> dt.datetime:
    """From when on the days of the unit run: its message was taken by a channel or opened in the portal, whichever was earlier.

    Where no way leads out of the portal the decision itself; where each is still under way or has failed, now, until UNHEARD.
    """
    kinds = [kind.name for kind in kind_for(case).notices.get(case.state, ())]
    writers = case.unit.memberships.filter(role__in=WRITERS).values("user")
    news = Notice.objects.filter(**key_of(case), kind__in=kinds, recipient__in=writers, at__gte=decided)
    found = news.aggregate(seen=Min("read_at"), taken=Min("deliveries__sent_at"), ways=Count("deliveries"))
    reached: list[dt.datetime] = [moment for moment in (found["seen"], found["taken"]) if moment is not None]
    if reached:
        return max(decided, min(reached))
    return min(timezone.now(), decided + UNHEARD) if found["ways"] else decided


@door
def put_off(case: C, later: dt.date, why: str = CALENDAR) -> None:
    """Move the day of one case, unless the case has moved on while we were at others."""
    before, case = case.version, lock(case)
    if case.version != before or case.due_on is None or case.due_on >= later:
        return
    words = f"{why}，截止日期由 {case.due_on} 顺延至 {later}。"
    case.due_on = later
    case.save(update_fields=["due_on"])
    write(case, "put_off", by=get_user_model().objects.clock(), text=words)
