"""News of a list that a worker writes, for whoever has asked for it."""

from collections.abc import Iterable
from typing import Any

from accounts.models import ListExport
from notifications.kinds import Kind
from notifications.matters import MADE


def whoever_asked(export: ListExport) -> Iterable[Any]:
    """Whoever has asked for it."""
    return (export.user,)


LIST_READY = Kind("list_ready", whoever_asked, by_mail=False, matter=MADE)
LIST_FAILED = Kind("list_failed", whoever_asked, by_mail=False, matter=MADE)
