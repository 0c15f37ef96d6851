"""The rows of a month, counted anew from turns and opinions: by the clock every night, safe twice."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate

from policy.calendar import SHANGHAI, add_months, today
from policy.working_days import working_days_of
from records.doors import door
from records.walking import walked
from reviews.models import Lies, MonthPerson, MonthReason, MonthTimes, Office, Opinion, Turn, Verdict
from reviews.models.figures import month_of
from reviews.progress import correction_labels
from reviews.reasons import Reason

SHOWN = 12  # months that the picture reaches back, this one included
KEPT = 24  # months that are kept
PIECE = 200  # returns whose marks are read at once
RETURNS = (Verdict.RETURN.value, Verdict.FORM_RETURN.value)
UNMARKED = "没有标出具体内容"
MODELS = (MonthTimes, MonthReason, MonthPerson)


def renew() -> None:
    """Count this month and the last one; all that the picture shows where nothing was counted before."""
    this = month_of(today())
    known = MonthTimes.objects.filter(month__lt=add_months(this, -1)).exists()
    for back in range(2 if known else SHOWN):
        count_month(add_months(this, -back))
    for model in MODELS:
        model.objects.filter(month__lte=add_months(this, -KEPT)).delete()


@door
def count_month(month: dt.date) -> None:
    """Write what every office did in the month, in the place of what stood there; month: its first day."""
    for model in MODELS:
        model.objects.filter(month=month).delete()
    for office in Office.objects.order_by("pk"):
        decided = decided_in(month, office)
        MonthTimes.objects.bulk_create(times_of(decided, office, month))
        MonthReason.objects.bulk_create(reasons_of(decided, office, month))
        MonthPerson.objects.bulk_create(people_of(decided, office, month))


def decided_in(month: dt.date, office: Office) -> QuerySet[Turn]:
    """The turns that a word of the office closed in the month, days of Tianjin."""
    begins, ends = (dt.datetime.combine(day, dt.time.min, SHANGHAI) for day in (month, add_months(month, 1)))
    closed = Turn.objects.filter(office=office, lies__in=(Lies.DONE, Lies.RETURNED))
    return closed.filter(closed_at__gte=begins, closed_at__lt=ends, ended_by__in=Verdict.values).order_by()


def is_in_time(prefix: str = "") -> Case:
    """Whether the word came on the promised day or before it."""
    late = {f"{prefix}closed_at__date__gt": F(f"{prefix}due_on")}
    return Case(When(**late, then=Value(value=False)), default=Value(value=True), output_field=BooleanField())


def times_of(decided: QuerySet[Turn], office: Office, month: dt.date) -> Iterator[MonthTimes]:
    """One row for each kind and stage: the turns by the working days that they took."""
    spans = decided.annotate(first=TruncDate("opened_at"), last=TruncDate("closed_at"), good=is_in_time())
    found = list(spans.values_list("case_type", "stage", "first", "last", "good").annotate(number=Count("pk")))
    used = working_days_of([(first, last) for _, _, first, last, _, _ in found])
    days: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    good: Counter[tuple[int, str]] = Counter()
    for (kind, stage, _, _, is_good, number), taken in zip(found, used, strict=True):
        days[kind, stage][str(taken)] += number
        good[kind, stage] += number if is_good else 0
    for (kind, stage), counted in days.items():
        in_time = good[kind, stage]
        yield MonthTimes(
            month=month, office=office, case_type_id=kind, stage=stage, in_time=in_time, days=dict(counted)
        )


def reasons_of(decided: QuerySet[Turn], office: Office, month: dt.date) -> Iterator[MonthReason]:
    """One row for each reason of a refusal, and for each field or list that returns have marked."""
    refused = Opinion.objects.filter(turn__in=decided, verdict=Verdict.REJECT).order_by()
    counted: Counter[tuple[int, str, str]] = Counter()
    for kind, reason, number in refused.values_list("turn__case_type", "reason").annotate(number=Count("pk")):
        counted[kind, Verdict.REJECT.value, str(Reason(reason).label)] += number
    for opinion in returned_by(decided):
        for label in marked_by(opinion):
            counted[opinion.turn.case_type_id, opinion.verdict, label] += 1
    for (kind, verdict, reason), number in counted.items():
        yield MonthReason(
            month=month, office=office, case_type_id=kind, verdict=verdict, reason=reason[:100], number=number
        )


def returned_by(decided: QuerySet[Turn]) -> Iterable[Opinion]:
    """The words that sent cases back, with their cases; piece by piece."""
    rows = Opinion.objects.filter(turn__in=decided, verdict__in=RETURNS)
    return walked(rows.select_related("turn").prefetch_related("turn__case"), PIECE)


def marked_by(opinion: Opinion) -> list[str]:
    """What the return marks, each field or list once, as the kind of the case calls it."""
    case: Any = opinion.turn.case
    return list(dict.fromkeys(correction_labels(case, opinion.corrections))) or [UNMARKED]


def people_of(decided: QuerySet[Turn], office: Office, month: dt.date) -> Iterator[MonthPerson]:
    """One row for each reviewer of the office."""
    words = Opinion.objects.filter(turn__in=decided).order_by().annotate(good=is_in_time("turn__"))
    rows = words.values("reviewer").annotate(
        decided=Count("pk"),
        in_time=Count("pk", filter=Q(good=True)),
        returned=Count("pk", filter=Q(verdict__in=RETURNS)),
        refused=Count("pk", filter=Q(verdict=Verdict.REJECT)),
    )
    for row in rows:
        figures = {name: row[name] for name in ("decided", "in_time", "returned", "refused")}
        yield MonthPerson(month=month, office=office, reviewer_id=row["reviewer"], **figures)
