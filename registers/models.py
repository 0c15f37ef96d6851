"""Questions that wait, answers that nobody can change, and how often a register was asked on a day."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from policy.calendar import today
from registers.kinds import Register, Status, Trouble


class Asked(models.Model):
    """What a register is asked: of whom or what, and the terms of it that have to agree."""

    register = models.CharField("来源", max_length=12, choices=Register)
    subject = models.CharField("查询对象", max_length=40)  # a credit code, or code and number of an invoice
    terms: Any = models.JSONField("查询内容", default=dict, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{Register(self.register).label} {self.subject}"


class Question(Asked):
    """A question under way: one at a time of each subject. The row says that it waits, a queue only says it sooner.

    due_at: from when on it may be asked (again); while a worker asks, the instant at which it is taken for dead.
    """

    asked_at = models.DateTimeField("提出时间", default=timezone.now)
    due_at = models.DateTimeField("下次查询时间", default=timezone.now)
    tries = models.PositiveIntegerField("已查询次数", default=0)
    trouble = models.CharField("未得到结果的原因", max_length=12, choices=Trouble, blank=True)
    tried_at = models.DateTimeField("最近查询时间", null=True, blank=True)
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)

    reply: "Reply | None" = None  # of a question that was asked just now

    class Meta:
        verbose_name = verbose_name_plural = "待核验"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["register", "subject"], condition=Q(closed_at=None), name="question_one_open_per_subject"
            ),
            models.CheckConstraint(condition=Q(register__in=Register.values), name="question_register_known"),
        )
        indexes = (
            models.Index(fields=["register", "due_at"], condition=Q(closed_at=None), name="question_due"),
            models.Index(fields=["closed_at"], condition=~Q(closed_at=None), name="question_closed"),
        )


class Reply(Asked):
    """What a register has answered; a database trigger refuses UPDATE and DELETE. The latest of a subject counts."""

    status = models.CharField("结果", max_length=12, choices=Status)
    facts: Any = models.JSONField("登记内容", default=dict, blank=True)
    source = models.CharField("数据来源", max_length=60)
    at = models.DateTimeField("核验时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "核验结果"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(register__in=Register.values), name="reply_register_known"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="reply_status_known"),
        )
        indexes = (
            models.Index(fields=["register", "subject", "-id"], name="reply_latest"),
            models.Index(fields=["register", "-at"], name="reply_by_time"),
        )


class DayCount(models.Model):
    """How often a register was asked on a day in Tianjin: in all (subject ""), of one subject, or for one person."""

    register = models.CharField("来源", max_length=12, choices=Register)
    subject = models.CharField("查询对象", max_length=40, blank=True)
    day = models.DateField("日期", default=today)
    count = models.PositiveIntegerField("次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "每日查询次数"
        constraints = (
            models.UniqueConstraint(fields=["day", "register", "subject"], name="day_count_one_per_subject"),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.register} {self.subject} {self.count}"
