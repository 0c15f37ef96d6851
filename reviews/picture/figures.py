"""The four tables of the work picture: open now, decided by month, returned and refused for what, by reviewer."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from policy.calendar import add_months, today
from records.kinds import kind_named
from records.people import Person
from reviews.claims.sharing import offices_led_by
from reviews.lists.choices import AGES, days_before, ending_words
from reviews.models import MonthPerson, MonthReason, MonthTimes, Office, OfficeMember, Turn, TurnClaim
from reviews.models.figures import Decided, month_of
from reviews.permissions import is_municipal
from reviews.querysets import alive
from ui.reading import aside

DECIDING = (
    Office.Kind.PLATFORM,
    Office.Kind.DISTRICT,
    Office.Kind.BODY,
    Office.Kind.MUNICIPAL,
)  # the last one 复核 alone


def offices_pictured_for(user: Person) -> QuerySet[Office]:
    """The offices whose work the person may see: 市科技局 that of all and its own, a 负责人 that of his own."""
    if is_municipal(user):
        return Office.objects.filter(kind__in=DECIDING)
    return offices_led_by(user)


@dataclass(frozen=True)
class Asked:
    """What a picture is made of: the keys of the offices, and how many months with this one."""

    offices: Sequence[int]
    months: int

    @property
    def since(self) -> dt.date:
        """The first day of the first month."""
        return add_months(month_of(today()), 1 - self.months)

    @property
    def of_months(self) -> Q:
        """Condition on rows of months."""
        return Q(office__in=self.offices, month__gte=self.since)


@dataclass(frozen=True)
class OpenRow:
    """What lies open at one stage, by the working days since the arrival."""

    matter: str
    stage: str
    young: int
    middle: int
    old: int
    overdue: int
    oldest: dt.datetime

    @property
    def total(self) -> int:
        """All of them."""
        return self.young + self.middle + self.old


@dataclass
class Month(Decided):
    """What was decided in one month."""

    month: dt.date
    in_time: int = 0
    days: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class ReasonRow:
    """How often cases of one kind were returned or refused for one thing."""

    matter: str
    result: str
    reason: str
    number: int


def matter_of(kind: int) -> str:
    """What people call cases of this content type; asks no database."""
    return kind_named(ContentType.objects.get_for_id(kind).model_class()).matter


def open_rows(asked: Asked) -> list[OpenRow]:
    """What lies open at the offices, by kind and stage, the fullest first; one question."""
    young, middle = (days_before(age) for age in AGES)
    rows = aside(Turn.objects.open().filter(office__in=asked.offices)).order_by().values_list("case_type", "stage")
    found = rows.annotate(
        young=Count("pk", filter=Q(opened_at__gte=young)),
        middle=Count("pk", filter=Q(opened_at__gte=middle, opened_at__lt=young)),
        old=Count("pk", filter=Q(opened_at__lt=middle)),
        overdue=Count("pk", filter=Q(due_on__lt=timezone.localdate())),
        oldest=Min("opened_at"),
    )
    return sorted((OpenRow(matter_of(kind), *row) for kind, *row in found), key=lambda row: (-row.total, row.stage))


def month_rows(asked: Asked) -> list[Month]:
    """Every month that was asked for, the latest first; one question."""
    this = month_of(today())
    months = {day: Month(day) for day in (add_months(this, -back) for back in range(asked.months))}
    for day, in_time, days in aside(MonthTimes.objects.filter(asked.of_months)).values_list("month", "in_time", "days"):
        months[day].in_time += in_time
        months[day].days.update(days)
    return list(months.values())


def times_rows(asked: Asked) -> QuerySet[MonthTimes]:
    """The same by office, kind and stage."""
    return aside(MonthTimes.objects.filter(asked.of_months)).select_related("office")


def reason_rows(asked: Asked) -> QuerySet[Any, Any]:
    """(content type, verdict, reason, how often), the most frequent first."""
    rows = aside(MonthReason.objects.filter(asked.of_months)).order_by().values_list("case_type", "verdict", "reason")
    return rows.annotate(times=Sum("number")).order_by("-times", "case_type", "verdict", "reason")


def reasons_told(rows: Iterable[tuple[int, str, str, int]]) -> list[ReasonRow]:
    """The rows as they are read."""
    return [ReasonRow(matter_of(kind), ending_words(verdict), reason, number) for kind, verdict, reason, number in rows]


def people_rows(asked: Asked) -> QuerySet[OfficeMember]:
    """Who is at work at the offices, with what he decided and what he has now; who decided most first."""
    places = aside(OfficeMember.objects.at_work().filter(office__in=asked.offices, user__is_active=True))
    own = MonthPerson.objects.filter(asked.of_months, reviewer=OuterRef("user"), office=OuterRef("office")).order_by()
    summed = own.values("reviewer")
    names = ("decided", "in_time", "returned", "refused")
    figures = {name: counted(summed.annotate(sum=Sum(name)).values("sum")) for name in names}
    has = TurnClaim.objects.filter(alive(), person=OuterRef("user"), turn__office=OuterRef("office")).order_by()
    figures["has"] = counted(has.values("person").annotate(sum=Count("pk")).values("sum"))
    return (
        places.select_related("user", "office")
        .annotate(**figures)
        .order_by(F("decided").desc(), "user__name_key", "pk")
    )


def counted(rows: QuerySet[Any, Any]) -> Coalesce:
    """The figure of a question of one row, as a column; 0 of none."""
    return Coalesce(Subquery(rows, output_field=IntegerField()), 0)


def counted_at(asked: Asked) -> dt.datetime | None:
    """When the months were counted last."""
    found: dt.datetime | None = aside(MonthTimes.objects.filter(asked.of_months)).aggregate(at=Max("counted_at"))["at"]
    return found
