"""A decision that rests before it takes its step: until then whoever gave it may take it back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from reviews.models.turns import Turn, Verdict
from reviews.reasons import Reason


class RestQuerySet(models.QuerySet["Rest"]):
    """Reading rules of resting decisions."""

    def living(self) -> "RestQuerySet":
        """Neither taken, nor taken back, nor found void."""
        return self.filter(ended_at=None)

    def unsigned(self) -> "RestQuerySet":
        """Living ones that wait for the second person."""
        return self.living().filter(due_at=None)

    def due(self) -> "RestQuerySet":
        """Living ones whose time has come."""
        return self.living().filter(due_at__lte=timezone.now())


class Rest(models.Model):
    """What a reviewer has said of a turn, word for word as `give_opinion` will be told it at `due_at`.

    Without a time it waits for a second person of the office (复核签, docs/adr/0150): he sets the time, or sends it back.
    """

    class Outcome(models.TextChoices):
        """How it ended."""

        TAKEN = "taken", "已生效"
        BACK = "back", "已撤回"
        VOID = "void", "没有生效"
        SENT = "sent", "复核退回"

    turn = models.ForeignKey(Turn, models.PROTECT, verbose_name="环节", related_name="rests")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="审核人", related_name="rests")
    verdict = models.CharField("结果", max_length=20, choices=Verdict)
    text = models.TextField("意见", blank=True)
    reason = models.CharField("原因", max_length=10, choices=Reason, blank=True)
    corrections = models.JSONField("需修改的字段", default=list, blank=True)
    row_labels = models.JSONField("需修改的行", default=dict, blank=True)  # mark of a row → what it was called then
    amount = models.DecimalField("核定金额", max_digits=12, decimal_places=2, null=True, blank=True)  # yuan
    seen = models.PositiveIntegerField("所见版本", null=True, blank=True)  # of the case, on the reviewer's screen
    said_at = models.DateTimeField("作出时间", default=timezone.now)
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="复核签", related_name="+"
    )
    second_at = models.DateTimeField("复核时间", null=True, blank=True)
    second_text = models.TextField("复核意见", blank=True)
    due_at = models.DateTimeField("生效时间", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    outcome = models.CharField("结局", max_length=5, choices=Outcome, blank=True)

    objects = RestQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "待生效的决定"
        ordering = ("said_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["turn"], condition=Q(ended_at=None), name="rest_one_per_turn"),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="rest_ends_with_an_outcome",
            ),
            models.CheckConstraint(condition=Q(due_at__gte=F("said_at")), name="rest_is_due_after_it_was_said"),
            models.CheckConstraint(condition=~Q(second=F("reviewer")), name="rest_two_persons"),
            models.CheckConstraint(
                condition=Q(second=None, second_at=None) | Q(second__isnull=False, second_at__isnull=False),
                name="rest_second_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="taken") | Q(due_at__isnull=False), name="rest_is_taken_when_due"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="sent") | (Q(second__isnull=False) & ~Q(second_text="")),
                name="rest_sent_back_with_words",
            ),
        )
        indexes = (
            models.Index(fields=["due_at"], condition=Q(ended_at=None), name="rest_due"),
            models.Index(fields=["reviewer", "due_at"], condition=Q(ended_at=None), name="rest_living"),
            models.Index(fields=["turn", "reviewer", "-said_at"], name="rest_of_turn"),
        )

    def __str__(self) -> str:
        return f"{self.turn} {self.result}"

    def get_absolute_url(self) -> str:
        """Where it was said."""
        return self.turn.get_absolute_url()

    @property
    def result(self) -> str:
        """The verdict as cases of this kind call it."""
        return self.turn.called(self.verdict)

    @property
    def is_living(self) -> bool:
        """Whether it may still be taken back."""
        return self.ended_at is None

    @property
    def is_unsigned(self) -> bool:
        """Whether it waits for the second person."""
        return self.is_living and self.due_at is None
