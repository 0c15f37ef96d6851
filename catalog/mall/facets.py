"""Filters as chips: every choice of a list page is a link that keeps the others; works without script."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict


@dataclass(frozen=True)
class Option:
    """One chip."""

    words: str
    url: str
    active: bool


@dataclass(frozen=True)
class Facet:
    """One row of chips."""

    label: str
    options: list[Option]

    @property
    def chosen(self) -> Option | None:
        """The chip in force, if it narrows anything (the first one, 全部, does not)."""
        return next((option for option in self.options[1:] if option.active), None)


def address(query: QueryDict, changes: Mapping[str, Any]) -> str:
    """The page's address with some parameters changed, empty ones taken out, at its first page."""
    changed = query.copy()
    changed.pop("page", None)
    for name, value in changes.items():
        if value in ("", None):
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    return f"?{changed.urlencode()}"


def facet(query: QueryDict, name: str, label: str, choices: Iterable[tuple[object, str]], **also: Any) -> Facet:
    """A row of one parameter: 全部, then the choices; `also` are parameters that a click takes out or sets too."""
    now = query.get(name, "")
    pairs = [("", "全部"), *((str(value), words) for value, words in choices)]
    options = [Option(words, address(query, {name: value, **also}), now == value) for value, words in pairs]
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
