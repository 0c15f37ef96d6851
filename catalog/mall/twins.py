"""The mall and the laboratories are two lists of one search: a tab for each, with what it has for the words."""

from typing import Any

from django.db.models import QuerySet, Sum
from django.http import QueryDict
from django.urls import reverse

from catalog.mall.reading import as_typed
from catalog.models import LabCount, LabShelf, Shelf
from catalog.models.shelf import ShelfQuerySet
from catalog.search import TIERS
from ui.limited import MANY, one_or_all
from ui.paging import MOST
from ui.reading import aside
from ui.words import Reading

BOTH = ("q", "region")  # what the two lists understand alike


def counted(rows: QuerySet[Any]) -> str:
    """How many rows there are; 1000+ where there are more than are counted."""
    return told(rows.order_by()[: MOST + 1].count())


def told(count: int) -> str:
    """The number in words."""
    return str(count) if count <= MOST else f"{MOST}+"


def services_for(words: str, region: str = "") -> str:
    """How many services on the shelf hold the words."""
    reading = as_typed(words)
    shelf: ShelfQuerySet = aside(Shelf.objects.filter(region=region) if region else Shelf.objects.all())
    key = "services", reading, region
    count: int = MANY.fresh(key) or number_of(shelf, reading)
    if count > MOST:
        MANY.keep(key, count)
    return told(count)


def number_of(shelf: ShelfQuerySet, reading: Reading) -> int:
    """How many of these services meet it, up to one more than are counted; of very common words names are enough."""
    if not reading.groups:
        return shelf.order_by()[: MOST + 1].count()
    return one_or_all(shelf.in_tier(reading, TIERS[0]), shelf.search(reading), MOST + 1)[1]


def laboratories_for(words: str, region: str = "") -> str:
    """How many laboratories that take orders hold the words; of no words as many as the database has counted."""
    if not words:
        kept = aside(LabCount.objects.filter(region=region) if region else LabCount.objects.all())
        return str(kept.aggregate(listed=Sum("listed", default=0))["listed"])
    rows = aside(LabShelf.objects.listed().search(words))
    return counted(rows.filter(region=region) if region else rows)


def tabs(query: QueryDict, *, services: str, laboratories: str, here: str) -> list[dict[str, Any]]:
    """The tabs; here: the list that is shown."""
    asked = query.copy()
    for name in set(asked) - set(BOTH):
        del asked[name]
    said = {"product_list": f"服务 {services} 个", "lab_list": f"实验室 {laboratories} 个"}
    return [
        {"label": label, "url": reverse(name) + (f"?{asked.urlencode()}" if asked else ""), "active": name == here}
        for name, label in said.items()
    ]
