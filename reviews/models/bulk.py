"""批量办理: one word for many turns of one kind and stage, and what became of each."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from records.states import S
from reviews.models.places import Office
from reviews.models.turns import Turn, Verdict


class BulkDecision(models.Model):
    """One person's word on the turns that he has chosen; nothing is said before he confirms."""

    class Stage(models.TextChoices):
        """How far it is."""

        CHOSEN = "chosen", "待确认"
        WORKING = "working", "正在办理"
        DONE = "done", "已办完"
        STOPPED = "stopped", "没有办完"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="办理人", related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, verbose_name="审核单位", related_name="+")
    case_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name="事项类别")
    state = models.CharField("环节", max_length=50)
    title = models.CharField("事项和环节", max_length=80)
    stage = models.CharField("进度", max_length=8, choices=Stage, default=Stage.CHOSEN)
    verdict = models.CharField("结果", max_length=20, choices=Verdict, blank=True)
    text = models.TextField("意见", blank=True)
    at = models.DateTimeField("时间", default=timezone.now)
    total = models.PositiveIntegerField("选中", default=0)
    asked = models.DecimalField("金额合计", max_digits=14, decimal_places=2, default=Decimal(0))  # yuan
    done = models.PositiveIntegerField("已办理", default=0)
    left = models.PositiveIntegerField("未办理", default=0)
    sentence = models.TextField("原因说明", blank=True)  # why it stopped
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    seen_at = models.DateTimeField("最近进展", null=True, blank=True)  # a worker that is at it says so again and again

    class Meta:
        verbose_name = verbose_name_plural = "批量办理"
        default_permissions = ()
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(stage="chosen") | Q(verdict="pass_review") | (Q(verdict="send_back") & ~Q(text="")),
                name="bulk_passes_or_returns_with_words",
            ),
        )
        indexes = (
            models.Index(fields=["by", "id"], name="bulk_of"),
            models.Index(fields=["id"], condition=Q(stage="working"), name="bulk_working"),
        )

    def __str__(self) -> str:
        return f"{self.title} {self.total} 件"

    def get_absolute_url(self) -> str:
        """Where it is confirmed, followed and read."""
        return reverse("bulk_detail", args=[self.pk])

    @property
    def row(self) -> S:
        """What the state of its cases means in their machine."""
        model: Any = self.case_type.model_class()
        row: S = model.STATES[self.state]
        return row

    @property
    def is_chosen(self) -> bool:
        """Whether it waits to be confirmed."""
        return self.stage == self.Stage.CHOSEN

    @property
    def is_at_work(self) -> bool:
        """Whether a worker has it, or is to take it."""
        return self.stage == self.Stage.WORKING

    @property
    def worked_off(self) -> int:
        """Of how many turns it is known what became of them."""
        return self.done + self.left


class BulkLine(models.Model):
    """One turn of it."""

    decision = models.ForeignKey(
        BulkDecision, models.CASCADE, related_name="lines", verbose_name="批量办理", db_index=False
    )
    turn = models.ForeignKey(Turn, models.PROTECT, related_name="+", verbose_name="环节")
    seen = models.PositiveIntegerField("版本")  # of the case when it was chosen
    asked = models.DecimalField("金额", max_digits=12, decimal_places=2, null=True, blank=True)  # yuan
    done = models.BooleanField("已办理", null=True)  # None: a worker is still to come to it
    said = models.TextField("说明", blank=True)  # why it was left

    class Meta:
        verbose_name = verbose_name_plural = "批量办理的事项"
        default_permissions = ()
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["decision", "turn"], name="bulk_line_once"),)
        indexes = (
            models.Index(fields=["decision", "id"], name="bulk_line_of"),
            models.Index(fields=["decision", "id"], condition=Q(done=None), name="bulk_line_waits"),
        )

    def __str__(self) -> str:
        return str(self.turn)

    @property
    def outcome(self) -> str:
        """What became of it, in words."""
        if self.done is None:
            return "待办理"
        return "已办理" if self.done else f"未办理：{self.said}"
