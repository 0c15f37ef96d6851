"""How the list of applications is narrowed."""

import django_filters
from django.db.models import QuerySet

from ui.filters import WordsFilter
from ui.words import in_columns
from vouchers.models import Application
from vouchers.workflow import State


class ApplicationFilter(django_filters.FilterSet):
    """By state and by words."""

    state = django_filters.ChoiceFilter(label="状态", choices=State.choices, empty_label="全部")
    q = WordsFilter(label="关键词", method="by_words", longest=100)

    class Meta:
        model = Application
        fields = ("state", "q")

    def by_words(self, queryset: QuerySet[Application], _name: str, words: str) -> QuerySet[Application]:
        """Number, voucher number, project, product or provider holds each word."""
        order = ("order__product_name", "order__provider__name")
        return queryset.filter(in_columns(words, "number", "voucher_number", "project_name", *order))
