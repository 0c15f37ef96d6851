"""What the pages of 京津冀 show beside the rows themselves."""

import datetime as dt
from collections import Counter
from typing import Any, NamedTuple

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from catalog.laboratories.cards import cards
from catalog.laboratories.filters import BY_NUMBER, SORTS, WAYS, LabQuery
from catalog.laboratories.places import Atlas, Counts, counted_at
from catalog.mall.facets import Facet, chips, facet
from catalog.mall.pages import crumbs, hidden
from catalog.mall.twins import services_for, tabs
from catalog.models import LabBatch, LabCount, LabField, Laboratory, LabShelf, LabType, Region
from ui.deep import deep_page_of
from ui.listing import hand_over
from ui.paging import MOST
from ui.reading import aside

LABS = ("京津冀", "lab_list")


class Batch(NamedTuple):
    """A published batch, how many laboratories it names, and how many of them take orders."""

    key: int
    number: int
    published_on: dt.date
    named: int
    listed: int

    @property
    def words(self) -> str:
        """As it is called."""
        return str(LabBatch(number=self.number))

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("lab_batch", args=[self.number])


class Batches:
    """The published batches and what is counted in them, read in one query; a batch that names nobody is not among them."""

    def __init__(self) -> None:
        rows = aside(LabCount.objects.filter(batch__published_on__isnull=False, named__gt=0).order_by("batch__number"))
        read = ("batch", "batch__number", "batch__published_on", "region", "area", "named", "listed")
        self.rows = list(rows.values_list(*read))
        heads = dict.fromkeys((row[0], row[1], row[2]) for row in self.rows)
        self.all = [Batch(key, number, day, *self.numbers(key)) for key, number, day in heads]
        self.keys = {str(batch.number): batch.key for batch in self.all}

    def numbers(self, key: int | None = None) -> tuple[int, int]:
        """How many are named, and how many take orders: in a batch, or in all."""
        rows = [row for row in self.rows if key is None or row[0] == key]
        return sum(row[5] for row in rows), sum(row[6] for row in rows)

    def counts(self, key: int | None = None) -> Counts:
        """How many take orders where."""
        counts: Counter[tuple[str, str]] = Counter()
        for row in self.rows:
            if key is None or row[0] == key:
                counts[row[3], row[4]] += row[6]
        return counts

    def beside(self, batch: LabBatch) -> dict[str, Batch | None]:
        """The batches before and after it."""
        before = [found for found in self.all if found.number < batch.number]
        after = [found for found in self.all if found.number > batch.number]
        return {"previous": before[-1] if before else None, "next": after[0] if after else None}


def lab_facets(request: HttpRequest, batches: Batches) -> list[Facet]:
    """The rows of chips above the laboratories."""
    query = request.GET
    return [
        facet(query, "region", "地区", Region.choices, city=""),
        facet(query, "kind", "类型", LabType.choices),
        facet(query, "field", "领域", LabField.choices),
        facet(query, "batch", "批次", [(batch.number, batch.words) for batch in batches.all]),
    ]


def whole(rows: list[LabShelf]) -> list[Laboratory]:
    """The laboratories of these rows, as they are taken away."""
    found = aside(Laboratory.objects.select_related("provider", "batch").order_by()).in_bulk([row.pk for row in rows])
    return [found[row.pk] for row in rows if row.pk in found]


def lab_context(request: HttpRequest) -> dict[str, Any]:
    """Everything of the laboratory list."""
    batches = Batches()
    asked = LabQuery(request.GET, batches.keys)
    hand_over(request, lambda: asked.order.sorted(asked.rows), whole)
    counts = batches.counts(asked.batch) if asked.narrows_place_alone else places_of(asked)
    count = asked.counted().count() if counts is None else counted_at(counts, *asked.here)
    page = deep_page_of(
        *(request, asked.rows, asked.order, lambda rows: cards(rows, asked.words)),
        dense=asked.in_plenty if asked.words else None,
        count=count,
    )
    said = page.count_words if counts is None else str(count)
    facets = lab_facets(request, batches)
    typed = {"q": ("关键词", asked.words), "city": ("城市或区", asked.here[1])}
    return {
        "page": page,
        "count": said,
        "asked": asked,
        "facets": facets,
        "drawings": Atlas(request.GET, counts).drawings(),
        "tabs": tabs(
            request.GET, services=services_for(asked.words, asked.here[0]), laboratories=said, here="lab_list"
        ),
        "chips": chips(request.GET, facets, typed),
        **around(request, batches),
    }


def around(request: HttpRequest, batches: Batches) -> dict[str, Any]:
    """What stands around the list, whatever is found."""
    return {
        "total": told(batches.numbers()),
        "batches": batches.all,
        "sorts": facet(request.GET, "sort", "排序", SORTS[1:], first=SORTS[0][1]),
        "hidden": hidden(request, "q", "by"),
        "way_choices": WAYS,
        "way": request.GET.get("by", ""),
        "crumbs": crumbs(LABS),
    }


def places_of(asked: LabQuery) -> Counts | None:
    """How many there are where, of what is asked for wherever it lies; None of more than are counted."""
    places = list(asked.anywhere().counted().values_list("region", "area"))
    return Counter(places) if len(places) <= MOST else None


def batch_context(request: HttpRequest, batch: LabBatch) -> dict[str, Any]:
    """Everything of the page of one published batch; what is paused stands in its list, too."""
    batches = Batches()
    counts, numbers = batches.counts(batch.pk), batches.numbers(batch.pk)
    rows = aside(LabShelf.objects.filter(batch=batch))
    return {
        "batch": batch,
        "numbers": told(numbers),
        "drawings": Atlas(QueryDict(f"batch={batch.number}"), counts, reverse("lab_list")).drawings(),
        "regions": [(region, str(counted_at(counts, region))) for region in Region],
        "page": deep_page_of(request, rows, BY_NUMBER, cards, count=numbers[0]),
        "batches": batches.all,
        **batches.beside(batch),
        "crumbs": crumbs(LABS, (str(batch), "")),
    }


def told(numbers: tuple[int, int]) -> dict[str, str]:
    """The two numbers in words; the second only where it is another."""
    named, listed = numbers
    return {"named": str(named), "listed": str(listed) if listed != named else ""}
