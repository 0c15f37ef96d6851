"""The 兑现申请表 as it was made: each version once, and kept."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

FOLDER = "forms"  # of the storage
MOST_TRIES = 3  # of workers; an export tries by itself


def name_of(printed: "PrintedForm", _name: str) -> str:
    """Under version and content hash, so that a second try writes the same place."""
    return f"{FOLDER}/{printed.content_hash[:2]}/{printed.claim_id}-{printed.version}-{printed.content_hash}.pdf"


class PrintedForm(models.Model):
    """One version of a claim's 兑现申请表 as PDF; the row says that it is to be made, the file that it was."""

    claim = models.ForeignKey("redemption.Claim", models.PROTECT, related_name="printed_forms", verbose_name="兑现申请")
    version = models.PositiveSmallIntegerField("版本")
    content_hash = models.CharField("申请表摘要", max_length=64)  # of what stands on it
    file = models.FileField("文件", upload_to=name_of, max_length=160, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)  # of the file
    asked_at = models.DateTimeField("受理时间", default=timezone.now)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)  # of workers
    made_at = models.DateTimeField("生成时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "兑现申请表文件"
        ordering = ("claim", "version")
        constraints = (
            models.UniqueConstraint(fields=["claim", "version"], name="printed_form_once_per_version"),
            models.CheckConstraint(
                condition=Q(made_at=None, file="") | Q(made_at__isnull=False) & ~Q(file=""),
                name="printed_form_made_has_file",
            ),
        )
        indexes = (models.Index(fields=["asked_at"], condition=Q(made_at=None), name="printed_form_waiting"),)

    def __str__(self) -> str:
        return f"{self.claim_id} 第 {self.version} 版"


def waits() -> Exists:
    """Of claims: whether a worker is expected to make the form that is in force."""
    in_force = PrintedForm.objects.filter(claim=OuterRef("pk"), version=OuterRef("form_version"))
    return Exists(in_force.filter(made_at=None, tries__lt=MOST_TRIES))
