"""通知公告 to chosen firms: what is told, to whom, when, and how far a worker has come (docs/adr/0164)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from policy.models import PolicyVersion
from records.models import Trailed

WORDS = 5000  # characters


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """How announcements are read."""

    def kept(self) -> "AnnouncementQuerySet":
        """All but drafts that were thrown away: these have stopped before there was anybody to tell."""
        return self.exclude(stage=Announcement.Stage.STOPPED, total=0)

    def at_work(self) -> "AnnouncementQuerySet":
        """Confirmed, and neither sent to all nor stopped."""
        return self.filter(stage__in=(Announcement.Stage.WAITING, Announcement.Stage.SENDING))


class Announcement(Trailed):
    """One announcement; nothing leaves before it is confirmed. conditions: which firms, as tten.announcing.firms reads them."""

    class Stage(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", "草稿"
        WAITING = "waiting", "待发送"
        SENDING = "sending", "正在发送"
        SENT = "sent", "已发送"
        STOPPED = "stopped", "已停止"

    class Ways(models.TextChoices):
        """How it leaves, beside standing in the portal."""

        SITE = "site", "只在网站消息中显示"
        MAIL = "mail", "网站消息和邮件"
        TEXT = "text", "网站消息和邮件，没有邮箱的发短信或微信"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="发布人", related_name="+")
    sender = models.CharField("发布单位", max_length=100)
    title = models.CharField("标题", max_length=100)
    words = models.TextField("正文", max_length=WORDS)
    ways = models.CharField("发送方式", max_length=4, choices=Ways, default=Ways.MAIL)
    conditions: Any = models.JSONField("发送范围", default=dict, blank=True)
    policy = models.OneToOneField(
        PolicyVersion, models.SET_NULL, null=True, blank=True, verbose_name="政策版本", related_name="+"
    )  # whose change it tells: the portal tells each once
    stage = models.CharField("进度", max_length=8, choices=Stage, default=Stage.DRAFT)
    written_at = models.DateTimeField("起草时间", default=timezone.now)
    due_at = models.DateTimeField("发送时间", null=True, blank=True)
    seen_at = models.DateTimeField("最近进展", null=True, blank=True)  # a worker that is at it says so again and again
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    cursor = models.BigIntegerField("已发送至", default=0)  # the key of the person who was told last
    total = models.PositiveIntegerField(
        "人数", default=0
    )  # of the people whom the conditions found when it was confirmed
    told = models.PositiveIntegerField("已通知", default=0)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)  # without any progress
    sentence = models.TextField("原因说明", blank=True)  # why it stopped

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知公告"
        default_permissions = ()
        ordering = ("-written_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(stage="draft") | Q(due_at__isnull=False), name="announcement_confirmed_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, stage__in=("draft", "waiting", "sending"))
                | Q(ended_at__isnull=False, stage__in=("sent", "stopped")),
                name="announcement_ended_has_a_time",
            ),
        )
        indexes = (
            models.Index(fields=["-written_at", "-id"], name="announcement_latest"),
            models.Index(F("due_at"), condition=Q(stage__in=("waiting", "sending")), name="announcement_due"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.stage == self.Stage.DRAFT

    @property
    def is_at_work(self) -> bool:
        """Whether somebody may still be told, unless it is stopped."""
        return self.stage in {self.Stage.WAITING, self.Stage.SENDING}

    @property
    def is_sending(self) -> bool:
        """Whether a worker has it."""
        return self.stage == self.Stage.SENDING
