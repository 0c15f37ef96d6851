"""Papers that were dropped on the row lists and are no rows yet: nobody has said that what was read is true (ADR 0127)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from records.models import Document


class ListName(models.TextChoices):
    """The three lists, by the name of their rows."""

    INVOICE = "invoice", "发票"
    RECEIPT = "receipt", "银行回单"
    CONTRACT = "contract", "合同"


class Dropped(models.Model):
    """One paper that waits to become a row; it goes when the row is saved, or when it is not wanted.

    Where it stands follows from what was read, until somebody puts it elsewhere (`chosen`).
    """

    claim = models.ForeignKey("redemption.Claim", models.CASCADE, related_name="dropped", verbose_name="兑现申请")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="文件")
    dropped_on = models.CharField("拖入的列表", max_length=10, choices=ListName)
    chosen = models.CharField("改放的列表", max_length=10, choices=ListName, blank=True)
    created_at = models.DateTimeField("拖入时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "待保存的文件"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["document"], name="dropped_once"),
            models.CheckConstraint(
                condition=Q(dropped_on__in=ListName.values, chosen__in=["", *ListName.values]),
                name="dropped_list_known",
            ),
        )

    def __str__(self) -> str:
        return self.document.name
