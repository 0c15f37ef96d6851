"""How what readers said is narrowed."""

import django_filters as df
from django.db.models import QuerySet

from help.book import articles
from help.models import ManualAnswer, ManualCount
from ui.filters import WordsFilter
from ui.words import in_columns

ALL = "全部"
STANDINGS = (("open", "待处理"), ("done", "已处理"))
EDITIONS = (("now", "现行版本"), ("before", "以前的版本"))


def article_choices() -> list[tuple[str, str]]:
    """Every article by its number."""
    return [(article.key, f"{article.number} {article.title}") for article in articles()]


class CountFilter(df.FilterSet):
    """By article and edition."""

    article = df.ChoiceFilter(label="文章", choices=article_choices, empty_label=ALL)
    edition = df.ChoiceFilter(label="版本", choices=EDITIONS, method="by_edition", empty_label=ALL)

    class Meta:
        model = ManualCount
        fields = ()

    def by_edition(self, rows: QuerySet[ManualCount], _name: str, edition: str) -> QuerySet[ManualCount]:
        """Said of the articles as they read now, or of what they were."""
        now = {"version__in": [article.version for article in articles()]}
        return rows.filter(**now) if edition == "now" else rows.exclude(**now)


class AnswerFilter(df.FilterSet):
    """By words of the reason, article, and whether it was dealt with."""

    q = WordsFilter(label="原因", method="by_words")
    article = df.ChoiceFilter(label="文章", choices=article_choices, empty_label=ALL)
    standing = df.ChoiceFilter(label="状态", choices=STANDINGS, method="by_standing", empty_label=ALL)

    class Meta:
        model = ManualAnswer
        fields = ()

    def by_words(self, rows: QuerySet[ManualAnswer], _name: str, words: str) -> QuerySet[ManualAnswer]:
        """The reason holds each word."""
        return rows.filter(in_columns(words, "reason"))

    def by_standing(self, rows: QuerySet[ManualAnswer], _name: str, standing: str) -> QuerySet[ManualAnswer]:
        """What waits, or what was dealt with."""
        return rows.filter(handled_at__isnull=standing == "open")
