"""Long tables within a page that shows other things, too: one part of each at a time."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import template
from django.template import RequestContext

from ui.paging import part_of

if TYPE_CHECKING:
    from django.core.paginator import Page

register = template.Library()
FOR_ONCE = {"add", "edit", "at"}  # what opened or named a row: another part shows none of them


@register.simple_tag(takes_context=True, name="part_of")
def shown_part(
    context: RequestContext, rows: Sequence[object], name: str, at: int | None = None, size: int | None = None
) -> "Page[Any]":
    """The part of the rows that the address asks for by `name`, or the one that holds the row `at`."""
    return part_of(context.request, rows, name, at, size)


@register.simple_tag(takes_context=True)
def part_query(context: RequestContext, name: str, number: int) -> str:
    """The query of this page with another part of that table; the other tables stay where they are."""
    asked = context.request.GET.lists() if context.request.method == "GET" else []
    pairs = {key: values for key, values in asked if key not in {name, *FOR_ONCE}}
    return "?" + urlencode({**pairs, name: [number]}, doseq=True)
