"""How closely the replica follows, as this process knows it: by one small statement now and then, never two for a page."""

import time
from collections.abc import Callable

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

REPLICA = "replica"
LOOK_SECONDS = 0.5  # between two looks
OUT_SECONDS = 30  # for which a replica that failed is left alone
CATCH_UP_SECONDS = 2  # for which work waits for the replica
NEVER = float("-inf")
HERE = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint"  # behind every commit, flushed or not
THERE = (
    "SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint"  # NULL of a server that is no replica (any more)
)


def position_here() -> int:
    """Where the log of the primary stands: what is committed by now lies before."""
    return asked(DEFAULT_DB_ALIAS, HERE) or 0


def asked(alias: str, question: str) -> int | None:
    """The one figure that the question gives."""
    with connections[alias].cursor() as cursor:
        cursor.execute(question)
        found: int | None = cursor.fetchone()[0]
        return found


class Standing:
    """What is known of it. Threads share it without a lock: each figure is true by itself, the worst is a look too many.

    The primary is asked where it stands; a later look asks whether the replica has come so far. So the replica is known
    to hold everything up to a moment (`met`), by our clock alone, whoever has cut which line; what is older than the
    setting says is not shown.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.forget()

    def forget(self) -> None:
        """Nothing is known."""
        self.replayed, self.met, self.looked, self.out_until = 0, NEVER, NEVER, NEVER
        self.told: tuple[float, int] | None = None  # where the primary stood, and when; not met yet

    def serves(self, position: int = 0) -> bool:
        """Whether a page may read the replica whose reader has written up to this position of the log."""
        now = self.clock()
        if now < self.out_until:
            return False
        try:
            if position > self.replayed or now - self.looked >= LOOK_SECONDS:
                self.look(now, position)
        except DatabaseError:
            self.leave_out()
            return False
        return position <= self.replayed and now - self.met <= settings.REPLICA["lag_seconds"]

    def look(self, now: float, position: int) -> None:
        """Ask one of the two: the replica while something is to be met, else the primary."""
        self.looked = now
        if self.told or position > self.replayed:
            self.follow()
        else:
            self.told = now, position_here()

    def follow(self) -> None:
        """Ask the replica how far it is; DatabaseError where it follows nobody."""
        found = asked(REPLICA, THERE)
        if found is None:
            raise DatabaseError("no replica")
        self.replayed = found
        if self.told and found >= self.told[1]:
            self.met, self.told = self.told[0], None

    def catches_up(self) -> bool:
        """Whether the replica has everything that is committed now, or will in a moment."""
        now = until = self.clock()
        if now < self.out_until:
            return False
        until += CATCH_UP_SECONDS
        try:
            position = position_here()
            while self.behind(position) and self.clock() < until:
                time.sleep(LOOK_SECONDS / 5)
        except DatabaseError:
            self.leave_out()
            return False
        return position <= self.replayed

    def behind(self, position: int) -> bool:
        """Whether the replica lacks something before this position, asked now."""
        self.follow()
        return self.replayed < position

    def leave_out(self) -> None:
        """The replica has failed: for a while nobody asks it, then the next page tries."""
        self.forget()
        self.out_until = self.clock() + OUT_SECONDS
        connections[REPLICA].close()


STANDING = Standing()
