"""The hours of an instrument, the days on which it is closed, and what of them an order takes."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from catalog.models import Product

TIANJIN = ZoneInfo("Asia/Shanghai")
WEEKDAYS = {"1": "周一", "2": "周二", "3": "周三", "4": "周四", "5": "周五", "6": "周六", "7": "周日"}
STEPS = {minutes: f"{minutes / 60:g} 小时" for minutes in (30, 60, 120, 240)}
MOST_PLACES, MOST_HOURS = 50, 24
FIGURES = f"机位应为 1 至 {MOST_PLACES} 个，一次最长应为 1 至 {MOST_HOURS} 小时。"
LONGEST_WHY, LONGEST_WORDS = 60, 200  # characters


class Timetable(models.Model):
    """When an instrument can be used, and by how many at once."""

    product = models.OneToOneField(
        Product, models.CASCADE, primary_key=True, related_name="timetable", verbose_name="产品"
    )
    is_open = models.BooleanField("接受机时预约", default=True)
    weekdays = models.CharField("开放日", max_length=7, default="12345")  # the figures of ISO weekdays, in order
    opens_at = models.TimeField("开始时间", default=dt.time(9))  # of Tianjin
    closes_at = models.TimeField("结束时间", default=dt.time(17))
    step = models.PositiveSmallIntegerField("预约单位", choices=list(STEPS.items()), default=60)  # minutes
    most = models.PositiveSmallIntegerField("一次最长（小时）", default=8)
    places = models.PositiveSmallIntegerField("同时可约的机位", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "机时"
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="timetable_ends_after_it_begins",
                violation_error_message="结束时间应晚于开始时间。",
            ),
            models.CheckConstraint(
                condition=Q(weekdays__regex=r"^1?2?3?4?5?6?7?$") & ~Q(weekdays=""),
                name="timetable_weekdays_known",
                violation_error_message="请至少勾选一个开放日。",
            ),
            models.CheckConstraint(condition=Q(step__in=list(STEPS)), name="timetable_step_known"),
            models.CheckConstraint(
                condition=Q(places__gte=1, places__lte=MOST_PLACES, most__gte=1, most__lte=MOST_HOURS),
                name="timetable_figures_fit",
                violation_error_message=FIGURES,
            ),
        )

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """When it is open: 周一、周二 09:00–17:00."""
        days = "、".join(WEEKDAYS[figure] for figure in self.weekdays)
        days = {"12345": "周一至周五", "1234567": "每天"}.get(self.weekdays, days)
        return f"{days} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"


class KeptHours(models.Model):
    """The hours as they held from this day on, until the next such row: what was used is told of what was open then."""

    timetable = models.ForeignKey(Timetable, models.CASCADE, related_name="kept", verbose_name="机时")
    since = models.DateField("自")
    is_open = models.BooleanField("接受机时预约")
    weekdays = models.CharField("开放日", max_length=7)
    opens_at = models.TimeField("开始时间")
    closes_at = models.TimeField("结束时间")
    places = models.PositiveSmallIntegerField("同时可约的机位")

    class Meta:
        verbose_name = verbose_name_plural = "历次机时"
        default_permissions = ()
        ordering = ("since",)
        constraints = (models.UniqueConstraint(fields=["timetable", "since"], name="kept_hours_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d}"

    def minutes_on(self, day: dt.date) -> int:
        """For how many minutes it was open on this day, all places together."""
        if not self.is_open or str(day.isoweekday()) not in self.weekdays:
            return 0
        long = dt.datetime.combine(day, self.closes_at) - dt.datetime.combine(day, self.opens_at)
        return self.places * int(long.total_seconds()) // 60


class ClosedDay(models.Model):
    """A day on which the instrument is not to be had."""

    timetable = models.ForeignKey(Timetable, models.CASCADE, related_name="closed", verbose_name="机时")
    day = models.DateField("日期")
    why = models.CharField("原因", max_length=LONGEST_WHY, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "停用日"
        ordering = ("day",)
        constraints = (models.UniqueConstraint(fields=["timetable", "day"], name="closed_day_once"),)

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class Booking(models.Model):
    """The time of an order; it is taken from the wish on, and free again when the order dies.

    The database holds that no more of them meet at one moment than there are places.
    """

    order = models.OneToOneField("orders.Order", models.CASCADE, related_name="booking", verbose_name="订单")
    product = models.ForeignKey(Product, models.PROTECT, related_name="bookings", verbose_name="产品")
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束")
    live = models.BooleanField("占用", default=True)
    made_at = models.DateTimeField("预约时间", default=timezone.now)
    moves = models.PositiveSmallIntegerField("改期次数", default=0)
    words = models.CharField("改期说明", max_length=LONGEST_WORDS, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "机时预约"
        ordering = ("starts_at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_it_begins"),
        )
        indexes = (models.Index(fields=["product", "starts_at"], condition=Q(live=True), name="booking_of_product"),)

    def __str__(self) -> str:
        return span_words(self.starts_at, self.ends_at)


def span_words(start: dt.datetime, end: dt.datetime) -> str:
    """2026-12-03 周四 09:00–12:00, in Tianjin's time."""
    start, end = start.astimezone(TIANJIN), end.astimezone(TIANJIN)
    return f"{start:%Y-%m-%d} {WEEKDAYS[str(start.isoweekday())]} {start:%H:%M}–{end:%H:%M}"
