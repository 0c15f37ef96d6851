"""Rows in stored orders, read from either end or beyond a key, and chains of them: what the pages of `ui/deep.py` are cut from."""

import datetime as dt
import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, F, Func, Model, QuerySet, TextField, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.lookups import GreaterThan, LessThan

from ui.limited import MANY
from ui.paging import MOST

PART = re.compile(
    r"-?[0-9]{1,18}(\.[0-9]{1,2})?|[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?\+00:00"
)  # of a key: a whole number, an amount or a moment
WHOLE = re.compile(r"[0-9]{1,18}")
JOINT = "~"

Key = tuple[Any, ...]


class Row(Func):
    """Several values as one, compared from the left as the columns of an index are."""

    function = "ROW"
    output_field = TextField()


def beside_index(model: type[Model], column: str) -> F | CombinedExpression:
    """The column's value in a way that no index knows."""
    times = {field.name for field in model._meta.concrete_fields if isinstance(field, DateTimeField)}
    return F(column) + (Value(dt.timedelta()) if column in times else 0)


@dataclass(frozen=True)
class Order:
    """A stored order, the columns of an index, all in one direction; the last tells any two rows apart."""

    columns: tuple[str, ...]
    descending: bool = False
    by_index: bool = True  # else the rows are few, and the index of the order is of no use

    def sorted(self, rows: QuerySet[Any], *, backwards: bool = False) -> QuerySet[Any]:
        """The rows in this order, or from its end; rows that carry no others along are read no further than their key."""
        keys = [F(column) if self.by_index else beside_index(rows.model, column) for column in self.columns]
        rows = rows if rows.query.select_related else self.narrow(rows)
        return rows.order_by(*[key.desc() if self.descending != backwards else key.asc() for key in keys])

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Of each row its keys alone; a rank is no column."""
        stored = {field.name for field in rows.model._meta.concrete_fields}
        return rows.only("pk", *[column for column in self.columns if column in stored])

    def beyond(self, rows: QuerySet[Any], key: Key, *, backwards: bool = False) -> QuerySet[Any]:
        """The rows that follow the key, or precede it, the nearest first."""
        compared: Any = LessThan if self.descending != backwards else GreaterThan
        mine, others = Row(*map(F, self.columns)), Row(*map(Value, key))
        return self.sorted(rows.filter(compared(mine, others)), backwards=backwards)

    def text(self, row: Model) -> str:
        """The row's key as an address carries it."""
        return JOINT.join(str(getattr(row, column)) for column in self.columns)

    def key(self, model: type[Model], text: str) -> Key | None:
        """The key that the text carries; None where it carries none."""
        parts = text.split(JOINT)
        if len(parts) != len(self.columns) or not all(map(PART.fullmatch, parts)):
            return None
        columns: Any = map(model._meta.get_field, self.columns)
        try:
            return tuple(column.to_python(part) for column, part in zip(columns, parts, strict=True))
        except ValidationError:
            return None


class Bare(Func):
    """A value of any type, sorted as itself and found by no index."""

    template = "ARRAY[%(expressions)s]"
    output_field = TextField()


@dataclass(frozen=True)
class RowOrder(Order):
    """An order by columns of any kind, the last of them the key: an address carries the key alone, and the row says the rest."""

    def sorted(self, rows: QuerySet[Any], *, backwards: bool = False) -> QuerySet[Any]:
        """As of any order, with the whole rows: twenty of them cost less than a second question."""
        keys: list[Any] = [F(column) if self.by_index else Bare(F(column)) for column in self.columns]
        return rows.order_by(*[key.desc() if self.descending != backwards else key.asc() for key in keys])

    def names(self, *, backwards: bool) -> list[str]:
        """The order as rows from several questions are sorted."""
        return [f"-{column}" if self.descending != backwards else column for column in self.columns]

    def text(self, row: Model) -> str:
        """The row's key as an address carries it."""
        return str(row.pk)

    def key(self, model: type[Model], text: str) -> Key | None:
        """What the row with that key is sorted by; None where there is none."""
        if not WHOLE.fullmatch(text):
            return None
        found: Key | None = model._default_manager.filter(pk=int(text)).values_list(*self.columns).first()
        return found


@dataclass(frozen=True)
class Merged:
    """Rows from several questions, each with the index of the order, as one list: those of several offices."""

    arms: Sequence[QuerySet[Any]]
    order: RowOrder
    few: frozenset[int] = (
        frozenset()
    )  # the places of arms that have few rows, which are found by their own index and sorted

    def orders(self) -> Iterator[tuple[QuerySet[Any], RowOrder]]:
        """Each arm with the order as it is best read."""
        for place, rows in enumerate(self.arms):
            yield rows, replace(self.order, by_index=place not in self.few)

    def first(self, start: int, many: int) -> list[Any]:
        """So many rows from this place on."""
        parts = [order.sorted(rows)[: start + many] for rows, order in self.orders()]
        return list(self.one(parts)[start : start + many])

    def last(self, many: int) -> list[Any]:
        """The last rows, the last one first."""
        parts = [order.sorted(rows, backwards=True)[:many] for rows, order in self.orders()]
        return list(self.one(parts, backwards=True)[:many])

    def beyond(self, text: str, many: int, *, backwards: bool = False) -> list[Any] | None:
        """As of a span."""
        key = self.order.key(self.arms[0].model, text)
        if key is None:
            return None
        parts = [order.beyond(rows, key, backwards=backwards)[:many] for rows, order in self.orders()]
        return list(self.one(parts, backwards=backwards)[:many])

    def one(self, parts: Sequence[QuerySet[Any]], *, backwards: bool = False) -> QuerySet[Any]:
        """The parts together, in the order."""
        first, *others = parts
        return first.union(*others, all=True).order_by(*self.order.names(backwards=backwards))

    def text(self, row: Model) -> str:
        """The row's key as an address carries it."""
        return self.order.text(row)


@dataclass(frozen=True)
class Span:
    """Rows in one stored order; dense: gives the same rows where there are more than are counted, read along the order's index."""

    rows: QuerySet[Any]
    order: Order
    dense: Callable[[], QuerySet[Any]] | None = None
    known: int | None = None  # how many
    key: Hashable = None  # under which it is remembered that there are more than are counted

    @cached_property
    def count(self) -> int:
        """How many, up to one more than are counted."""
        if self.known is not None:
            return self.known
        found: int = (self.key and MANY.fresh(self.key)) or self.rows.order_by()[: MOST + 1].count()
        if self.key and found > MOST:
            MANY.keep(self.key, found)
        return found

    @cached_property
    def best(self) -> tuple[QuerySet[Any], Order]:
        """The rows and the order as they are best read: few are found by their own index and sorted."""
        is_many = self.count > MOST
        return self.dense() if is_many and self.dense else self.rows, replace(self.order, by_index=is_many)

    def first(self, start: int, many: int) -> list[Any]:
        """So many rows from this place on."""
        rows, order = self.best
        return list(order.sorted(rows)[start : start + many])

    def last(self, many: int) -> list[Any]:
        """The last rows, the last one first."""
        rows, order = self.best
        return list(order.sorted(rows, backwards=True)[:many])

    def beyond(self, text: str, many: int, *, backwards: bool = False) -> list[Any] | None:
        """The rows that follow the one whose key an address carries, or precede it, the nearest first; None where it carries none."""
        key, (rows, order) = self.order.key(self.rows.model, text), self.best
        return None if key is None else list(order.beyond(rows, key, backwards=backwards)[:many])

    def text(self, row: Model) -> str:
        """The row's key as an address carries it."""
        return self.order.text(row)


@dataclass(frozen=True)
class Chain:
    """Spans one behind the other, none of whose rows stands in two of them."""

    spans: Sequence[Span]

    def first(self, start: int, many: int) -> list[Any]:
        """So many rows from this place on; the places of a span of more than are counted are all in it."""
        found: list[Any] = []
        for place, span in enumerate(self.spans):
            if len(found) == many:
                break
            if start and start >= span.count:
                start -= span.count
                continue
            found += self.marked(place, span.first(start, many - len(found)))
            start = 0
        return found

    def last(self, many: int) -> list[Any]:
        """The last rows, the last one first."""
        return self.on(len(self.spans) - 1, [], many, backwards=True)

    def beyond(self, text: str, many: int, *, backwards: bool = False) -> list[Any] | None:
        """As of a span; the key begins with the span's place."""
        place, _, key = text.partition(JOINT)
        if place not in map(str, range(len(self.spans))):
            return None
        found = self.spans[int(place)].beyond(key, many, backwards=backwards)
        if found is None:
            return None
        return self.on(int(place) + (-1 if backwards else 1), self.marked(int(place), found), many, backwards=backwards)

    def on(self, place: int, found: list[Any], many: int, *, backwards: bool) -> list[Any]:
        """The rows found, with those of the next spans until there are enough."""
        while len(found) < many and 0 <= place < len(self.spans):
            span, wanted = self.spans[place], many - len(found)
            found += self.marked(place, span.last(wanted) if backwards else span.first(0, wanted))
            place += -1 if backwards else 1
        return found

    def marked(self, place: int, rows: list[Any]) -> list[Any]:
        """The rows, each with the place of its span."""
        for row in rows:
            row.span = place
        return rows

    def text(self, row: Model) -> str:
        """The row's key as an address carries it."""
        place = vars(row)["span"]
        return f"{place}{JOINT}{self.spans[place].text(row)}"
