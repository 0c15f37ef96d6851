"""PostgreSQL as Django has it, on a line that refuses whoever may not read a replica. The name of the file is Django's."""

from typing import Any

from django.db import connection
from django.db.backends.postgresql import base

from ui.following import REPLICA
from ui.reading import Misread, reading


class DatabaseWrapper(base.DatabaseWrapper):
    """The line to the replica."""

    def create_cursor(self, name: str | None = None) -> Any:
        """Raise Misread where the primary is being written, or no page has said by name that it reads aside."""
        if connection.in_atomic_block:
            raise Misread("a transaction of the primary reads the primary: what it decides holds of its own rows")
        if reading() != REPLICA:
            raise Misread("only a page or an export that is marked for it reads the replica")
        return super().create_cursor(name)
