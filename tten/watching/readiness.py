"""All parts are looked at at most once in some seconds by a process, whoever asks however often; and since when each is wrong."""

import datetime as dt
import threading
import time
from collections.abc import Iterable
from contextlib import suppress

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from tten.watching.found import Found, Look, Part, State, verdict
from tten.watching.parts import PARTS
from tten.watching.room import remember

AWAY = (DatabaseError, RedisError, OperationalError, OSError)
KEY = "wrong-since:{}"


class Readiness:
    """What this process saw last. One thread looks; the others are told what is known, so that a silent part holds one alone."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """As a process that has just begun."""
        self.found: list[Found] = []
        self.at = 0.0
        self.at_work: Part | None = None

    def look(self) -> list[Found]:
        """Every part with what was seen of it, some seconds ago at most unless the look is held up by a part."""
        if time.monotonic() - self.at > settings.WATCH["fresh_seconds"] and self.lock.acquire(blocking=False):
            try:
                self.found, self.at = self.seen(), time.monotonic()
            finally:
                self.at_work = None
                self.lock.release()
        return self.told()

    def seen(self) -> list[Found]:
        """Look at each."""
        looks = []
        for part in PARTS:
            self.at_work = part
            looks.append((part, looked_at(part)))
        remember()
        since = wrong_since(part.name for part, look in looks if look.state == State.WRONG)
        return [Found(part, look, look.since or since.get(part.name)) for part, look in looks]

    def told(self) -> list[Found]:
        """What is known; a part that has not answered for several times the seconds counts as wrong."""
        part, late = self.at_work, time.monotonic() - self.at > 3 * settings.WATCH["fresh_seconds"]
        if part is None or not late:
            return self.found
        return [found for found in self.found if found.part != part] + [Found(part, verdict(False, "没有应答"))]


def looked_at(part: Part) -> Look:
    """What the part says of itself; one that is away says nothing."""
    try:
        return part.look()
    except AWAY as trouble:
        return verdict(False, f"不能使用（{type(trouble).__name__}）")


def wrong_since(names: Iterable[str]) -> dict[str, dt.datetime]:
    """Since when each of these is wrong; the others are forgotten. Empty where the cache is away."""
    keys = {KEY.format(name): name for name in names}
    since: dict[str, dt.datetime] = {}
    with suppress(RedisError):
        known = cache.get_many([KEY.format(part.name) for part in PARTS])
        if new := {key: timezone.now() for key in keys if key not in known}:
            cache.set_many(new, None)
        if gone := known.keys() - keys.keys():
            cache.delete_many(gone)
        since = {name: (known | new)[key] for key, name in keys.items()}
    return since


READINESS = Readiness()
