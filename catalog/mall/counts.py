"""How many services stand behind each chip of the mall, at a bounded cost.

Up to a thousand rows are counted by all their chips at once. Of more, only what one index answers is counted, up to a
thousand, which reads 1000+; what would have to be counted row by row stays without a number.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import Count, Q

from catalog.mall.facets import Facet
from catalog.mall.filters import MallFilter
from catalog.models import Category, Region, Shelf
from catalog.models.shelf import STEP, ShelfQuerySet
from ui.limited import MANY, Question, asked, question
from ui.paging import MOST

PRICES = (
    ("", "10000", "10,000 元以下"),
    ("10000", "50000", "10,000–50,000 元"),
    ("50000", "100000", "50,000–100,000 元"),
    ("100000", "", "100,000 元以上"),
)
PARAMETERS = (("region",), ("source",), ("marked",), ("least", "most"))  # of the rows of chips, in their order
BY_INDEX = {False: (True, True, True, True), True: (False, True, False, True)}  # in a category? → rows of chips


def chip_conditions() -> list[list[Q]]:
    """What each chip of each row asks of the shelf."""
    return [
        [Q(region=region) for region in Region.values],
        [Q(place__lt=STEP), Q(place__gt=STEP)],
        [Q(is_marked=True)],
        [price_between(least, most) for least, most, _ in PRICES],
    ]


def price_between(least: str, most: str) -> Q:
    """Both ends included, as they are typed."""
    lower = Q(price__gte=Decimal(least)) if least else Q()
    return lower & Q(price__lte=Decimal(most)) if most else lower


def with_counts(facets: Sequence[Facet], found: MallFilter, count: int) -> list[Facet]:
    """The rows of chips with their numbers; count: of the rows that were found."""
    wanted = chip_conditions()
    narrowed = [any(found.data.get(name) for name in names) for names in PARAMETERS]
    if not count:
        none = [[None if chosen else 0 for _ in row] for row, chosen in zip(wanted, narrowed, strict=True)]
        return [facet.counted(numbers) for facet, numbers in zip(facets, none, strict=True)]
    if count <= MOST:
        base = counted_once(found.qs, wanted, [not chosen for chosen in narrowed])
        return [facet.counted(numbers) for facet, numbers in zip(facets, base, strict=True)]
    current = found.navigation.current
    if any(narrowed) or found.words:
        return list(facets)
    numbers = iter(kept_numbers(current))
    return [
        facet.counted([next(numbers) if held else None for _ in row])
        for facet, row, held in zip(facets, wanted, BY_INDEX[current is not None], strict=True)
    ]


def kept_numbers(category: Category | None) -> list[int]:
    """The numbers of those chips that one index answers; of more than are counted those of the last minute."""
    key, is_top = category and category.pk, category is not None and category.parent_id is None
    many: frozenset[int] = MANY.fresh(("chips", key)) or frozenset()
    said, rest = kept_question(key, many, is_top=is_top, most=MOST + 1)
    found = dict.fromkeys(many, MOST + 1) | dict(zip(rest, asked(said, len(rest)) if rest else [], strict=True))
    if not many:
        MANY.keep(("chips", key), frozenset(place for place, number in found.items() if number > MOST))
    return [found[place] for place in sorted(found)]


@lru_cache(maxsize=500)
def kept_question(
    category: int | None, many: frozenset[int], *, is_top: bool, most: int
) -> tuple[Question, tuple[int, ...]]:
    """What asks for the numbers of those chips, in a category or in all of the mall, and their places; many: those that are known."""
    shelf = Shelf.objects.all()
    if category is not None:
        shelf = shelf.filter(top=category) if is_top else shelf.filter(category=category)
    rows = zip(BY_INDEX[category is not None], chip_conditions(), strict=True)
    chips = dict(enumerate(chip for held, row in rows if held for chip in row))
    rest = tuple(place for place in chips if place not in many)
    return question([shelf.filter(chips[place]) for place in rest], most) if rest else ("", ()), rest


def counted_once(rows: ShelfQuerySet, wanted: Sequence[Sequence[Q]], asked: Iterable[bool]) -> list[list[int | None]]:
    """The numbers of the chips of the rows of chips that are asked for, in one question."""
    chips: dict[str, Any] = {
        f"c{row}_{place}": Count("pk", filter=chip)
        for row, (chips, held) in enumerate(zip(wanted, asked, strict=True))
        if held
        for place, chip in enumerate(chips)
    }
    found = rows.order_by().aggregate(**chips) if chips else {}
    return [[found.get(f"c{row}_{place}") for place in range(len(chips))] for row, chips in enumerate(wanted)]
