"""内部备注: what reviewers write for each other beside a case; kept for good, and never told to the applicant."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

from reviews.models.places import Office


class Remark(models.Model):
    """One note; the database refuses to change or delete it."""

    case_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name="类别")
    case_id = models.PositiveBigIntegerField("事项")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="填写人", related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, verbose_name="单位", related_name="+")
    text = models.TextField("内容")
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "内部备注"
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="remark_has_words"),)
        indexes = (models.Index(fields=["case_type", "case_id"], name="remark_of_case"),)

    def __str__(self) -> str:
        return f"{self.office} {self.author}"
