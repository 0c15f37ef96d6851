"""What an office did in a month, as the work picture reads it: made anew every night from turns and opinions (ADR 0161)."""

import datetime as dt
from itertools import accumulate
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

from records.kinds import CaseKind, kind_named
from reviews.models.places import Office

HALF, MOST, WHOLE = 50, 80, 100  # percent


class Decided:
    """Turns that were decided, by the working days that they took."""

    days: Any  # working days as a figure → turns that took so many
    in_time: int

    @property
    def decided(self) -> int:
        """How many turns were decided."""
        return sum(self.days.values())

    @property
    def share(self) -> str:
        """How many of them in time, in percent."""
        return percent(self.in_time, self.decided)

    @property
    def median(self) -> int | None:
        """Working days within which half of them were decided."""
        return days_within(self.days, HALF)

    @property
    def eighty(self) -> int | None:
        """Working days within which four fifths of them were decided."""
        return days_within(self.days, MOST)


class OfMonth(models.Model):
    """A row of one month of one office."""

    month = models.DateField("月份")  # its first day
    office = models.ForeignKey(Office, models.CASCADE, verbose_name="审核单位", related_name="+")

    class Meta:
        abstract = True

    @property
    def month_words(self) -> str:
        """The month as it is read."""
        return f"{self.month:%Y-%m}"


class OfKind(OfMonth):
    """A row of cases of one kind."""

    case_type = models.ForeignKey(ContentType, models.CASCADE, verbose_name="类别", related_name="+")

    class Meta:
        abstract = True

    @property
    def kind(self) -> CaseKind:
        """The kind of the cases; asks no database."""
        return kind_named(ContentType.objects.get_for_id(self.case_type_id).model_class())

    @property
    def matter(self) -> str:
        """What people call such a case."""
        return self.kind.matter


class MonthTimes(Decided, OfKind):
    """How many turns of one stage were decided, and how many working days each took."""

    stage = models.CharField("环节", max_length=40)
    in_time: Any = models.PositiveIntegerField("按期办结")
    days: Any = models.JSONField("用时")
    counted_at = models.DateTimeField("统计时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "每月办结"
        ordering = ("-month", "office", "case_type", "stage")
        constraints = (
            models.UniqueConstraint(fields=["office", "month", "case_type", "stage"], name="month_times_once"),
        )

    def __str__(self) -> str:
        return f"{self.month_words} {self.office} {self.stage}"


class MonthReason(OfKind):
    """For what cases were returned or refused; a return names several things at once."""

    verdict = models.CharField("结果", max_length=20)
    reason = models.CharField("原因", max_length=100)
    number = models.PositiveIntegerField("次数")

    class Meta:
        verbose_name = verbose_name_plural = "每月退回和不通过的原因"
        ordering = ("-month", "office", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=["office", "month", "case_type", "verdict", "reason"], name="month_reason_once"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="month_reason_counts"),
        )

    def __str__(self) -> str:
        return f"{self.month_words} {self.office} {self.reason}"


class MonthPerson(OfMonth):
    """What one reviewer decided."""

    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="审核人", related_name="+")
    decided = models.PositiveIntegerField("办结")
    in_time = models.PositiveIntegerField("按期办结")
    returned = models.PositiveIntegerField("退回")
    refused = models.PositiveIntegerField("不通过")

    class Meta:
        verbose_name = verbose_name_plural = "每月审核人办结"
        ordering = ("-month", "office", "-decided")
        constraints = (models.UniqueConstraint(fields=["office", "month", "reviewer"], name="month_person_once"),)

    def __str__(self) -> str:
        return f"{self.month_words} {self.office} {self.reviewer}"


def month_of(day: dt.date) -> dt.date:
    """The first day of the day's month."""
    return day.replace(day=1)


def percent(part: int, whole: int) -> str:
    """A share in words; "" of nothing."""
    return f"{part * WHOLE // whole}%" if whole else ""


def days_within(days: dict[str, int], share: int) -> int | None:
    """The fewest working days within which this share of the turns (percent) was decided; None of no turns.

    days: working days as a figure → turns that took so many.
    """
    ordered = sorted((int(day), number) for day, number in days.items())
    wanted = -(-sum(days.values()) * share // WHOLE)
    reached = zip(ordered, accumulate(number for _, number in ordered), strict=True)
    return next((day for (day, _), so_far in reached if so_far >= wanted), None)
