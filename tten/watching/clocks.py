"""Whether this machine's clock can be trusted: it is compared with the database's once a minute, and with itself all the time."""

import time

from django.conf import settings
from django.db import connection
from django.utils import timezone

MINUTE = 60  # seconds between two questions to the database


class Compared:
    """What this process knows: by how much the clock is ahead, and how far it stood from the counter that never jumps."""

    ahead = 0.0  # seconds
    offset = 0.0
    at = float("-inf")


def seconds_apart() -> float:
    """Seconds by which this machine's clock is ahead of the database's, asked now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return float((timezone.now() - cursor.fetchone()[0]).total_seconds())


def seconds_wrong() -> float:
    """Seconds by which the clock is ahead beyond what is allowed; 0 where it is right, or nobody wants to know."""
    limit = settings.WATCH["clock_seconds"]
    if not limit:
        return 0.0
    if time.monotonic() - Compared.at > MINUTE:
        Compared.ahead, Compared.offset, Compared.at = seconds_apart(), offset(), time.monotonic()
    ahead = Compared.ahead + offset() - Compared.offset
    return ahead if abs(ahead) > limit else 0.0


def offset() -> float:
    """How far the clock stands from the counter: the same for ever, unless somebody sets it."""
    return time.time() - time.monotonic()
