"""What is looked at, and what a look comes to."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a part stands."""

    OK = "ok"
    WRONG = "wrong"
    UNKNOWN = "unknown"  # not set up, or nothing is known of it yet


@dataclass(frozen=True)
class Look:
    """What one look saw; since: where the part itself tells since when it has been so."""

    state: State
    fact: str
    since: dt.datetime | None = None


@dataclass(frozen=True)
class Part:
    """Something that the portal stands on. name: what probes read; remedy: what to do where it is wrong."""

    name: str
    title: str
    look: Callable[[], Look]
    remedy: str


@dataclass(frozen=True)
class Found:
    """A part with what was seen of it."""

    part: Part
    look: Look
    since: dt.datetime | None = None

    @property
    def is_wrong(self) -> bool:
        """Whether something is to be done."""
        return self.look.state == State.WRONG

    @property
    def is_known(self) -> bool:
        """Whether it was seen at all."""
        return self.look.state != State.UNKNOWN


def verdict(holds: bool, fact: str, since: dt.datetime | None = None) -> Look:
    """Right or wrong, with what was seen."""
    return Look(State.OK if holds else State.WRONG, fact, since)
