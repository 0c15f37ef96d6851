"""What is usual, made anew each night from the cases that were decided of late (docs/adr/0155)."""

import datetime as dt
from typing import Any, cast

from django.db.models import Aggregate, Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Sum

from policy.calendar import SHANGHAI, today
from records.doors import door
from reviews.lists.scope import CLOSED
from reviews.models import BulkLine, Lies, Office, Turn, UsualTime, Verdict
from reviews.pace.counting import time_of

REMEMBERED = dt.timedelta(days=90)
ENOUGH = 20  # decided cases: fewer say little, and may tell of one of them
DECIDING = (Verdict.PASS, Verdict.REJECT)  # a return asks for something, and the case comes again
OF_STEP = ("case_type", "state")


class Within(Aggregate):
    """The days within which this share of the cases was decided: a whole number that occurred."""

    function = "percentile_disc"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = IntegerField()


def renew_usual() -> None:
    """Make the rows of every office anew; one office is one transaction, and twice is as once."""
    for office in Office.objects.order_by("pk"):
        count_missing(office)
        renew_at(office)


def count_missing(office: Office) -> None:
    """Count the days of turns that were closed before they were kept."""
    missing = Turn.objects.filter(office=office, lies__in=CLOSED, closed_at__gte=since(), used_days=None)
    for turn in list(missing.defer("search_text").order_by()):
        used, firm = time_of(turn, cast("dt.datetime", turn.closed_at))
        Turn.objects.filter(pk=turn.pk).update(used_days=used, firm_days=firm)


@door
def renew_at(office: Office) -> None:
    """Put what is usual at the office now in the place of what was."""
    UsualTime.objects.filter(office=office).delete()
    UsualTime.objects.bulk_create(UsualTime(office=office, until=today(), **row) for row in usual_at(office))


def usual_at(office: Office) -> list[dict[str, Any]]:
    """{case_type_id, state, cases, half, most} of each step of which enough cases were decided."""
    steps = decided_at(office).annotate(days=Subquery(worked_days())).values(*(f"{name}" for name in OF_STEP))
    told = steps.annotate(cases=Count("pk"), half=Within("days", share=0.5), most=Within("days", share=0.8))
    rows = told.filter(cases__gte=ENOUGH).order_by(*OF_STEP)
    return list(rows.values("state", "cases", "half", "most", case_type_id=F("case_type")))


def since() -> dt.datetime:
    """The first moment of the days that are remembered."""
    return dt.datetime.combine(today() - REMEMBERED, dt.time.min, SHANGHAI)


def decided_at(office: Office) -> QuerySet[Turn]:
    """What the office has passed or refused of late, one case at a time; in bulk it was decided by nobody's pace."""
    of_late = Turn.objects.filter(office=office, lies=Lies.DONE, closed_at__gte=since())
    return of_late.filter(ended_by__in=DECIDING).exclude(
        Exists(BulkLine.objects.filter(turn=OuterRef("pk"), done=True))
    )


def worked_days() -> QuerySet[Any, Any]:
    """Of the turn at hand: the office's own days over all rounds of the step, without what the firm had."""
    rounds = Turn.objects.filter(
        case_type=OuterRef("case_type"), case_id=OuterRef("case_id"), state=OuterRef("state"), office=OuterRef("office")
    )
    own: QuerySet[Any, Any] = rounds.order_by().values("office").annotate(own=Sum(F("used_days") - F("firm_days")))
    return own.values("own")
