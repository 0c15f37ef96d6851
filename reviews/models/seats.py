"""The group of experts of one turn."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from policy.rubric import MOST_POINTS
from reviews.models.turns import Turn
from reviews.querysets import SeatQuerySet


class ExpertWord(models.TextChoices):
    """What an expert may say (domain.md §5.4)."""

    AGREE = "agree", "同意"
    CUT = "cut", "核减"
    REFUSE = "refuse", "不同意"


class Leaving(models.TextChoices):
    """Why a seat was left before its word."""

    RECUSED = "recused", "回避"
    LEFT = "left", "退出"
    UNHEARD = "unheard", "未提交"


class PanelSeat(models.Model):
    """An expert's seat in the group of one turn; what he says stays sealed until all are in."""

    turn = models.ForeignKey(Turn, models.PROTECT, verbose_name="环节", related_name="seats")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="专家", related_name="seats")
    is_financial = models.BooleanField("财务专家", default=False)
    assigned_at = models.DateTimeField("指派时间", default=timezone.now)
    leaving = models.CharField(
        "离席原因", max_length=8, choices=Leaving, default=Leaving.RECUSED
    )  # of a seat that was left
    recused_at = models.DateTimeField("离席时间", null=True, blank=True)
    word = models.CharField("意见", max_length=10, choices=ExpertWord, blank=True)
    amount = models.DecimalField("建议金额", max_digits=12, decimal_places=2, null=True, blank=True)  # yuan
    text = models.TextField("说明", blank=True)
    points = models.JSONField("逐项得分", default=list, blank=True)  # [criterion with its weight, 0 to 100]
    score = models.DecimalField("加权得分", max_digits=5, decimal_places=2, null=True, blank=True)  # 0 to 100
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, verbose_name="接替", related_name="replacement"
    )
    given_at = models.DateTimeField("提交时间", null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "专家席位"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["turn", "expert"], name="seat_once_per_expert"),
            models.CheckConstraint(
                condition=Q(given_at=None) | (~Q(word="") & Q(amount__isnull=False, amount__gte=0)),
                name="seat_word_is_whole",
            ),
            models.CheckConstraint(condition=Q(given_at=None) | Q(recused_at=None), name="seat_recused_says_nothing"),
            models.CheckConstraint(
                condition=Q(points=[], score=None)
                | Q(given_at__isnull=False, score__isnull=False, score__range=(0, MOST_POINTS)),
                name="seat_is_rated_with_its_word",
            ),
        )
        indexes = (models.Index(fields=["turn"], condition=Q(recused_at__isnull=False), name="seat_left"),)

    def __str__(self) -> str:
        return f"{self.turn} · {self.expert}"

    def get_absolute_url(self) -> str:
        """Where the expert works."""
        return reverse("seat_detail", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        """Whether the expert still owes a word."""
        return self.given_at is None and self.recused_at is None
