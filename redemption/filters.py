"""How the list of redemptions is narrowed."""

import django_filters
from django.db.models import QuerySet

from redemption.models import Claim
from redemption.workflow import State
from ui.filters import WordsFilter
from ui.words import in_columns


class ClaimFilter(django_filters.FilterSet):
    """By state and by words."""

    state = django_filters.ChoiceFilter(label="状态", choices=State.choices, empty_label="全部")
    q = WordsFilter(label="关键词", method="by_words", longest=100)

    class Meta:
        model = Claim
        fields = ("state", "q")

    def by_words(self, queryset: QuerySet[Claim], _name: str, words: str) -> QuerySet[Claim]:
        """Number, voucher number, project or provider holds each word."""
        application = ("voucher_number", "project_name", "order__provider__name")
        return queryset.filter(in_columns(words, "number", *(f"application__{column}" for column in application)))
