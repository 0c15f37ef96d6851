"""Words of the search: those that mean the same, which the curator keeps, and those that are known from the catalog itself."""

import re

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from ui.words import folded, query_words

LONGEST = 40  # characters of a word


def said_otherwise(word: str, part: str, other: str) -> str:
    """The word with the other in place of this part of it; Latin and digits as a whole, with hyphens or without."""
    if not part.isascii():
        return word.replace(part, other)
    return re.sub(rf"(?<![a-z0-9]){'-?'.join(map(re.escape, part.split('-')))}(?![a-z0-9])", other, word)


class Synonym(models.Model):
    """Who looks for the one finds the other, too."""

    word = models.CharField("检索词", max_length=LONGEST, help_text="用户会输入的词，例如“电镜”。")
    means = models.CharField("同时查找", max_length=LONGEST, help_text="产品里常用的说法，例如“电子显微”。")
    both_ways = models.BooleanField("双向", default=True, help_text="查找后一个词时，也查找前一个词。")
    is_active = models.BooleanField("在用", default=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "同义词"
        ordering = ("word", "means")
        constraints = (
            models.UniqueConstraint(
                fields=["word", "means"], name="synonym_once", violation_error_message="这一对同义词已经有了。"
            ),
            models.CheckConstraint(
                condition=~Q(word=F("means")), name="synonym_differs", violation_error_message="两个词相同，不必登记。"
            ),
        )

    def __str__(self) -> str:
        return f"{self.word} → {self.means}"

    def clean(self) -> None:
        """Keep both as the search folds them; each is one word."""
        super().clean()
        for column in ("word", "means"):
            typed = getattr(self, column)
            if len(query_words(typed)) != 1:
                raise ValidationError({column: "请填写一个词，中间不带空格、顿号、括号等符号。"})
            setattr(self, column, folded(typed))


class KnownWord(models.Model):
    """A word of names, instruments or categories, by which something else that was typed is explained; made anew by night."""

    text = models.CharField("词", max_length=LONGEST, unique=True)
    pinyin = models.CharField("拼音", max_length=240)
    initials = models.CharField("首字母", max_length=LONGEST)
    near = ArrayField(models.CharField(max_length=240), verbose_name="少一个字", default=list)
    weight = models.PositiveIntegerField("次数")  # how many names hold it
    is_whole = models.BooleanField("完整的名称")  # not a part of one: it may be suggested

    class Meta:
        verbose_name = verbose_name_plural = "检索词表"
        default_permissions = ()
        indexes = (
            models.Index(fields=["pinyin", "-weight"], name="word_pinyin"),
            models.Index(fields=["initials", "-weight"], name="word_initials"),
            GinIndex(fields=["near"], name="word_near"),
            models.Index(
                fields=["text"],
                name="word_starts",
                opclasses=["varchar_pattern_ops"],
                condition=Q(is_whole=True),
            ),
            models.Index(
                fields=["pinyin"],
                name="word_pinyin_starts",
                opclasses=["varchar_pattern_ops"],
                condition=Q(is_whole=True),
            ),
        )

    def __str__(self) -> str:
        return self.text
