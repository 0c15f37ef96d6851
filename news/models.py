"""通知公告, 政策文件, 政策解读 and 工作动态: what the portal tells everybody (ADR 0200)."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from catalog.models.gallery import Made
from catalog.models.shelf import Document as Text
from news.cleaning import first_words
from news.querysets import ArticlePictureQuerySet, ArticleQuerySet
from records.models import Document, Trailed

MOST_WORDS = 60_000  # characters of a text with its markup
LONGEST_ALT = 100  # characters
TOLD = 120  # characters of the beginning that a list shows


class Article(Trailed):
    """One text; everybody reads it from `shown_from` on, until it is withdrawn, and then that it was, and why."""

    class Sort(models.TextChoices):
        """Which column it stands in."""

        NOTICE = "notice", "通知公告"
        POLICY = "policy", "政策文件"
        READING = "reading", "政策解读"
        NEWS = "news", "工作动态"

    sort = models.CharField("栏目", max_length=7, choices=Sort)
    title = models.CharField("标题", max_length=100)
    number = models.CharField("文号", max_length=60, blank=True)
    issuer = models.CharField("发布机构", max_length=100)
    dated = models.DateField("成文日期", null=True, blank=True)
    body = models.TextField("正文", max_length=MOST_WORDS)  # cleaned (news/cleaning.py)
    explains = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, verbose_name="解读的文件", related_name="readings"
    )
    is_pinned = models.BooleanField("置顶", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="起草人", related_name="+")
    office = models.CharField("起草单位", max_length=100)
    written_at = models.DateTimeField("起草时间", default=timezone.now)
    revised_at = models.DateTimeField("修改时间", null=True, blank=True)  # after it was shown
    shown_from = models.DateTimeField("发布时间", null=True, blank=True)  # may lie ahead
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    withdrawn_why = models.TextField("撤回原因", blank=True)
    version = models.PositiveIntegerField("版本", default=1)
    document = Text("检索文字", editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文章"
        default_permissions = ()
        ordering = ("-is_pinned", "-shown_from", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_why="")
                | Q(shown_from__isnull=False, withdrawn_at__isnull=False) & ~Q(withdrawn_why=""),
                name="article_withdrawn_says_why",
            ),
        )
        indexes = (
            models.Index(
                F("is_pinned").desc(),
                F("shown_from").desc(),
                F("id").desc(),
                name="article_latest",
                condition=Q(withdrawn_at=None),
            ),
            models.Index(fields=["-written_at", "-id"], name="article_written"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where everybody reads it."""
        return reverse("article_read", args=[self.pk])

    @property
    def begins(self) -> str:
        """How the text begins."""
        return first_words(self.body, TOLD)

    @property
    def is_draft(self) -> bool:
        """Whether nobody outside has been promised it."""
        return self.shown_from is None

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.withdrawn_at is not None

    @property
    def is_waiting(self) -> bool:
        """Whether its time is still to come."""
        return self.shown_from is not None and self.shown_from > timezone.now()

    @property
    def is_shown(self) -> bool:
        """Whether everybody reads it now."""
        return not (self.is_draft or self.is_waiting or self.is_withdrawn)

    @property
    def stage(self) -> str:
        """How far it is, in a word."""
        if self.is_withdrawn:
            return "已撤回"
        if self.is_draft:
            return "草稿"
        return "定时发布" if self.is_waiting else "已发布"

    @property
    def day(self) -> dt.date | None:
        """The day by which it stands in lists."""
        return timezone.localdate(self.shown_from) if self.shown_from else None


class Attachment(models.Model):
    """A paper beside an article."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="attachments", verbose_name="文章")
    paper = models.OneToOneField(Document, models.PROTECT, related_name="+", verbose_name="附件")

    class Meta:
        verbose_name = verbose_name_plural = "文章附件"
        default_permissions = ()
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.paper.name


class ArticlePicture(Made):
    """A picture of an article: its text names it as [图片 number], in a paragraph of its own (ADR 0218)."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="pictures", verbose_name="文章", db_index=False)
    number = models.PositiveSmallIntegerField("编号")  # within the article
    alt = models.CharField("图片说明", max_length=LONGEST_ALT)

    objects = ArticlePictureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文章图片"
        default_permissions = ()
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["article", "number"], name="article_picture_number_once"),
            models.CheckConstraint(condition=~Q(alt=""), name="article_picture_says_what_it_shows"),
            models.CheckConstraint(
                condition=Q(made_at=None) | Q(width__gt=0, height__gt=0), name="article_picture_made_has_size"
            ),
        )
        indexes = (
            models.Index(fields=["asked_at"], condition=Q(made_at=None, trouble=""), name="article_picture_waiting"),
        )

    def __str__(self) -> str:
        return self.token

    @property
    def token(self) -> str:
        """How the text names it."""
        return f"[图片{self.number}]"
