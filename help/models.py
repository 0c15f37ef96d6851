"""What the help is told by the nights: how long a form takes (ADR 0209)."""

from django.db import models
from django.utils import timezone


class FillTime(models.Model):
    """How many minutes the form of one matter took, from its draft to its first submission, of those done within a day."""

    matter = models.CharField("事项", max_length=20)  # the key of a guide
    minutes = models.PositiveIntegerField("中位用时")
    cases = models.PositiveIntegerField("件数")
    counted_at = models.DateTimeField("统计时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "填写用时"
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=["matter"], name="fill_time_once"),)

    def __str__(self) -> str:
        return self.matter
