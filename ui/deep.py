"""Pages of a list that may be long: found by the keys of a stored order, so that each costs the same wherever it lies.

Counts are exact up to a thousand rows and “1000+” beyond; pages have numbers up to the fiftieth, those behind it are reached
from the page before or from the end.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from ui.listing import Offer, hand_over, offer_of
from ui.paging import MOST, PAGE, asked_number, tell_beyond
from ui.spans import Chain, Merged, Order, Span

NUMBERED = MOST // PAGE  # the last page with a number where there are more
LAST = "末页"
PLACES = ("page", "after", "before", "end")  # the parameters of which one says where the reader is

Listing = Span | Chain | Merged


@dataclass(frozen=True)
class DeepPage:
    """Some rows of a long list, what stands around them, and how its neighbours are reached."""

    object_list: Sequence[Any]
    count: int  # exact up to MOST; MOST + 1 says that there are more
    number: int | None  # None of a page that was reached by a key
    previous: str  # the query of the page before; "" of the first
    next: str
    query: QueryDict
    offer: Offer | None = None  # what of it may be taken away

    def __iter__(self) -> Iterator[Any]:
        """The rows of the page."""
        return iter(self.object_list)

    @property
    def is_counted(self) -> bool:
        """Whether `count` is the whole count."""
        return self.count <= MOST

    @property
    def count_words(self) -> str:
        """1000+ where there are more than are counted."""
        return str(self.count) if self.is_counted else f"{MOST}+"

    @property
    def pages(self) -> int:
        """How many pages have a number."""
        return min(-(-self.count // PAGE) or 1, NUMBERED)

    @property
    def here(self) -> str:
        """Which page this is, in words; of one that was reached by a key, as much as is known."""
        if self.number:
            return f"第 {self.number} / {self.pages} 页" if self.is_counted else f"第 {self.number} 页"
        if not self.next:
            return LAST
        return f"{LAST}之前" if "before" in self.query else f"第 {NUMBERED} 页以后"

    @property
    def has_other_pages(self) -> bool:
        """Whether this is not all."""
        return self.count > PAGE

    @property
    def numbers(self) -> list[tuple[int | None, str]]:
        """(number, its query) of the pages that the pager names; None for a gap."""
        here = self.number or self.pages
        shown = sorted({1, self.pages, *range(max(here - 2, 1), min(here + 2, self.pages) + 1)})
        found: list[tuple[int | None, str]] = []
        for before, number in zip([0, *shown], shown, strict=False):
            found += [(None, "")] if number > before + 1 else []
            found.append((number, at_place(self.query, page=number)))
        return found

    @property
    def end(self) -> str:
        """The query of the last page, where it has no number and this is not it."""
        return "" if self.is_counted or not self.next else at_place(self.query, end=1)


def at_place(query: QueryDict, **where: Any) -> str:
    """The page's query with another place in the list."""
    changed = query.copy()
    for name in PLACES:
        changed.pop(name, None)
    for name, value in where.items():
        changed[name] = str(value)
    return f"?{changed.urlencode()}"


def deep_page_of(
    request: HttpRequest,
    rows: QuerySet[Any],
    order: Order,
    faces: Callable[[list[Any]], Sequence[Any]] = list,
    *,
    dense: Callable[[], QuerySet[Any]] | None = None,
    chain: Callable[[], Chain | Merged | None] = lambda: None,
    count: int | None = None,
    key: Hashable = None,
) -> DeepPage:
    """The asked page of narrow rows, twenty to a page; faces: gives for those rows what the page shows of them.

    dense: as of a span; chain: how the rows are read instead where there are many, if they have ranks that are no column;
    count: of the rows, or that it is more than MOST, where that is known; key: under which that is remembered for a minute.
    """
    hand_over(request, lambda: order.sorted(rows), faces)
    whole = Span(rows, order, dense, count, key)
    count, is_many = whole.count, whole.count > MOST
    listed: Listing = (chain() if is_many else None) or whole
    if is_many and (found := by_key(request.GET, listed)) is not None:
        number, found_rows, before, after = found
    else:
        number = min(asked_number(request), -(-count // PAGE) or 1, NUMBERED)
        tell_end(request, count)
        start = (number - 1) * PAGE
        found_rows = listed.first(start, PAGE) if count else []
        before, after = number > 1, start + PAGE < count
    return DeepPage(
        faces(found_rows),
        count,
        number,
        previous=way_back(request.GET, listed, found_rows, number) if before else "",
        next=way_on(request.GET, listed, found_rows, number) if after else "",
        query=request.GET,
        offer=offer_of(request),
    )


def by_key(query: QueryDict, listed: Listing) -> tuple[int | None, list[Any], bool, bool] | None:
    """(number, rows, whether there are any before, and after) of a page that is reached by a key; None of another."""
    if "end" in query:
        return None, listed.last(PAGE)[::-1], True, False
    if found := listed.beyond(query.get("after", ""), PAGE + 1):
        return None, found[:PAGE], True, len(found) > PAGE
    if found := listed.beyond(query.get("before", ""), PAGE + 1, backwards=True):
        return (None, found[:PAGE][::-1], True, True) if len(found) > PAGE else None
    return None


def way_back(query: QueryDict, listed: Listing, found: list[Any], number: int | None) -> str:
    """The query of the page before."""
    return at_place(query, page=number - 1) if number else at_place(query, before=listed.text(found[0]))


def way_on(query: QueryDict, listed: Listing, found: list[Any], number: int | None) -> str:
    """The query of the page behind."""
    return (
        at_place(query, page=number + 1)
        if number and number < NUMBERED
        else at_place(query, after=listed.text(found[-1]))
    )


def tell_end(request: HttpRequest, count: int) -> None:
    """Say so where a page was asked for that is not there, or that has no number."""
    asked = asked_number(request)
    if count > MOST and asked > NUMBERED:
        messages.info(
            request, f"按页码最多到第 {NUMBERED} 页，下面是这一页；更后面的请按“下一页”查看，或增加筛选条件。"
        )
    elif 0 < count <= MOST:
        tell_beyond(request, asked, -(-count // PAGE))
