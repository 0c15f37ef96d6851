"""Lists of findings on a page: so many are told one by one, the rest as a number (look.md: no box without an end)."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from django import template

Thing = TypeVar("Thing")
register = template.Library()
MOST_TOLD = 20
WORST_FIRST = {tone: place for place, tone in enumerate(("bad", "warn", "todo", "ok"))}


@register.filter
def told(rows: Sequence[Thing]) -> list[Thing]:
    """The first of them; where checks are left out, what does not agree goes before what does."""
    if len(rows) > MOST_TOLD:
        return sorted(rows, key=gravity)[:MOST_TOLD]
    return list(rows)


def gravity(row: object) -> int:
    """The place of a check by its tone; other things stay in their order."""
    return WORST_FIRST.get(row["tone"], 0) if isinstance(row, Mapping) else 0


@register.filter
def untold(rows: Sequence[object]) -> str:
    """What is said of those that are left out; nothing where all are told."""
    return f"这里只列出前 {MOST_TOLD} 处，还有 {len(rows) - MOST_TOLD} 处。" if len(rows) > MOST_TOLD else ""
