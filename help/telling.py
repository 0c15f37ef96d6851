"""What others have met: how long a form took them, and what they were sent back for; counted every night, told from enough cases on."""

import datetime as dt
from statistics import median
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Sum
from django.utils import timezone

from catalog.models import Admission
from help.guides import MACHINES
from help.models import FillTime
from policy.calendar import SHANGHAI, today
from redemption.models import Claim
from reviews.models import MonthReason
from reviews.models.figures import month_of
from reviews.picture.counting import RETURNS, UNMARKED
from ui.reading import aside
from vouchers.models import Application

REMEMBERED = dt.timedelta(days=90)
ENOUGH = 20  # cases: fewer say little, and may tell of one of them
MOST = 5  # reasons of one matter
MINUTE = 60  # seconds
TIMED: dict[str, Any] = {"application": Application, "claim": Claim, "admission": Admission}


def count_fill_times() -> None:
    """Count anew, of the cases first handed in of late on the day on which they were begun; safe twice."""
    since = timezone.now() - REMEMBERED
    for matter, model in TIMED.items():
        handed_in = model.objects.filter(submitted_at__gte=since).order_by()
        spans = handed_in.annotate(span=F("submitted_at") - F("created_at")).values_list("created_at", "span")
        minutes = [span.total_seconds() / MINUTE for begun, span in spans if is_one_day(begun, begun + span)]
        if minutes:
            told = {"minutes": max(1, round(median(minutes))), "cases": len(minutes), "counted_at": timezone.now()}
            FillTime.objects.update_or_create(matter=matter, defaults=told)
        else:
            FillTime.objects.filter(matter=matter).delete()


def is_one_day(begun: dt.datetime, ended: dt.datetime) -> bool:
    """Whether both lie on one day of Tianjin: whoever came back later did not write all the time."""
    return begun.astimezone(SHANGHAI).date() == ended.astimezone(SHANGHAI).date()


def fill_minutes() -> dict[str, int]:
    """Matter → minutes, where enough were counted."""
    return dict(aside(FillTime.objects.filter(cases__gte=ENOUGH).values_list("matter", "minutes")))


def returned_for() -> dict[str, list[str]]:
    """Matter → what its cases were most sent back for in the months of the last 90 days, the most frequent first."""
    types = {ContentType.objects.get_for_model(model).pk: matter for matter, model in MACHINES.items()}
    rows = aside(MonthReason.objects.all()).filter(
        month__gte=month_of(today() - REMEMBERED), verdict__in=RETURNS, case_type__in=types
    )
    counted = (
        rows.order_by().values_list("case_type", "reason").annotate(times=Sum("number")).order_by("-times", "reason")
    )
    found: dict[str, list[tuple[str, int]]] = {}
    for kind, reason, times in counted:
        found.setdefault(types[kind], []).append((reason, times))
    return {
        matter: [reason for reason, _ in reasons if reason != UNMARKED][:MOST]
        for matter, reasons in found.items()
        if sum(times for _, times in reasons) >= ENOUGH
    }
