"""News of the copy of one's own data, which a worker makes."""

from collections.abc import Iterable
from typing import Any

from accounts.models import DataExport
from notifications.kinds import Kind
from notifications.matters import MADE


def whoever_asked(export: DataExport) -> Iterable[Any]:
    """Whose data they are."""
    return (export.user,)


COPY_READY = Kind("copy_ready", whoever_asked, by_mail=False, matter=MADE)
COPY_FAILED = Kind("copy_failed", whoever_asked, by_mail=False, matter=MADE)
