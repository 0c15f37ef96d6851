"""What was done at a desk with several rows at once, and what became of each of them."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Duty
from records.people import Person


class DeskActQuerySet(models.QuerySet[Any]):
    """Who reads what was done."""

    def visible_to(self, user: Person) -> Self:
        """Curators all of it, anybody else what he has done himself."""
        return self if user.duty == Duty.CATALOG else self.filter(by=user)


class DeskAct(models.Model):
    """One act on chosen rows, or on all that were found: who, why, and a line for each row."""

    class Stage(models.TextChoices):
        """How far it is."""

        WORKING = "working", "正在办理"
        DONE = "done", "已办完"
        STOPPED = "stopped", "没有办完"

    name = models.CharField("操作代码", max_length=20, blank=True)  # of catalog/desk/acts.py
    label = models.CharField("操作", max_length=40)
    matter = models.CharField("对象", max_length=20)
    reason = models.CharField("原因", max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="操作人", related_name="+")
    of_platform = models.BooleanField("平台办理", default=False)  # the others are of a provider, on its own products
    at = models.DateTimeField("时间", default=timezone.now)
    stage = models.CharField("进度", max_length=8, choices=Stage, default=Stage.DONE)
    sentence = models.TextField("原因说明", blank=True)  # why it stopped
    total = models.PositiveIntegerField("选中", default=0)
    done = models.PositiveIntegerField("已改变", default=0)
    left = models.PositiveIntegerField("未改变", default=0)
    told = models.PositiveIntegerField("通知的订单", default=0)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    seen_at = models.DateTimeField("最近进展", null=True, blank=True)  # a worker that is at it says so again and again

    objects = DeskActQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "批量操作"
        default_permissions = ()
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=["by", "id"], name="desk_act_of"),
            models.Index(fields=["id"], condition=Q(stage="working"), name="desk_act_working"),
        )

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """Its report."""
        return reverse("desk_act_report", args=[self.pk])

    @property
    def is_at_work(self) -> bool:
        """Whether a worker has it, or is to take it."""
        return self.stage == self.Stage.WORKING

    @property
    def worked_off(self) -> int:
        """Of how many rows it is known what became of them."""
        return self.done + self.left


class DeskLine(models.Model):
    """One row of an act."""

    act = models.ForeignKey(DeskAct, models.CASCADE, related_name="rows", verbose_name="操作", db_index=False)
    key = models.CharField("行", max_length=24)  # its number, where people know it by one
    number = models.CharField("编号", max_length=20, blank=True)
    name = models.CharField("名称", max_length=200, blank=True)
    url = models.CharField("地址", max_length=100, blank=True)
    was = models.CharField("原状态", max_length=40, blank=True)
    now = models.CharField("现状态", max_length=40, blank=True)
    said = models.TextField("说明", blank=True)
    done = models.BooleanField("已改变", null=True)  # None: a worker is still to come to it

    class Meta:
        verbose_name = verbose_name_plural = "批量操作的行"
        default_permissions = ()
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["act", "key"], name="desk_line_once"),)
        indexes = (
            models.Index(fields=["act", "id"], name="desk_line_of"),
            models.Index(fields=["act", "id"], condition=Q(done=None), name="desk_line_waits"),
        )

    def __str__(self) -> str:
        return self.name or self.key

    @property
    def outcome(self) -> str:
        """What became of it, in words."""
        return self.now if self.done else f"不变：{self.said}"
