"""How the list of units is narrowed."""

import django_filters
from django.db.models import Q, QuerySet

from accounts.models import Unit, UnitKind
from accounts.models.facts import licence_soon
from accounts.workflow import State
from policy.calendar import today
from policy.models import PolicyVersion
from reviews.models import District
from ui.filters import WordsFilter
from ui.words import in_columns


def terms() -> list[tuple[str, str]]:
    """The choices of 证照有效期."""
    return [
        ("soon", f"{PolicyVersion.objects.remembered().licence_reminder_days} 天内到期"),
        ("ended", "已过期"),
        ("dated", "有到期日"),
        ("permanent", "长期有效"),
        ("unknown", "未填写"),
    ]


class UnitFilter(django_filters.FilterSet):
    """By words, state, district, kind and the end of the licence."""

    q = WordsFilter(label="单位名称、代码或编号", method="by_words")
    state = django_filters.ChoiceFilter(label="认证状态", choices=State.choices, empty_label="全部")
    district = django_filters.ModelChoiceFilter(label="所属区", queryset=District.objects.all(), empty_label="全部")
    kind = django_filters.ChoiceFilter(label="单位类型", choices=UnitKind.choices, empty_label="全部")
    term = django_filters.ChoiceFilter(label="证照有效期", method="by_term", choices=terms, empty_label="全部")

    class Meta:
        model = Unit
        fields = ("q", "state", "district", "kind", "term")

    def by_words(self, units: QuerySet[Unit], _name: str, words: str) -> QuerySet[Unit]:
        """Name, credit code or number holds each word."""
        return units.filter(in_columns(words, "name", "uscc", "number"))

    def by_term(self, units: QuerySet[Unit], _name: str, value: str) -> QuerySet[Unit]:
        """Ends soon, has ended, has an end at all, lasts for good, or nobody has said."""
        day = today()
        conditions = {
            "soon": Q(licence_until__range=(day, licence_soon())),
            "ended": Q(licence_until__lt=day),
            "dated": Q(licence_until__isnull=False),
            "permanent": Q(licence_permanent=True),
            "unknown": Q(licence_until=None, licence_permanent=False),
        }
        return units.filter(conditions[value])
