"""How a person's own lists of services are narrowed."""

from typing import Any

import django_filters as df
from django.db.models import F, QuerySet

from catalog.models import Favourite
from ui.filters import WordsFilter
from ui.words import in_columns

STANDINGS = (("open", "可以下单"), ("gone", "已下架或暂停"), ("cheaper", "降价"), ("dearer", "涨价"))


class FavouriteFilter(df.FilterSet):
    """By words, by what has changed, and by the mark."""

    q = WordsFilter(label="产品、编号或机构", method="by_words")
    standing = df.ChoiceFilter(label="状态", method="by_standing", choices=STANDINGS, empty_label="全部")
    marked = df.ChoiceFilter(
        label="创新券",
        field_name="product__is_marked",
        choices=(("1", "可用创新券"), ("0", "不带创新券标识")),
        empty_label="全部",
    )

    class Meta:
        model = Favourite
        fields = ()

    def by_words(self, rows: QuerySet[Favourite], _name: str, words: str) -> QuerySet[Favourite]:
        """Name or number of the service, or the name of its provider, holds each word."""
        return rows.filter(in_columns(words, "product__name", "product__number", "product__provider__name"))

    def by_standing(self, rows: QuerySet[Favourite], _name: str, value: str) -> QuerySet[Favourite]:
        """As the row says it."""
        wanted: dict[str, dict[str, Any]] = {
            "open": {"is_on_shelf": True},
            "gone": {"is_on_shelf": False},
            "cheaper": {"is_on_shelf": True, "product__price__lt": F("price")},
            "dearer": {"is_on_shelf": True, "product__price__gt": F("price")},
        }
        return rows.filter(**wanted[value])
