"""Many rows, one piece after the other, each asked for by itself: nothing stays open at the database between two pieces.

A cursor of the server would: behind a pooler the next piece may be asked of another server (ADR 0222), and a walk that reads
files in between would hold one for hours. tests/test_sessions.py refuses `iterator`.
"""

from collections.abc import Iterator
from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def walked(rows: QuerySet[M], size: int) -> Iterator[M]:
    """The rows by their keys, so many at a time."""
    ordered = rows.order_by("pk")
    piece = list(ordered[:size])
    while piece:
        yield from piece
        piece = list(ordered.filter(pk__gt=piece[-1].pk)[:size]) if len(piece) == size else []
