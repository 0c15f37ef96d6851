"""The shelf: what can be ordered, in one narrow row for each product, as the lists of the mall read it.

The database keeps it (migration 0013): a view says what the shelf should hold, and triggers bring the rows after it.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import add, or_
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Q, When
from django.db.models.lookups import Contains

from catalog.models.mall import RENOWN, Category, Product, Provider, Region
from catalog.search import TIERS, beginning, tsquery, tsquery_of
from ui.words import Reading

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

    TextColumn = models.TextField[str, str]
else:
    TextColumn = models.TextField
IN_TIER = ((0, 10), (3, 6))  # what a word is worth in the name and anywhere, of ten
PAIR = 2  # characters of a term
STEP = 10**12  # of `place`; more than products will ever be


class Document(TextColumn):
    """A text in lines, the tiers, that is found by the words in it, through the index of its terms (migration 0015)."""


class Within(Contains):
    """Whether the folded word stands in one of the first lines of the text; the text alone is asked."""

    tier = TIERS[-1]
    by_word = True  # Latin and digits as what a word begins with; else wherever they stand, which is quicker

    def as_sql(self, compiler: "SQLCompiler", connection: "BaseDatabaseWrapper") -> Any:
        """Each of the lines on its own, or all as one; Latin and digits as what a word begins with."""
        column, params = self.process_lhs(compiler, connection)
        word = str(self.rhs)
        whole = self.tier == TIERS[-1]
        lines = [column] if whole else [f"split_part({column}, E'\\n', {tier + 1})" for tier in TIERS[: self.tier + 1]]
        if self.by_word and word[0].isascii() and word[0].isalnum() and word.isascii():
            compared, wanted = "~", beginning(word)
        else:
            compared, wanted = "LIKE", f"%{connection.ops.prep_for_like_query(word)}%"
        held = " OR ".join(f"{line} {compared} %s" for line in lines)
        return f"({held})", (*params, wanted) * len(lines)


class Has(Within):
    """The same, asked of the index first."""

    lookup_name = "has"

    def as_sql(self, compiler: "SQLCompiler", connection: "BaseDatabaseWrapper") -> Any:
        """Both questions; the text alone where the word has nothing that the index knows."""
        held, held_params = super().as_sql(compiler, connection)
        asked = tsquery(str(self.rhs), self.tier)
        if not asked:
            return held, held_params
        column, params = self.process_lhs(compiler, connection)
        return f"(catalog_terms({column}) @@ %s::tsquery AND {held})", (*params, asked, *held_params)


class Asked(Contains):
    """What the index of terms answers to a question in its own language."""

    lookup_name = "asked"

    def as_sql(self, compiler: "SQLCompiler", connection: "BaseDatabaseWrapper") -> Any:
        """The index alone."""
        column, params = self.process_lhs(compiler, connection)
        return f"catalog_terms({column}) @@ %s::tsquery", (*params, self.rhs)


Document.register_lookup(Has)
Document.register_lookup(Asked)
for _tier in TIERS:
    for _name, _by_word in ((f"within{_tier}", True), (f"about{_tier}", False)):
        _made = type(_name, (Within,), {"tier": _tier, "lookup_name": _name, "by_word": _by_word})
        Document.register_lookup(_made)


def met(readings: Iterable[Reading], tier: int = TIERS[-1], *, how: str = "within") -> Q:
    """Which rows meet one of the readings in the first lines up to this tier, row by row. how: `about`, to rank them alone."""
    return reduce(or_, (reading.asked(lambda word: Q(**{f"document__{how}{tier}": word})) for reading in readings))


def met_by_index(readings: Sequence[Reading], tier: int = TIERS[-1]) -> Q:
    """The same, asked of the index first, in one question: each part of several would be looked for in every row."""
    questions = [tsquery_of(reading, tier) for reading in readings]
    if not all(questions):
        return met(readings, tier)
    asked = Q(document__asked=" | ".join(f"({question})" for question in questions))
    if all(map(is_sure, readings)):
        return asked
    return asked & met(readings if len(readings) > 1 else [unsure(readings[0])], tier)


def is_sure(reading: Reading) -> bool:
    """Whether the index answers exactly what is asked."""
    return all(map(is_term, reading.every_word))


def unsure(reading: Reading) -> Reading:
    """What of it the index does not answer exactly."""
    if reading.least < len(reading.groups):
        return reading
    rest = tuple(group for group in reading.groups if not all(map(is_term, group)))
    return Reading(rest, len(rest))


def is_term(word: str) -> bool:
    """Whether the index knows the word as it is: Latin or digits, by which terms begin; one Chinese character, likewise; two."""
    if word.isascii():
        return len(word) > 1 and word.isalnum()
    return len(word) <= PAIR and not any(character.isascii() for character in word)


class ShelfQuerySet(models.QuerySet[Any]):
    """How the shelf is narrowed."""

    def search(self, *readings: Reading) -> Self:
        """The rows that meet one of the readings, asked of the index."""
        return self.filter(met_by_index(readings))

    def search_densely(self, *readings: Reading) -> Self:
        """The same, row by row in whatever order they are read: for words that very many hold."""
        return self.filter(met(readings))

    def in_tier(self, reading: Reading, tier: int) -> Self:
        """Those that meet it in the first lines up to this tier, and in no fewer; asked of the index."""
        rows = self.filter(met_by_index([reading], tier))
        if tier == TIERS[0]:
            return rows
        if is_sure(reading):
            return rows.filter(document__asked=f"!({tsquery_of(reading, tier - 1)})")
        return rows.exclude(met([reading], tier - 1))

    def in_tier_densely(self, reading: Reading, tier: int) -> Self:
        """The same, row by row."""
        rows = self.filter(met([reading], tier))
        return rows if tier == TIERS[0] else rows.exclude(met([reading], tier - 1))

    def with_tier(self, readings: Sequence[Reading]) -> Self:
        """Each with the tier in which it meets the first reading, or the next."""
        steps = [(reading, tier) for reading in readings for tier in TIERS]
        whens = [When(met([reading], tier, how="about"), then=place) for place, (reading, tier) in enumerate(steps)]
        return self.annotate(tier=Case(*whens, default=len(steps), output_field=models.IntegerField()))

    def with_worth(self, worth: Mapping[tuple[str, ...], int]) -> Self:
        """Each with what the words that it holds are worth, the more the less; in the name a word is worth all of it."""
        parts = [
            Case(
                *[When(met([Reading((group,), 1)], tier, how="about"), then=-value * much) for tier, much in IN_TIER],
                default=0,
                output_field=models.IntegerField(),
            )
            for group, value in worth.items()
        ]
        return self.annotate(tier=reduce(add, parts))

    def in_category(self, category: Category) -> Self:
        """The products of a category and of those below it."""
        return self.filter(top=category) if category.parent_id is None else self.filter(category=category)

    def of_laboratories(self, wanted: bool) -> Self:
        """Services of 京津冀 laboratories, or all others."""
        return self.filter(place__gt=STEP) if wanted else self.filter(place__lt=STEP)


class Shelf(models.Model):
    """One product that can be ordered now."""

    product = models.OneToOneField(Product, models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False)
    provider = models.ForeignKey(
        Provider, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False, verbose_name="服务机构"
    )
    category = models.ForeignKey(
        Category, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False, verbose_name="类别"
    )
    top = models.ForeignKey(
        Category, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False, verbose_name="一级类别"
    )
    region = models.CharField("地区", max_length=10, choices=Region)
    is_marked = models.BooleanField("创新券")
    price = models.DecimalField("参考价格（元）", max_digits=12, decimal_places=2)  # yuan
    place = models.BigIntegerField(
        "综合次序", unique=True
    )  # institutions' marked products, their others, laboratories' marked services, their others; each the newest first

    document = Document("检索文本")  # the product's search_text
    orders_done = models.PositiveIntegerField("已完成订单", default=0, db_default=0, editable=False)
    stars_mean = models.PositiveSmallIntegerField("评分均值（百分之一星）", default=0, db_default=0, editable=False)

    objects = ShelfQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "在架服务"
        default_permissions = ()
        indexes = (
            models.Index(fields=["price", "product"], name="shelf_price"),
            models.Index(fields=["place"], condition=Q(is_marked=True), name="shelf_marked"),
            models.Index(fields=["product"], condition=Q(is_marked=True), name="shelf_marked_new"),
            models.Index(fields=["provider", "place"], name="shelf_provider"),
            models.Index(fields=["region", "place"], name="shelf_region"),
            models.Index(fields=["category", "place"], name="shelf_category"),
            models.Index(fields=["category", "price", "product"], name="shelf_category_price"),
            models.Index(fields=["category", "product"], name="shelf_category_new"),
            models.Index(fields=["top", "place"], name="shelf_top"),
            models.Index(fields=["top", "price", "product"], name="shelf_top_price"),
            models.Index(fields=["top", "product"], name="shelf_top_new"),
            *(
                models.Index(fields=[name, "product"], condition=Q(**{f"{name}__gt": 0}), name=f"shelf_{name}")
                for name in RENOWN
            ),
        )

    def __str__(self) -> str:
        return str(self.product_id)
