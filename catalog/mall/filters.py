"""How the mall is narrowed and sorted. Values that make no sense narrow nothing."""

from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import django_filters as df
from django.db.models import QuerySet
from django.http import QueryDict

from catalog.mall.navigation import Navigation
from catalog.mall.reading import FEW, Read, as_typed, less_strictly
from catalog.models import Region, Shelf
from catalog.models.shelf import ShelfQuerySet, met
from catalog.search import TIERS
from ui.fields import MoneyField
from ui.filters import WordsFilter
from ui.paging import MOST
from ui.spans import Chain, Order, Span
from ui.words import Reading

SOURCES = (("mall", "服务机构"), ("lab", "京津冀实验室"))
SORTS = (("", "综合"), ("price", "价格从低到高"), ("-price", "价格从高到低"), ("new", "最新"))
GENERAL = Order(("place",))
ORDERS = {
    "price": Order(("price", "product_id")),
    "-price": Order(("price", "product_id"), descending=True),
    "new": Order(("product_id",), descending=True),
}
NO_WORDS = Read(())


@dataclass(frozen=True)
class Ranked(Order):
    """The general order of what was searched: by the line in which the words stand, the name first."""

    read: Read = NO_WORDS

    def sorted(self, rows: QuerySet[Any], *, backwards: bool = False) -> QuerySet[Any]:
        """The rows, each with its tier, in this order."""
        shelf: Any = rows
        ranked = shelf if self.read.worth else shelf.with_tier(self.read.readings)
        in_order = super().sorted(ranked, backwards=backwards)
        return in_order.order_by("-tier" if backwards else "tier", *in_order.query.order_by)


class MoneyFilter(df.Filter):
    """An amount in yuan."""

    field_class = MoneyField


class MallFilter(df.FilterSet):
    """The shelf by words, category, region, source, price and mark."""

    q = WordsFilter(label="关键词", method="by_words")
    category = df.CharFilter(label="类别", method="by_category", max_length=60)
    region = df.ChoiceFilter(label="地区", choices=Region.choices)
    source = df.ChoiceFilter(label="来源", method="by_source", choices=SOURCES)
    least = MoneyFilter(label="最低价（元）", field_name="price", lookup_expr="gte")
    most = MoneyFilter(label="最高价（元）", field_name="price", lookup_expr="lte")
    marked = df.ChoiceFilter(label="创新券", field_name="is_marked", choices=(("1", "仅看可用创新券"),))
    sort = df.ChoiceFilter(label="排序", method="as_it_is", choices=SORTS[1:])

    class Meta:
        model = Shelf
        fields = ()

    def __init__(self, data: QueryDict, *, navigation: Navigation, read: Read | None = None, how: str = "has") -> None:
        """Keep the tree, which the page reads anyway, to find the category. read: what is looked for, if not as it is typed.

        how: `has`, asked of the index of words; `within`, row by row, where very many hold them; `all`, without the words.
        """
        super().__init__(data, Shelf.objects.all())
        self.navigation, self.how = navigation, how
        if read is not None:
            self.read = read

    @cached_property
    def words(self) -> str:
        """What was typed."""
        self.form.is_valid()
        return str(self.form.cleaned_data.get("q", ""))

    @cached_property
    def read(self) -> Read:
        """How it is read."""
        typed = as_typed(self.words) if self.words else None
        return Read((typed,)) if typed and typed.groups else NO_WORDS

    @property
    def order(self) -> Order:
        """The order that is asked for: 综合, price either way, or the newest first."""
        self.form.is_valid()
        sort = self.form.cleaned_data.get("sort", "")
        if sort not in ORDERS and self.read.readings:
            return Ranked(GENERAL.columns, read=self.read)
        return ORDERS.get(sort, GENERAL)

    def by_words(self, shelf: ShelfQuerySet, _name: str, _words: str) -> ShelfQuerySet:
        """What meets one of the readings, and is worth enough."""
        if self.how == "all" or not self.read.readings:
            return shelf
        found = shelf.search_densely(*self.read.readings) if self.how == "within" else shelf.search(*self.read.readings)
        return found.with_worth(self.read.worth).filter(tier__lte=-self.read.least) if self.read.worth else found

    def otherwise(self, count: int) -> "MallFilter":
        """The same with the words read less strictly, where so few rows hold them as they were typed."""
        if count >= FEW or not self.read.readings:
            return self
        read = less_strictly(self.read.readings[0], count)
        return self if read == self.read else MallFilter(self.data, navigation=self.navigation, read=read)

    def asked(self, how: str) -> ShelfQuerySet:
        """The rows, asked in another way."""
        found: ShelfQuerySet = MallFilter(self.data, navigation=self.navigation, read=self.read, how=how).qs
        return found

    def in_plenty(self) -> ShelfQuerySet:
        """The same rows, asked as is best where there are very many."""
        return self.asked("within")

    def in_tiers(self) -> Chain | None:
        """The same rows, tier by tier, where they are ranked: those of the strictest reading first."""
        if not isinstance(self.order, Ranked):
            return None
        rows, (*strict, reading) = self.asked("all"), self.read.readings
        few = [Span(rows.search(*strict), self.order)] if strict else []  # less than FEW
        rest = rows.exclude(met(strict)) if strict else rows
        return Chain([*few, *(self.tier_span(rest, reading, tier) for tier in TIERS)])

    def tier_span(self, rows: ShelfQuerySet, reading: Reading, tier: int) -> Span:
        """Those of the rows that meet the reading in one tier."""
        known = self.named if len(self.read.readings) == 1 and tier == TIERS[0] else None
        return Span(rows.in_tier(reading, tier), GENERAL, partial(rows.in_tier_densely, reading, tier), known)

    @cached_property
    def named(self) -> int:
        """How many rows have the words in their names, up to one more than are counted."""
        rows, reading = self.asked("all"), self.read.readings[0]
        return Span(rows.in_tier(reading, TIERS[0]), GENERAL).count

    @cached_property
    def number(self) -> int:
        """How many rows there are, up to one more than are counted; those with the words in their names may be enough."""
        if len(self.read.readings) == 1 and not self.read.worth and self.named > MOST:
            return self.named
        return Span(self.qs, self.order).count

    def by_category(self, shelf: ShelfQuerySet, _name: str, _code: str) -> ShelfQuerySet:
        """What is of the category and of those below it."""
        return shelf.in_category(self.navigation.current) if self.navigation.current else shelf

    def by_source(self, shelf: ShelfQuerySet, _name: str, source: str) -> ShelfQuerySet:
        """Services of laboratories or all others."""
        return shelf.of_laboratories(source == "lab")

    def as_it_is(self, shelf: ShelfQuerySet, _name: str, _sort: str) -> ShelfQuerySet:
        """An order narrows nothing."""
        return shelf
