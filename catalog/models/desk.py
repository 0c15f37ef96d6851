"""What was done at a desk with several rows at once, and what became of each of them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone


class DeskAct(models.Model):
    """One act on chosen rows: who, why, and a line for each row."""

    label = models.CharField("操作", max_length=40)
    matter = models.CharField("对象", max_length=20)
    reason = models.CharField("原因", max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="操作人", related_name="+")
    at = models.DateTimeField("时间", default=timezone.now)
    lines = models.JSONField("逐行结果", default=list)  # {key, name, url, done, was, now, said}
    told = models.PositiveIntegerField("通知的订单", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "批量操作"
        default_permissions = ()
        ordering = ("-pk",)
        indexes = (models.Index(fields=["by", "id"], name="desk_act_of"),)

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """Its report."""
        return reverse("desk_act_report", args=[self.pk])

    @property
    def done(self) -> int:
        """How many rows were changed."""
        return sum(1 for line in self.lines if line["done"])

    @property
    def left(self) -> int:
        """How many stayed as they were."""
        return len(self.lines) - self.done
