"""Filters as chips: every choice of a list page is a link that keeps the others; works without script."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from ui.deep import PLACES
from ui.paging import MOST


@dataclass(frozen=True)
class Option:
    """One chip."""

    words: str
    url: str
    active: bool
    many: str = ""  # how many there are; "" where that would have to be counted row by row


@dataclass(frozen=True)
class Facet:
    """One row of chips."""

    label: str
    options: list[Option]

    @property
    def chosen(self) -> Option | None:
        """The chip in force, if it narrows anything (the first one, 全部, does not)."""
        return next((option for option in self.options[1:] if option.active), None)

    def counted(self, numbers: Sequence[int | None]) -> "Facet":
        """The row with these numbers beside its choices."""
        told = ["" if number is None else f"{MOST}+" if number > MOST else str(number) for number in numbers]
        rest = [replace(option, many=many) for option, many in zip(self.options[1:], told, strict=True)]
        return replace(self, options=[self.options[0], *rest])


def address(query: QueryDict, changes: Mapping[str, Any]) -> str:
    """The page's address with some parameters changed, empty ones taken out, at its first page."""
    return with_more(without(query, changes), changes)


def without(query: QueryDict, names: Iterable[str]) -> str:
    """The page's address without these parameters, at its first page."""
    gone = {*PLACES, *names}
    return "?" + urlencode([(name, value) for name, values in query.lists() if name not in gone for value in values])


def with_more(url: str, changes: Mapping[str, Any]) -> str:
    """An address that ends in its parameters, with some more; empty ones are left out."""
    more = "&".join(parameter(name, str(value)) for name, value in changes.items() if value not in {"", None})
    return f"{url}&{more}" if more and url[-1] != "?" else url + more


@lru_cache(maxsize=2000)
def parameter(name: str, value: str) -> str:
    """One parameter of an address; a page writes the same few dozen ones each time."""
    return urlencode([(name, value)])


def facet(
    query: QueryDict, name: str, label: str, choices: Iterable[tuple[object, str]], *, first: str = "全部", **also: Any
) -> Facet:
    """A row of one parameter: 全部, then the choices; `also` are parameters that a click takes out or sets too.

    first: what the first one is called instead.
    """
    now, url = query.get(name, ""), without(query, {name, *also})
    pairs = [("", first), *((str(value), words) for value, words in choices)]
    options = [Option(words, with_more(url, {name: value, **also}), now == value) for value, words in pairs]
    return Facet(label, options)


def range_facet(query: QueryDict, names: tuple[str, str], label: str, ranges: Iterable[tuple[str, str, str]]) -> Facet:
    """A row of two parameters, from and to: (from, to, words)."""
    now = tuple(query.get(name, "") for name in names)
    options = [
        Option(words, address(query, dict(zip(names, ends, strict=True))), now == ends)
        for *pair, words in [("", "", "全部"), *ranges]
        for ends in [tuple(pair)]
    ]
    return Facet(label, options)


def chips(query: QueryDict, facets: Iterable[Facet], typed: Mapping[str, tuple[str, str]]) -> list[Option]:
    """What is in force, each with the address without it; typed: {parameter: (label, words)} of what has no row."""
    found = [
        Option(f"{label}：{words}", address(query, {name: ""}), active=True)
        for name, (label, words) in typed.items()
        if words
    ]
    chosen = [(row, row.chosen) for row in facets]
    found += [
        Option(f"{row.label}：{option.words}", row.options[0].url, active=True) for row, option in chosen if option
    ]
    return found
