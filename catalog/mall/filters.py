"""How the mall is narrowed and sorted. Values that make no sense narrow nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict

from catalog.mall.lexicon import Lexicon
from catalog.mall.navigation import Navigation
from catalog.mall.reading import FEW, Read, as_typed, less_strictly
from catalog.models import Region, Shelf
from catalog.models.mall import RENOWN
from catalog.models.ratings import ENOUGH
from catalog.models.shelf import ShelfQuerySet, met
from catalog.search import TIERS
from ui.fields import MoneyField
from ui.filters import WordsField
from ui.limited import MANY, one_or_all
from ui.paging import MOST
from ui.ranges import turned
from ui.reading import aside
from ui.spans import Chain, Order, Span
from ui.words import Reading, query_words

SOURCES = (("mall", "服务机构"), ("lab", "京津冀实验室"))
SORTS = (
    ("", "综合"),
    ("price", "价格从低到高"),
    ("-price", "价格从高到低"),
    ("new", "最新"),
    ("orders", "成交"),
    ("rating", "评分"),
)
COUNTED = {  # sort → what is counted, as the page says it
    "orders": "按在本平台已完成的订单数从多到少排列；还没有的排在后面，新的在前。",
    "rating": f"按服务评价的平均分从高到低排列，评价来自已通过的创新券兑现；不足 {ENOUGH} 条的不计分，排在后面，新的在前。",
}
GENERAL = Order(("place",))
ORDERS = {
    "price": Order(("price", "product_id")),
    "-price": Order(("price", "product_id"), descending=True),
    "new": Order(("product_id",), descending=True),
    "orders": Order(("orders_done", "product_id"), descending=True),
    "rating": Order(("stars_mean", "product_id"), descending=True),
}
NO_WORDS = Read(())
Numbers = tuple[int | None, int]
PATHS = {"region": "region", "least": "price__gte", "most": "price__lte", "marked": "is_marked"}  # parameter → column
PLAIN = ("category", *PATHS, "source")  # what narrows the shelf beside the words


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


FIELDS: dict[str, forms.Field] = {  # parameter → what it may be
    "q": WordsField(label="关键词"),
    "category": forms.CharField(label="类别", max_length=60),
    "region": forms.ChoiceField(label="地区", choices=Region.choices),
    "source": forms.ChoiceField(label="来源", choices=SOURCES),
    "least": MoneyField(label="最低价（元）"),
    "most": MoneyField(label="最高价（元）"),
    "marked": forms.ChoiceField(label="创新券", choices=(("1", "仅看可用创新券"),)),
    "sort": forms.ChoiceField(label="排序", choices=SORTS[1:]),
}


class MallFilter:
    """The shelf by words, category, region, source, price and mark; read by hand, since a form costs half of the page."""

    def __init__(self, data: QueryDict, *, navigation: Navigation, read: Read | None = None) -> None:
        """Keep the tree, which the page reads anyway, to find the category. read: what is looked for, if not as it is typed."""
        self.data, self.navigation = data, navigation
        self.typed = {name: data.get(name, "") for name in ("q", "least", "most")}
        self.errors: dict[str, list[str]] = {}
        self.chosen = {name: value for name in FIELDS if (value := self.value_of(name)) is not None}
        self.check_prices()
        self.words = str(self.chosen.get("q", ""))
        if read is not None:
            self.read = read

    def value_of(self, name: str) -> Any:
        """What was asked for; None where it is nothing, or makes no sense."""
        typed = self.data.get(name, "").strip()
        try:
            return FIELDS[name].clean(typed) if typed else None
        except ValidationError as error:
            self.errors[name] = error.messages
            return None

    def check_prices(self) -> None:
        """Refuse prices the other way round."""
        least, most = self.chosen.get("least"), self.chosen.get("most")
        if refusal := turned(least, most, str(FIELDS["least"].label), str(FIELDS["most"].label)):
            self.errors["most"] = [refusal]
            del self.chosen["least"], self.chosen["most"]

    @property
    def refusals(self) -> list[tuple[str, str]]:
        """(label, why) of each condition that narrows nothing."""
        return [(str(FIELDS[name].label), why) for name, found in self.errors.items() for why in found]

    @property
    def price_refusal(self) -> str:
        """Why the price narrows nothing."""
        return next((self.errors[name][0] for name in ("least", "most") if name in self.errors), "")

    @cached_property
    def narrowed(self) -> ShelfQuerySet:
        """The rows by everything but the words."""
        shelf: ShelfQuerySet = aside(Shelf.objects.all())
        wanted = {PATHS[name]: self.chosen[name] for name in PATHS if name in self.chosen}
        if "source" in self.chosen:
            shelf = shelf.of_laboratories(self.chosen["source"] == "lab")
        if self.chosen.get("category") and self.navigation.current:
            shelf = shelf.in_category(self.navigation.current)
        return shelf.filter(**wanted) if wanted else shelf

    @cached_property
    def qs(self) -> ShelfQuerySet:
        """The rows, asked of the index of words."""
        return self.worthy(self.narrowed.search(*self.read.readings)) if self.read.readings else self.narrowed

    def worthy(self, found: ShelfQuerySet) -> ShelfQuerySet:
        """Those that hold enough, where not every word must be met."""
        return found.with_worth(self.read.worth).filter(tier__lte=-self.read.least) if self.read.worth else found

    @cached_property
    def read(self) -> Read:
        """How it is read."""
        typed = as_typed(self.words, self.lexicon) if self.words else None
        return Read((typed,)) if typed and typed.groups else NO_WORDS

    @cached_property
    def lexicon(self) -> Lexicon:
        """What is known of the words."""
        return Lexicon.of(query_words(self.words))

    @property
    def order(self) -> Order:
        """The order that is asked for: 综合, price either way, or the newest first."""
        sort = self.chosen.get("sort", "")
        if sort not in ORDERS and self.read.readings:
            return Ranked(GENERAL.columns, read=self.read)
        return ORDERS.get(sort, GENERAL)

    def otherwise(self, count: int) -> "MallFilter":
        """The same with the words read less strictly, where so few rows hold them as they were typed."""
        if count >= FEW or not self.read.readings:
            return self
        read = less_strictly(self.read.readings[0], count, self.lexicon)
        if read == self.read:
            return self
        other = MallFilter(self.data, navigation=self.navigation, read=read)
        other.lexicon = self.lexicon
        return other

    def in_plenty(self) -> ShelfQuerySet:
        """The same rows, asked as is best where there are very many."""
        readings = self.read.readings
        return self.worthy(self.narrowed.search_densely(*readings)) if readings else self.narrowed

    def chained(self) -> Chain | None:
        """The same rows in several parts, where one index does not give the order."""
        if self.order.columns[0] in RENOWN:
            return self.by_renown(self.order.columns[0])
        return self.in_tiers() if isinstance(self.order, Ranked) else None

    def by_renown(self, figure: str) -> Chain:
        """First those that have the figure, by an index of theirs alone; the others, by far the most, the newest first."""
        parts = (({f"{figure}__gt": 0}, self.order), ({figure: 0}, ORDERS["new"]))
        return Chain([self.renowned(part, order) for part, order in parts])

    def renowned(self, part: Mapping[str, int], order: Order) -> Span:
        """Those of the rows that have a figure, or have it not."""
        key = tuple(part), self.key
        return Span(self.qs.filter(**part), order, lambda: self.in_plenty().filter(**part), key=key)

    def in_tiers(self) -> Chain:
        """The same rows, tier by tier: those of the strictest reading first."""
        rows, (*strict, reading) = self.narrowed, self.read.readings
        few = [Span(rows.search(*strict), self.order)] if strict else []  # less than FEW
        rest = rows.exclude(met(strict)) if strict else rows
        return Chain([*few, *(self.tier_span(rest, reading, tier) for tier in TIERS)])

    def tier_span(self, rows: ShelfQuerySet, reading: Reading, tier: int) -> Span:
        """Those of the rows that meet the reading in one tier."""
        known = self.named if tier == TIERS[0] else None
        key = "tier", tier, self.key
        return Span(rows.in_tier(reading, tier), GENERAL, partial(rows.in_tier_densely, reading, tier), known, key)

    @property
    def is_bare(self) -> bool:
        """Whether words alone narrow the shelf."""
        return not set(self.chosen).intersection(PLAIN)

    @property
    def named(self) -> int | None:
        """How many rows have the words in their names, up to one more than are counted; None where that is not known."""
        return self.numbers[0]

    @property
    def number(self) -> int:
        """How many rows there are, up to one more than are counted; those with the words in their names may be enough."""
        return self.numbers[1]

    @cached_property
    def numbers(self) -> Numbers:
        """Both; of more than are counted what was found within the last minute."""
        if self.read.held == 0:  # on the whole shelf
            return 0, 0
        found: Numbers = MANY.fresh(self.key) or self.counted()
        if found[1] > MOST:
            MANY.keep(self.key, found)
        return found

    @property
    def key(self) -> tuple[object, ...]:
        """What tells these rows from others."""
        narrowed = tuple((name, self.chosen[name]) for name in PLAIN if name in self.chosen)
        return self.read.readings, self.read.least, narrowed

    def counted(self) -> Numbers:
        """Both, asked in one statement."""
        if self.is_bare and self.read.held is not None:
            return None, self.read.held
        if len(self.read.readings) == 1 and not self.read.worth:
            named = self.narrowed.in_tier(self.read.readings[0], TIERS[0])
            return one_or_all(named, self.qs, MOST + 1)
        return None, Span(self.qs, self.order).count
