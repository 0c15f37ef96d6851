"""The one way from a list to its page: what is asked for beyond the end is the last page, with a sentence."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

if TYPE_CHECKING:
    Pages = Paginator[Any]
else:
    Pages = Paginator

from ui.listing import Rows, hand_over, offer_of

PAGE = 20  # rows
FAR = 200  # rows from which on only keys are passed over
MOST = 1000  # rows that are counted one by one
MOST_FIGURES = 9  # of a page's number; whatever is longer lies beyond every list
NUMBER = re.compile(r"[0-9]+")


def asked_number(request: HttpRequest, name: str = "page") -> int:
    """The number of the page that is asked for; 1 for what is no number, and for what is below."""
    text = request.GET.get(name, "")
    figures = text.lstrip("0") if NUMBER.fullmatch(text) else ""
    return int(figures) if 0 < len(figures) <= MOST_FIGURES else 10**MOST_FIGURES if figures else 1


def page_of(request: HttpRequest, rows: Rows, faces: Callable[[list[Any]], Sequence[Any]] = list) -> "Page[Any]":
    """The asked page of the rows, twenty to a page; beyond the end the last one, and the reader is told so.

    faces: what is taken away of some of the rows; the page itself holds the rows.
    """
    hand_over(request, lambda: rows, faces)
    paginator, asked = FarPaginator(rows, PAGE), asked_number(request)
    last = paginator.num_pages
    if paginator.count:
        tell_beyond(request, asked, last)
    page = paginator.page(min(asked, last))
    vars(page)["offer"] = offer_of(request)
    return page


class FarPaginator(Pages):
    """Far behind the first rows only keys are passed over, not the rows with all that is joined to them."""

    def page(self, number: int | str) -> "Page[Any]":
        """The page of this number."""
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        rows: Any = self.object_list
        if start < FAR or not isinstance(rows, QuerySet):
            return super().page(number)
        keys = list(rows.values_list("pk", flat=True)[start : start + self.per_page])
        return Page(rows.filter(pk__in=keys), number, self)


def tell_beyond(request: HttpRequest, asked: int, last: int) -> None:
    """Say so where a page beyond the last one was asked for."""
    if asked > last:
        messages.info(request, f"没有这么多页，下面是最后一页（第 {last} 页）。")


def part_of(
    request: HttpRequest, rows: Sequence[object], name: str, at: int | None = None, size: int | None = None
) -> "Page[Any]":
    """The part of a long table that stands on a page with other things: the one with the row `at`, else what is asked for.

    name: of its number in the address, since a page may have several such tables. size: rows, ROWS_SHOWN unless it is said.
    """
    size = size or settings.ROWS_SHOWN
    paginator = Paginator(rows, size)
    number = asked_number(request, name) if at is None else at // size + 1
    return paginator.page(min(number, paginator.num_pages))


class BoundedPaginator(Pages):
    """Pages of the first thousand rows of a list; those behind are found by its filters. No list is counted to its end."""

    @cached_property
    def found(self) -> int:
        """How many rows there are; MOST + 1 says that there are more."""
        rows: Any = self.object_list
        return int(rows.order_by()[: MOST + 1].count())

    @property
    def count(self) -> int:
        """How many rows its pages hold."""
        return min(self.found, MOST)

    @property
    def is_more(self) -> bool:
        """Whether there are rows behind the last page."""
        return self.found > MOST


class ListPages(ChangeList):
    """The same for a list of the administration, which would leave its filter and begin anew; called what it lists."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Call the list by its rows, not “选择 … 来修改”."""
        super().__init__(*args, **kwargs)
        self.title = str(self.opts.verbose_name_plural)

    def get_filters(self, request: HttpRequest) -> Any:
        """The filters as they are asked for; a year that no calendar has is as wrong as one that is no number."""
        try:
            found: tuple[Any, ...] = super().get_filters(request)
        except OverflowError as error:
            raise IncorrectLookupParameters(error) from error
        for shown in found[0]:
            if shown.title == getattr(shown, "field_path", None):  # the other side of a relation has no name of its own
                named: Any = get_fields_from_path(self.model, shown.field_path)[-1].related_model
                shown.title = named._meta.verbose_name
        return found

    def get_results(self, request: HttpRequest) -> None:
        """Fetch the rows of the page; a value that no column takes is as wrong as a filter that is not there."""
        try:
            self.fetch(request)
        except (ValueError, OverflowError) as error:
            raise IncorrectLookupParameters(error) from error

    def fetch(self, request: HttpRequest) -> None:
        """Fetch them; beyond the last page those of the last one."""
        if self.page_num != 1:
            last = self.model_admin.get_paginator(request, self.queryset, self.list_per_page).num_pages
            tell_beyond(request, self.page_num, last)
            self.page_num = min(max(self.page_num, 1), last)
        super().get_results(request)
        if not self.query:  # nothing was searched for: no way back to all is offered
            self.full_result_count = self.result_count
