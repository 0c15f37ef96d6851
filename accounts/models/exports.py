"""Lists that were taken away: who has taken which, and the file for some days."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models.units import Unit


class ListExport(models.Model):
    """One list, taken away by one person; a small one at once, a long one by a worker. The row stays, the file goes."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="list_exports", verbose_name="用户")
    acting_for = models.ForeignKey(
        Unit, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="当时的单位"
    )
    title = models.CharField("列表", max_length=60)
    path = models.CharField("地址", max_length=200)
    query = models.CharField("条件", max_length=2000, blank=True)
    asked_at = models.DateTimeField("申请时间", default=timezone.now)
    done = models.PositiveIntegerField("已写行数", default=0)
    total = models.PositiveIntegerField("总行数", default=0)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    seen_at = models.DateTimeField("最近进展", null=True, blank=True)  # a worker that is at it says so again and again
    ready_at = models.DateTimeField("完成时间", null=True, blank=True)
    failed_at = models.DateTimeField("失败时间", null=True, blank=True)
    expires_at = models.DateTimeField("保留至", null=True, blank=True)
    file = models.FileField("文件", upload_to="exports", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "列表导出"
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["user"], condition=Q(ready_at=None, failed_at=None), name="list_export_one_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} {self.asked_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """我的导出, where it is fetched."""
        return reverse("export_list")

    @property
    def is_running(self) -> bool:
        """Whether it is still being made."""
        return self.ready_at is None and self.failed_at is None

    @property
    def file_name(self) -> str:
        """What it is called where it is taken to."""
        return f"{self.title}-{timezone.localtime(self.asked_at):%Y%m%d-%H%M}.xlsx"
