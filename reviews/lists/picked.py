"""Which rows of a list are ticked, as its address says it: what was chosen stays chosen where it cannot be done."""

import re
from collections.abc import Sequence

from django.http import QueryDict

PICKED = "picked"
MOST_PICKED = 100  # rows; a page has fewer
KEYS = re.compile(r"[0-9]{1,18}(\.[0-9]{1,18}){0,99}")


def picked_as(keys: Sequence[str]) -> str:
    """The part of the address; "" where nothing that is a key is ticked."""
    said = ".".join(keys[:MOST_PICKED])
    return said if KEYS.fullmatch(said) else ""


def picked_in(query: QueryDict) -> frozenset[int]:
    """The keys of the turns that are ticked."""
    said = query.get(PICKED, "")
    return frozenset(map(int, said.split("."))) if KEYS.fullmatch(said) else frozenset()
