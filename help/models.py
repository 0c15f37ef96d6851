"""What the help is told: by the nights how long a form takes (ADR 0209), by its readers what was of use (ADR 0217)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from help.book import by_key

LONGEST_REASON = 300  # characters


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


class OfArticle(models.Model):
    """What was said of an article as it read then."""

    article = models.CharField("文章", max_length=60)  # role/step
    version = models.CharField("版本", max_length=12)  # the digest of its text

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        """The article as the contents name it; its key where it is there no more."""
        known = by_key().get(self.article)
        return f"{known.number} {known.title}" if known else self.article

    @property
    def url(self) -> str:
        """Where it is read; "" where it is there no more."""
        known = by_key().get(self.article)
        return known.get_absolute_url() if known else ""

    @property
    def edition(self) -> str:
        """Whether it still reads so."""
        known = by_key().get(self.article)
        return "现行版本" if known and known.version == self.version else "以前的版本"


class ManualCount(OfArticle):
    """How many called one version of an article 有用 and 没用."""

    useful = models.PositiveIntegerField("有用", default=0)
    useless = models.PositiveIntegerField("没用", default=0)
    last_at = models.DateTimeField("最近评价", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "手册评价"
        default_permissions = ()
        ordering = ("-useless", "article", "-last_at")
        constraints = (models.UniqueConstraint(fields=["article", "version"], name="manual_count_once"),)

    def __str__(self) -> str:
        return self.article


class ManualAnswer(OfArticle):
    """Somebody found no use in an article; who it was is not kept."""

    reason = models.CharField("原因", max_length=LONGEST_REASON, blank=True)
    given_at = models.DateTimeField("评价时间", default=timezone.now)
    handled_at = models.DateTimeField("处理时间", null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="处理人", related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "手册意见"
        default_permissions = ()
        ordering = ("-given_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(handled_at=None, handled_by=None) | Q(handled_at__isnull=False, handled_by__isnull=False),
                name="manual_answer_handled_by_somebody",
            ),
        )
        indexes = (
            models.Index(fields=["-given_at", "-id"], name="manual_answer_latest"),
            models.Index(fields=["-given_at", "-id"], name="manual_answer_open", condition=Q(handled_at=None)),
            models.Index(fields=["article", "-given_at", "-id"], name="manual_answer_of_article"),
        )

    def __str__(self) -> str:
        return self.article

    @property
    def standing(self) -> str:
        """Whether somebody has dealt with it."""
        return "已处理" if self.handled_at else "待处理"
