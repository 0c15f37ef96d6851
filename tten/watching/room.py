"""For how many days the disk still has room: each day what is free is remembered for a month, and the line is drawn on."""

import datetime as dt
from contextlib import suppress

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from tten.watching.grounds import free_bytes

KEY = "disk-free:{}"
MONTH = 30  # days
LEAST_DAYS = 3  # of which something must be known before anything is said


def remember() -> None:
    """Keep what is free today, once a day."""
    with suppress(RedisError):
        cache.add(KEY.format(timezone.localdate()), free_bytes(), (MONTH + 1) * 24 * 3600)


def days_left() -> dict[str, int | None]:
    """By place, the days after which it is full; None where nothing is known yet, or nothing grows."""
    return {place: left(free, place, remembered()) for place, free in free_bytes().items()}


def left(free: int, place: str, before: dict[int, dict[str, int]]) -> int | None:
    """before: how many days ago → what was free by place."""
    ago = max((days for days, places in before.items() if place in places), default=0)
    taken = before[ago][place] - free if ago >= LEAST_DAYS else 0
    return free * ago // taken if taken > 0 else None


def remembered() -> dict[int, dict[str, int]]:
    """What was free on each day of the last month that is known."""
    today, known = timezone.localdate(), {}
    keys = {KEY.format(today - dt.timedelta(days=days)): days for days in range(1, MONTH + 1)}
    with suppress(RedisError):
        known = cache.get_many(keys)
    return {keys[key]: places for key, places in known.items()}
