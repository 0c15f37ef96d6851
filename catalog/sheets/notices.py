"""News of a spreadsheet, for whoever has gone on to something else while a worker was at it."""

from collections.abc import Iterable
from typing import Any

from catalog.models import SheetImport
from notifications.kinds import Kind
from notifications.matters import MADE


def whoever_asked(sheet: SheetImport) -> Iterable[Any]:
    """Whoever has brought it in, published it or taken it back, whichever was last."""
    return (sheet.acts or sheet.by,)


SHEET_ENDED = Kind("sheet_ended", whoever_asked, by_mail=False, matter=MADE)
