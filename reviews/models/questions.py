"""询问 and 更正建议: what is asked and proposed during a turn, and the one answer to each. Rows are only added (ADR 0141)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from records.models import Document
from reviews.models.turns import Turn
from reviews.querysets import QuestionQuerySet


class Question(models.Model):
    """Something that waits for the other side; it ends by its answer, by the end of its turn, or by one that follows it."""

    class Kind(models.TextChoices):
        """Who asks what of whom."""

        ASK = "ask", "询问"
        SUGGEST = "suggest", "更正建议"
        FIRM = "firm", "企业询问"

    turn = models.ForeignKey(Turn, models.PROTECT, verbose_name="环节", related_name="questions")
    kind = models.CharField("类别", max_length=8, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="提出人", related_name="+")
    text = models.TextField("内容")
    marked = models.JSONField("所问的内容", default=list, blank=True)  # labels
    field = models.CharField("更正的字段", max_length=60, blank=True)  # its name in the case
    label = models.CharField("字段名称", max_length=60, blank=True)
    value = models.TextField("建议值", blank=True)  # as it would be typed into the field
    before = models.TextField("原内容", blank=True)  # in words, as `after` is
    after = models.TextField("建议内容", blank=True)
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, verbose_name="接替", related_name="follower"
    )  # the proposal for the same field before this one
    at = models.DateTimeField("时间", default=timezone.now)
    due_on = models.DateField("请在此日期前答复")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "询问与更正建议"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="question_has_words"),
            models.CheckConstraint(
                condition=Q(kind="suggest") & ~Q(field="") & ~Q(value="")
                | ~Q(kind="suggest") & Q(field="", value="", follows=None),
                name="question_proposes_for_a_field",
            ),
            models.UniqueConstraint(
                fields=["turn", "field"],
                condition=Q(follows=None) & ~Q(field=""),
                name="question_one_line_of_proposals_per_field",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.turn}）"

    def get_absolute_url(self) -> str:
        """Where either side reads it, and the other side answers."""
        return reverse("question_read", args=[self.pk])

    @property
    def is_of_firm(self) -> bool:
        """Whether the firm asks and the office answers."""
        return self.kind == self.Kind.FIRM


class Reply(models.Model):
    """The one answer to a question; of a proposal whether it was accepted."""

    question = models.OneToOneField(Question, models.PROTECT, verbose_name="询问", related_name="reply")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="答复人", related_name="+")
    text = models.TextField("答复", blank=True)
    accepted = models.BooleanField("接受更正", null=True, blank=True)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "答复"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(accepted=True, accepted__isnull=False) | ~Q(text=""), name="reply_has_words"
            ),
        )

    def __str__(self) -> str:
        return f"答复（{self.question_id}）"


class QuestionPaper(models.Model):
    """A paper that came with a question or with its answer; whoever sees the case reads it."""

    question = models.ForeignKey(Question, models.PROTECT, verbose_name="询问", related_name="papers")
    document = models.ForeignKey(Document, models.PROTECT, verbose_name="材料", related_name="+")
    of_reply = models.BooleanField("随答复提交", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "询问的附件"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["document"], name="question_paper_once"),)

    def __str__(self) -> str:
        return str(self.document)
