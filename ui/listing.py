"""A list that can be taken away whole: the view says once what its columns are, and its own page finds the rows (ADR 0106).

An export asks the list's own view, as its person and with the same filters. Where the view comes to its page, it hands all
its rows over instead: what a person may take away is by this what he can read there.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any, NoReturn, TypeVar, cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve

from ui.reading import aside

View = TypeVar("View", bound=Callable[..., HttpResponse])
PLAIN = (str, int, float, bool, dt.date, Decimal)
Rows = QuerySet[Any] | Sequence[Any]
PIECE = 500  # rows that are fetched at once


@dataclass(frozen=True)
class Listing:
    """What a list is called, and its columns: heading → attribute of a row, with dots."""

    title: str
    columns: Mapping[str, str]

    def cells(self, row: object) -> list[Any]:
        """One row as it is written."""
        return [value_of(row, path) for path in self.columns.values()]


class Whole(Exception):
    """All rows of a list, handed over in the place of its page."""

    def __init__(self, rows: Rows, faces: Callable[[list[Any]], Sequence[Any]] = list) -> None:
        """faces: gives for some of the rows what the list shows of them."""
        super().__init__()
        self.rows, self.faces = aside(rows) if isinstance(rows, QuerySet) else rows, faces

    def count(self, most: int) -> int:
        """How many there are, counted no further than this."""
        rows = self.rows[:most]
        return rows.count() if isinstance(rows, QuerySet) else len(rows)

    def __iter__(self) -> Iterator[Any]:
        """The rows as the list shows them, fetched piece by piece."""
        for piece in pieces_of(self.rows):
            yield from self.faces(piece)


def pieces_of(rows: Rows) -> Iterator[list[Any]]:
    """The rows in their order, piece by piece: the keys of all, then each piece by its keys, so that nothing stays open between two.

    A list that is no plain one of rows (figures, several tables, the first so many) is short, and comes at once.
    """
    if not isinstance(rows, QuerySet) or rows.query.combinator or rows.query.is_sliced or rows.query.values_select:
        yield from map(list, batched_of(rows))
        return
    for keys in batched_of(rows.values_list("pk", flat=True)):
        found = {row.pk: row for row in rows.filter(pk__in=keys).order_by()}
        yield [found[key] for key in keys if key in found]


def batched_of(rows: Rows) -> Iterator[tuple[Any, ...]]:
    """So many at a time."""
    left = iter(rows)
    while piece := tuple(islice(left, PIECE)):
        yield piece


class Asking(HttpRequest):
    """A list is asked for all its rows."""


class NoPage:
    """Stands in the place of the session, which a page asks for when it is drawn: where no rows were handed over, there is no list."""

    def __getattr__(self, name: str) -> NoReturn:
        """Raise Http404."""
        raise Http404


def exported(title: str, columns: Mapping[str, str]) -> Callable[[View], View]:
    """Let a list be taken away, with these columns; stands above whatever else the view is marked with."""

    def mark(view: View) -> View:
        vars(view)["listing"] = Listing(title, columns)
        return view

    return mark


@dataclass(frozen=True)
class Offer:
    """A list that the reader of this page may take away: its address and its conditions."""

    path: str
    query: str


def offer_of(request: HttpRequest) -> Offer | None:
    """What the reader may take away of this page; a visitor nothing."""
    match = getattr(request, "resolver_match", None)
    if match is None or not hasattr(match.func, "listing") or not request.user.is_authenticated:
        return None
    return Offer(request.path, request.GET.urlencode())


def hand_over(
    request: HttpRequest, rows: Callable[[], Rows], faces: Callable[[list[Any]], Sequence[Any]] = list
) -> None:
    """Where all rows are asked for, raise Whole with them."""
    if isinstance(request, Asking):
        raise Whole(rows(), faces)


def whole_list(path: str, query: str, user: object) -> tuple[Listing, Whole]:
    """The list at this address as the person reads it now; 404 for what is no list, or not his."""
    try:
        match = resolve(path)
    except Resolver404 as missing:
        raise Http404 from missing
    listing = getattr(match.func, "listing", None)
    if listing is None:
        raise Http404
    request = Asking()
    request.method, request.path, request.path_info, request.resolver_match = "GET", path, path, match
    request.GET = cast("Any", QueryDict(query))
    request.user, request.session = cast("Any", user), cast("Any", NoPage())
    try:
        match.func(request, *match.args, **match.kwargs)
    except Whole as whole:
        return listing, whole
    raise Http404


def value_of(row: object, path: str) -> Any:
    """What stands under the path; what is a function is asked, and behind nothing stands nothing."""
    value = row
    for name in path.split("."):
        value = getattr(value, name, None)
        if callable(value):
            value = value()
        if value is None:
            return None
    return value if isinstance(value, PLAIN) else str(value)
