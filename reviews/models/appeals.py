"""申请复核: what a firm holds against a decision, once (ADR 0153)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from records.models import Document
from reviews.models.turns import Opinion


class Appeal(models.Model):
    """The reasons and new papers with which a firm asks that one decision be looked at once more."""

    opinion = models.OneToOneField(Opinion, models.PROTECT, verbose_name="原决定", related_name="appeal")
    text = models.TextField("复核理由")
    papers = models.ManyToManyField(Document, verbose_name="补充材料", related_name="+", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="申请人", related_name="+")
    at = models.DateTimeField("申请时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "复核申请"
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="appeal_has_words"),)

    def __str__(self) -> str:
        return f"复核（{self.opinion}）"
