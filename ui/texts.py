"""How long a text is: one count for the browser and the server. static/js/count.js counts the same. And when it was saved."""

import datetime as dt

from django.utils import timezone

EDGES = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + "\ufeff"


def as_counted(text: str) -> str:
    """The text as it is counted and kept: a line break is one character (browsers send two), blanks around it are none."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip(EDGES)


def said_at(moment: dt.datetime) -> str:
    """When something was saved, in the site's time zone: 14:02 today, 11-24 14:02 before, 2025-11-24 14:02 in another year."""
    at, now = timezone.localtime(moment), timezone.localtime()
    day = "" if at.date() == now.date() else f"{at:%m-%d} " if at.year == now.year else f"{at:%Y-%m-%d} "
    return f"{day}{at:%H:%M}"
