"""Which database a question without a name asks: the primary; of an object the one that it came from, in both directions."""

from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

from ui.following import REPLICA
from ui.reading import Misread

FROM = attrgetter("_state.db")  # of a lazy object, too, such as who asks


class Router:
    """Nothing moves to the replica by itself, and nothing that came from it is written."""

    def db_for_read(self, _model: type[Model], **hints: Any) -> str:
        """Where the object came from, else the primary."""
        return came_from(hints.get("instance"))

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """The primary; Misread where what would be written was read from the replica, and may be old."""
        if came_from(hints.get("instance")) == REPLICA:
            raise Misread(f"{model.__name__} was read from the replica: read it from the primary before it is written")
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **_hints: Any) -> bool:
        """Rows of the replica stand beside rows of the replica only."""
        return came_from(one) == came_from(other)

    def allow_migrate(self, db: str, _label: str, **_hints: Any) -> bool:
        """The replica gets its tables by its log."""
        return db != REPLICA


def came_from(row: Model | None) -> str:
    """The database of an object; the primary's of none, and of a new one."""
    found: str | None = FROM(row) if row is not None else None
    return found or DEFAULT_DB_ALIAS
