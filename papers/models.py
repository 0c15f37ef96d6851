"""What was read of a paper, by which version of the reader."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from papers.facts import KINDS, Facts
from records.models import Document


class Reading(models.Model):
    """One reading of one paper; it goes with the paper. Read anew where the readers have changed (`read_papers`)."""

    class Stage(models.TextChoices):
        READING = "reading", "正在读取"
        READ = "read", "已读取"
        UNREADABLE = "unreadable", "读不出"

    document = models.ForeignKey(Document, models.CASCADE, related_name="readings", verbose_name="材料")
    version = models.PositiveSmallIntegerField("识读版本")
    stage = models.CharField("进度", max_length=12, choices=Stage, default=Stage.READING)
    kind = models.CharField(
        "材料种类", max_length=12, choices=[(kind.value, label) for kind, label in KINDS.items()], blank=True
    )
    facts = models.JSONField("读到的内容", default=dict)  # as papers.facts.Facts writes it
    identity = models.CharField("票据号码", max_length=100, blank=True)  # by papers.identity: which paper it is
    sentence = models.CharField("说明", max_length=200, blank=True)  # continues «“文件名”…» where nothing could be read
    cpu = models.PositiveIntegerField("处理器时间（毫秒）", default=0)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    begun_at = models.DateTimeField("开始时间", null=True, blank=True)
    created_at = models.DateTimeField("排队时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "材料识读"
        ordering = ("document", "version")
        constraints = (
            models.UniqueConstraint(fields=["document", "version"], name="reading_once_per_version"),
            models.CheckConstraint(
                condition=Q(stage__in=("reading", "read", "unreadable")), name="reading_stage_known"
            ),
        )
        indexes = (
            models.Index(fields=["created_at"], condition=Q(stage="reading"), name="reading_waiting"),
            models.Index(fields=["identity"], name="reading_identity"),
        )

    def __str__(self) -> str:
        return f"{self.get_stage_display()}（第 {self.version} 版）"

    @property
    def read(self) -> Facts:
        """What was read; nothing where nothing was."""
        return Facts.from_json(self.facts) if self.facts else Facts()
