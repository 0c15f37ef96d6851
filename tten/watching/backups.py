"""When the portal was last backed up: whatever makes backups says so here, and is asked by nobody else."""

import datetime as dt
from collections.abc import Callable

from backups.standing import last_backup

SOURCES: list[Callable[[], dt.datetime | None]] = [
    lambda: last_backup().made_at
]  # each: the moment of its latest checked backup, or None


def latest() -> dt.datetime | None:
    """The latest of all; None while nothing makes backups, or none was made."""
    return max((moment for source in SOURCES if (moment := source())), default=None)
