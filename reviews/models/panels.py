"""评审组: a group of experts that hears many cases, its members and its cases."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from reviews.models.places import Office
from reviews.models.turns import Turn
from reviews.panels.querysets import PanelMemberQuerySet, PanelQuerySet


class Panel(models.Model):
    """One group: asked until `reply_by`, begun when all have come, its words are due on `due_on`."""

    office = models.ForeignKey(Office, models.PROTECT, verbose_name="组建单位", related_name="panels")
    name = models.CharField("名称", max_length=60)
    formed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="组建人", related_name="+")
    formed_at = models.DateTimeField("组建时间", default=timezone.now)
    reply_by = models.DateField("请在此日期前答复")
    due_on = models.DateField("请在此日期前提交意见")
    begun_at = models.DateTimeField("开始评审时间", null=True, blank=True)
    ended_at = models.DateTimeField("解散时间", null=True, blank=True)

    objects = PanelQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评审组"
        default_permissions = ()
        ordering = ("-formed_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(due_on__gte=F("reply_by")), name="panel_days_in_order"),
            models.CheckConstraint(condition=Q(begun_at=None) | Q(ended_at=None), name="panel_begun_is_not_dissolved"),
        )
        indexes = (models.Index(fields=["office", "-formed_at"], name="panel_of_office"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where its office works on it."""
        return reverse("group_detail", args=[self.pk])

    def get_hearing_url(self) -> str:
        """Where its experts work."""
        return reverse("hearing_detail", args=[self.pk])

    @property
    def standing(self) -> str:
        """How it stands, in words."""
        if self.ended_at:
            return "已解散"
        return "评审中" if self.begun_at else "邀请中"

    @property
    def is_overdue(self) -> bool:
        """Whether the day on which its words were due has passed."""
        return self.due_on < timezone.localdate()


class PanelMember(models.Model):
    """An expert who was asked into a group, and what he answered."""

    class Answer(models.TextChoices):
        """What became of the invitation."""

        ACCEPTED = "accepted", "已接受"
        DECLINED = "declined", "不参加"
        LEFT = "left", "已退出"
        CALLED_OFF = "off", "已取消邀请"

    panel = models.ForeignKey(Panel, models.PROTECT, verbose_name="评审组", related_name="members")
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="专家", related_name="panel_places"
    )
    is_financial = models.BooleanField("财务专家", default=False)
    invited_at = models.DateTimeField("邀请时间", default=timezone.now)
    answer = models.CharField("答复", max_length=8, choices=Answer, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    words = models.CharField("说明", max_length=300, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, verbose_name="接替", related_name="replacement"
    )

    objects = PanelMemberQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评审组成员"
        default_permissions = ()
        ordering = ("-is_financial", "pk")
        constraints = (
            models.UniqueConstraint(fields=["panel", "expert"], name="panel_member_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="panel_member_answer_has_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.panel} · {self.expert}"

    def get_absolute_url(self) -> str:
        """Where the expert answers."""
        return self.panel.get_hearing_url()

    @property
    def reply_by(self) -> dt.date:
        """Until when he is asked to answer."""
        return self.panel.reply_by

    @property
    def is_active(self) -> bool:
        """Whether he is asked or has come."""
        return self.answer in {"", self.Answer.ACCEPTED}


class PanelCase(models.Model):
    """One case of a group: the turn in which it is heard."""

    panel = models.ForeignKey(Panel, models.PROTECT, verbose_name="评审组", related_name="lines")
    turn = models.ForeignKey(Turn, models.PROTECT, verbose_name="环节", related_name="panel_lines")
    is_out = models.BooleanField("已移出", default=False)  # the group was dissolved

    class Meta:
        verbose_name = verbose_name_plural = "评审组的事项"
        default_permissions = ()
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["turn"], condition=Q(is_out=False), name="panel_case_once"),)

    def __str__(self) -> str:
        return f"{self.panel} · {self.turn}"
