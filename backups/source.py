"""What is asked of the database that is backed up: how large it is, its version, its clock, how far the log has come."""

import contextlib
import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass

from psycopg2 import extensions

from backups.lines import line_to
from backups.places import Places
from backups.refusals import Refused

LOG_BEHIND = 512 << 20  # bytes of log that a backup may bring along
FACTS = """
SELECT current_setting('server_version_num')::int / 10000, (SELECT sum(pg_database_size(oid)) FROM pg_database)::bigint,
       current_setting('wal_level')
"""
REACHED = """
SELECT clock_timestamp(), pg_current_wal_flush_lsn() - '0/0',
       (SELECT restart_lsn - '0/0' FROM pg_replication_slots WHERE slot_name = %s)
"""
HOLD = "SELECT pg_create_physical_replication_slot(%s, true, true)"
DROP = "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = %s AND NOT active"
THERE = "SELECT FROM pg_replication_slots WHERE slot_name = %s"
TRIES, PAUSE = 300, 0.1  # seconds between two tries to drop a slot


@dataclass(frozen=True)
class Facts:
    """Of the server."""

    major: int
    size: int  # bytes of all databases


@dataclass(frozen=True)
class Reached:
    """How far the log has come, by the server's clock."""

    at: dt.datetime
    written: int  # place in the log up to which commits are on the server's disk
    received: int  # and up to which they are on ours


@contextlib.contextmanager
def asking(own: Places) -> Iterator[extensions.cursor]:
    """A cursor of the account that backs up; Refused where the database does not answer."""
    with line_to(own.database_url) as line:
        line.autocommit = True
        with line.cursor() as cursor:
            yield cursor


def facts(own: Places) -> Facts:
    """Version and size; Refused where the server writes too little log."""
    with asking(own) as cursor:
        cursor.execute(FACTS)
        major, size, level = cursor.fetchone() or (0, 0, "")
    if level == "minimal":
        raise Refused("数据库的 wal_level 是 minimal，不能备份：请改为 replica 并重新启动 PostgreSQL。")
    return Facts(major, size + LOG_BEHIND)


@contextlib.contextmanager
def log_held(own: Places) -> Iterator[None]:
    """While inside, the server throws no log away that this backup brings along at its end."""
    with asking(own) as cursor:
        cursor.execute(HOLD, [f"{own.slot}_base"])
        yield


def reached(own: Places) -> Reached:
    """Where the log stands now, here and there."""
    with asking(own) as cursor:
        cursor.execute(REACHED, [own.slot])
        ((at, written, received),) = cursor.fetchall()
    return Reached(at, int(written), int(received or 0))


def drop_slot(own: Places) -> None:
    """Let the server throw away what the slot has held; it notices only after a moment that nobody asks any more."""
    with asking(own) as cursor:
        for _ in range(TRIES):
            cursor.execute(DROP, [own.slot])
            cursor.execute(THERE, [own.slot])
            if not cursor.fetchall():
                return
            time.sleep(PAUSE)
