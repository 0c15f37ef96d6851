"""How the list of a box is narrowed."""

import django_filters
from django.db.models import Q, QuerySet

from accounts.models import BoxPaper
from accounts.models.facts import licence_soon
from policy.calendar import today
from policy.models import PolicyVersion
from ui.filters import WordsFilter
from ui.words import in_columns


def terms() -> list[tuple[str, str]]:
    """The choices of 有效期."""
    return [
        ("soon", f"{PolicyVersion.objects.remembered().licence_reminder_days} 天内到期"),
        ("ended", "已过期"),
        ("dated", "有到期日"),
        ("permanent", "长期有效"),
        ("unknown", "未填写"),
    ]


class BoxFilter(django_filters.FilterSet):
    """By words, kind and the end of validity."""

    q = WordsFilter(label="名称、文件名或户名", method="by_words")
    kind = django_filters.ChoiceFilter(label="种类", choices=BoxPaper.Kind.choices, empty_label="全部")
    term = django_filters.ChoiceFilter(label="有效期", method="by_term", choices=terms, empty_label="全部")

    class Meta:
        model = BoxPaper
        fields = ("q", "kind", "term")

    def by_words(self, papers: QuerySet[BoxPaper], _name: str, words: str) -> QuerySet[BoxPaper]:
        """Name, name of the file, holder of the account or bank holds each word."""
        return papers.filter(in_columns(words, "name", "document__name", "account_name", "bank_name"))

    def by_term(self, papers: QuerySet[BoxPaper], _name: str, value: str) -> QuerySet[BoxPaper]:
        """Ends soon, has ended, has an end at all, lasts for good, or nobody has said."""
        conditions = {
            "soon": Q(valid_until__range=(today(), licence_soon())),
            "ended": Q(valid_until__lt=today()),
            "dated": Q(valid_until__isnull=False),
            "permanent": Q(permanent=True),
            "unknown": Q(valid_until=None, permanent=False),
        }
        return papers.filter(conditions[value])
