"""How lists of articles are narrowed."""

import django_filters as df
from django.db.models import QuerySet

from news.models import Article
from news.querysets import ArticleQuerySet
from ui.filters import WordsFilter

ALL = "全部"
STAGES = (("draft", "草稿"), ("waiting", "定时发布"), ("shown", "已发布"), ("withdrawn", "已撤回"))


class ReadersFilter(df.FilterSet):
    """What everybody reads: by words and column."""

    q = WordsFilter(label="关键词", method="by_words")
    sort = df.ChoiceFilter(label="栏目", choices=Article.Sort.choices, empty_label=ALL)

    class Meta:
        model = Article
        fields = ()

    def by_words(self, articles: ArticleQuerySet, _name: str, words: str) -> QuerySet[Article]:
        """Title, number, issuer or text holds each word."""
        return articles.found(words)


class WritersFilter(ReadersFilter):
    """By how far they are, too."""

    stage = df.ChoiceFilter(label="状态", choices=STAGES, method="by_stage", empty_label=ALL)

    def by_stage(self, articles: ArticleQuerySet, _name: str, stage: str) -> QuerySet[Article]:
        """Drafts, what waits for its time, what is shown, what was taken back."""
        return articles.at_stage(stage)
