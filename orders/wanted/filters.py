"""How lists of needs and offers are narrowed."""

import django_filters as df
from django.db.models import Q, QuerySet

from catalog.models import Category
from orders.wanted.models import Wanted, WantedOffer
from orders.wanted.workflow import State
from ui.filters import WordsFilter
from ui.words import in_columns


class ShownFilter(df.FilterSet):
    """By words and category, for everybody."""

    q = WordsFilter(label="关键词", method="by_words")
    category = df.ModelChoiceFilter(
        label="类别", queryset=Category.objects.filter(parent=None), method="by_category", empty_label="全部"
    )

    class Meta:
        model = Wanted
        fields = ()

    def by_words(self, rows: QuerySet[Wanted], _name: str, words: str) -> QuerySet[Wanted]:
        """Name, text or number holds each word."""
        return rows.filter(in_columns(words, "title", "requirement", "number"))

    def by_category(self, rows: QuerySet[Wanted], _name: str, top: Category) -> QuerySet[Wanted]:
        """The category of the first level, or one below it."""
        return rows.filter(Q(category=top) | Q(category__parent=top))


class WantedFilter(ShownFilter):
    """By state, too, for whoever sees more than what is shown."""

    state = df.ChoiceFilter(label="状态", choices=State.choices, empty_label="全部")


class OfferFilter(df.FilterSet):
    """A provider's own offers: by words, and by what became of the need."""

    q = WordsFilter(label="关键词", method="by_words")
    state = df.ChoiceFilter(label="需求状态", field_name="wanted__state", choices=State.choices, empty_label="全部")

    class Meta:
        model = WantedOffer
        fields = ()

    def by_words(self, rows: QuerySet[WantedOffer], _name: str, words: str) -> QuerySet[WantedOffer]:
        """Name of the need or of the service, or the number of the need, holds each word."""
        return rows.filter(in_columns(words, "wanted__title", "wanted__number", "product_name"))
