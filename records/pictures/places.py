"""A place on a paper: which page, and a box on it in fractions of the page; as an address and back (ADR 0124)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from records.models import Document

TURN, FULL = 90, 360  # degrees
PLACES = 4  # figures behind the point
NUMBER = re.compile(r"[0-9]{1,6}")  # of a page, as it is read


class Box(NamedTuple):
    """A rectangle on a page, in fractions of its width and height, from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def __str__(self) -> str:
        return ",".join(f"{figure:.{PLACES}f}".rstrip("0").rstrip(".") for figure in self)


@dataclass(frozen=True)
class Place:
    """What of a paper is looked at: its page, a box on it, and by how many degrees it is turned, clockwise."""

    page: int = 1
    box: Box | None = None
    turn: int = 0

    def query(self) -> str:
        """The part of an address that leads to it; "" for the first page as it lies."""
        said = {"page": self.page if self.page > 1 else "", "box": self.box or "", "turn": self.turn or ""}
        return urlencode({name: str(value) for name, value in said.items() if value}, safe=",")


def address_of(paper: Document, page: int = 1, box: Box | None = None) -> str:
    """The address of a page of a paper, with a box on it marked: how the place of a fact is shown."""
    query = Place(page, box).query()
    return reverse("paper", args=[paper.pk]) + (f"?{query}" if query else "")


def place_in(query: Mapping[str, str]) -> Place:
    """The place that an address asks for; what cannot be read of it is as if it were not there."""
    page, turn = number_in(query.get("page", "")), number_in(query.get("turn", ""))
    return Place(max(1, page), box_in(query.get("box", "")), turn % FULL // TURN * TURN)


def number_in(text: str) -> int:
    """A whole number; 0 where it is none, or longer than any page has."""
    return int(text) if NUMBER.fullmatch(text) else 0


def box_in(text: str) -> Box | None:
    """A box that lies on the page and is not empty."""
    try:
        left, top, right, bottom = (float(figure) for figure in text.split(","))
    except ValueError:
        return None
    lies = all(map(isfinite, (left, top, right, bottom))) and 0 <= left < right <= 1 and 0 <= top < bottom <= 1
    return Box(left, top, right, bottom) if lies else None
