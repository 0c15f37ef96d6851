"""What the rooms above say of a paper, shown beside its page: each names a function, and nothing here knows what it is about."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from records.models import Document


@dataclass(frozen=True)
class Line:
    """One thing that is said; url leads to where it stands on the paper, "" where that is not known."""

    label: str
    value: str
    words: str = ""
    tone: str = "todo"  # as components/checks.html has them: ok, warn, bad, todo
    url: str = ""


@dataclass(frozen=True)
class Beside:
    """A table beside the page: what it is called, a sentence, and lines."""

    title: str
    words: str
    lines: list[Line] = field(default_factory=list)


SAYING: list[Callable[[Document], Beside | None]] = []


def when_looked_at(function: Callable[[Document], Beside | None]) -> Callable[[Document], Beside | None]:
    """Name what says something of a paper that is looked at."""
    SAYING.append(function)
    return function


def said_of(paper: Document) -> Iterator[Beside]:
    """Everything that is said of it."""
    yield from (said for function in SAYING if (said := function(paper)))
