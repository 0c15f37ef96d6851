"""Days by which a unit must act move later, never earlier: where a calendar is known late, and where no reminder went out."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TypeVar

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from accounts.cases.models import TermsCase
from notifications.kinds import Kind
from policy.working_days import Table, add_working_days, kept_days
from records.doors import door
from records.steps import lock, write
from reviews.clock import is_unwarned

CALENDAR, UNWARNED = "工作日历有变化", "到期前没有发出提醒"
C = TypeVar("C", bound=TermsCase)


def put_off_cases(cases: QuerySet[C]) -> None:
    """Count the days of these cases anew; the trail says which have moved."""
    for case, later in list(later_days(cases, kept_days())):
        put_off(case, later)


def spare(cases: QuerySet[C], kind: Kind, until: Callable[[C], dt.date]) -> None:
    """Give those of these overdue cases whose unit was not reminded, for the clock was away, the days that a reminder leaves.

    until: the new day.
    """
    for case in list(cases.select_related("policy").order_by("pk")):
        turn = case.turns.exclude(closed_at=None).order_by("-closed_at").first()
        if turn is not None and turn.closed_at is not None and is_unwarned(kind, case, turn.closed_at):
            put_off(case, until(case), UNWARNED)


def later_days(cases: QuerySet[C], table: Table) -> Iterator[tuple[C, dt.date]]:
    """(case, its day by the calendar of now) of those whose day was too early."""
    for case in cases.select_related("policy").order_by("pk").iterator(chunk_size=500):
        turn = case.turns.exclude(closed_at=None).order_by("-closed_at").first()
        if turn is not None and case.due_on is not None:
            later = add_working_days(turn.closed_at, case.days_to_act(), table)
            if later > case.due_on:
                yield case, later


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
