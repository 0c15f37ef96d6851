"""What the clock does to cases: each in a transaction of its own, all of it safe twice."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.db import DatabaseError
from django.db.models import QuerySet

from notifications.kinds import Kind
from notifications.models import Notice
from notifications.services import notify
from records.doors import door
from records.rules import RuleBroken, is_broken_off
from records.steps import lock
from reviews.models import ReviewedCase

R = TypeVar("R", bound=ReviewedCase)
log = logging.getLogger(__name__)

LATE = "超过规定时限，自动结束。"


def lapse_each(cases: QuerySet[R], end: Callable[..., Any], words: str, *, step: str = "lapse") -> None:
    """End each of the cases in the clock's name; one that cannot end (its redemption is under way) stays."""
    clock = get_user_model().objects.clock()
    for pk in list(cases.order_by("pk").values_list("pk", flat=True)):
        try:
            end_one(cases, pk, lambda case: end(case, step, by=clock, note=words))
        except RuleBroken as refusal:
            log.info("%s %s does not %s: %s", cases.model.__name__, pk, step, refusal.code)
        except DatabaseError as error:
            if not is_broken_off(error):
                raise
            log.warning("%s %s was broken off twice: its turn comes with the next round", cases.model.__name__, pk)


@door
def end_one(cases: QuerySet[R], pk: int, end: Callable[[R], Any]) -> None:
    """End the case if it is still among these, once it is held: somebody may have mended it while we were at others."""
    lock(cases.model(pk=pk))
    case = cases.filter(pk=pk).first()
    if case is not None:
        end(case)


def is_unwarned(kind: Kind, case: ReviewedCase, since: dt.datetime) -> bool:
    """Whether the reminder did not go out since then, though there are people to read it."""
    people = [person for person in kind.recipients(case) if person.is_active]
    told = Notice.objects.filter(recipient__in=people, kind=kind.name, url=case.get_absolute_url(), at__gte=since)
    return bool(people) and not told.exists()


@door
def once(kind: Kind, case: ReviewedCase, *, since: dt.datetime, **context: Any) -> None:
    """Send the reminder unless it went out since then."""
    case = lock(case)
    if is_unwarned(kind, case, since):
        notify(kind, case, **context)
