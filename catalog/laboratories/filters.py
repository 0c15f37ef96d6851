"""How the laboratory list is narrowed and sorted. Values that make no sense narrow nothing."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from catalog.laboratories.places import AREAS, UNKNOWN
from catalog.models import LabField, LabShelf, LabType, Region
from catalog.models.lab_shelf import LabShelfQuerySet
from ui.filters import WordsForm
from ui.paging import MOST
from ui.reading import aside
from ui.spans import Order

WAYS = (("", "全部"), ("institution", "按机构"), ("service", "按服务"), ("instrument", "按仪器"))
SORTS = (("", "按批次和编号"), ("new", "最新批次在前"))
BY_NUMBER = Order(("place",))
ORDERS = {"": BY_NUMBER, "new": Order(("place",), descending=True)}
CHOICES = {  # parameter → what it may be
    "by": {value for value, _ in WAYS},
    "region": set(Region.values),
    "city": {*AREAS, UNKNOWN},
    "kind": set(LabType.values),
    "field": set(LabField.values),
    "sort": set(ORDERS),
}


class LabQuery:
    """What is asked of the list of those that take orders; read by hand, since a form costs more than the rest of the page.

    batches: number, as it is typed → key of the published batches.
    """

    def __init__(self, query: QueryDict, batches: Mapping[str, int], *, anywhere: bool = False) -> None:
        """anywhere: wherever it lies."""
        asked = {name: query.get(name, "") for name in CHOICES}
        self.asked = {name: value if value in CHOICES[name] else "" for name, value in asked.items()}
        if anywhere:
            self.asked["region"] = self.asked["city"] = ""
        self.form = WordsForm(query)
        self.typed = query.get("q", "")
        self.words = self.form.cleaned_data["q"] if self.form.is_valid() else ""
        self.batch = batches.get(query.get("batch", ""))
        self.query, self.batches = query, batches

    def anywhere(self) -> "LabQuery":
        """What is asked for, wherever it lies."""
        return LabQuery(self.query, self.batches, anywhere=True)

    @property
    def order(self) -> Order:
        """The order that is asked for."""
        return ORDERS[self.asked["sort"]]

    @property
    def here(self) -> tuple[str, str]:
        """(region, city or district)."""
        return self.asked["region"], self.asked["city"]

    @property
    def narrows_place_alone(self) -> bool:
        """Whether region, place and batch alone are asked for: of these the counts are kept."""
        return not (self.words or self.asked["kind"] or self.asked["field"])

    @cached_property
    def rows(self) -> LabShelfQuerySet:
        """What is found, asked of the index of words."""
        return self.narrowed().search(self.words, self.asked["by"])

    def in_plenty(self) -> LabShelfQuerySet:
        """The same rows, asked as is best where there are very many."""
        return self.narrowed().search_densely(self.words, self.asked["by"])

    def counted(self) -> QuerySet[Any]:
        """As many rows as are counted and one more: of words by their own index, of all else along that of the order."""
        return (self.rows.order_by() if self.words else self.order.sorted(self.rows))[: MOST + 1]

    def narrowed(self) -> LabShelfQuerySet:
        """By everything but the words."""
        region, city = self.here
        wanted: dict[str, Any] = {"region": region, "kind": self.asked["kind"], "batch": self.batch}
        wanted["fields__contains"] = [self.asked["field"]] if self.asked["field"] else None
        listed: LabShelfQuerySet = aside(LabShelf.objects.listed())
        rows = listed.filter(**{name: is_ for name, is_ in wanted.items() if is_})
        return rows.filter(Q(area="" if city == UNKNOWN else city)) if city else rows
