"""A drill: the portal is backed up as it runs, restored to a moment into a fresh cluster, proved, and thrown away."""

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from psycopg2.extensions import connection

from backups import cipher, source
from backups.lines import line_to
from backups.making import Made, make, now
from backups.places import Places, elsewhere
from backups.refusals import Refused
from backups.restoring import Restored, restore
from backups.retention import Plan
from backups.stream import stream

SLOT = "tten_drill"
BETWEEN = 3.0  # seconds from the end of the backup to the moment that is restored
PATIENCE = 120.0  # seconds until the log must have come so far
KEEP = Plan(days=1, weeks=0, months=0)
LINES = ("records_event", "vouchers_ledgerentry", "reviews_opinion")
KEYS = "SELECT id FROM {table} WHERE at <= %s ORDER BY id"
PIECE = 20_000  # keys that are fetched at once
Keys = dict[str, int]  # table → a bit for each key that it has
Audit = Callable[[str, Path], list[str]]


@dataclass
class Drilled:
    """What came of it."""

    made: Made
    restored: Restored
    moment: dt.datetime
    backup_seconds: float
    behind_seconds: float  # the most by which the kept log lagged: what would have been lost
    lines: int = 0  # of trail, ledger and opinions up to the moment, in the portal
    lost: int = 0  # of these, not in what was restored
    findings: list[str] = field(default_factory=list)


class Watched:
    """How far the log was kept, as the drill goes on."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self.until: dt.datetime | None = None
        self.most = 0.0

    def told(self, moment: dt.datetime) -> None:
        """All until then is kept."""
        if self.until:
            self.most = max(self.most, (now() - self.until).total_seconds())
        self.until = moment

    def wait(self, moment: dt.datetime) -> None:
        """Until all up to the moment is kept."""
        ends = time.monotonic() + PATIENCE
        while self.until is None or self.until <= moment:
            if time.monotonic() > ends:
                raise Refused("演练中数据库日志一直没有跟上：请检查复制权限和 pg_hba.conf。")
            time.sleep(0.1)


@contextmanager
def log_kept(own: Places, every: float) -> Iterator[Watched]:
    """The log is kept while inside; the server forgets it afterwards."""
    watched, ends = Watched(), threading.Event()
    thread = threading.Thread(target=stream, args=(own, ends, watched.told, every))
    thread.start()
    try:
        yield watched
    finally:
        ends.set()
        thread.join()
        source.drop_slot(own)


def drill(portal: Places, folder: Path, audit: Audit, *, every: float = 10) -> Drilled:
    """Carry one out in an empty folder. every: seconds between two rounds of the log."""
    own = replace(elsewhere(portal, folder, SLOT), key_file=folder / "key")
    cipher.make_key(own.key_file)
    with log_kept(own, every) as watched:
        began = time.monotonic()
        made = make(own, keep=KEEP)
        spent = time.monotonic() - began
        time.sleep(BETWEEN)
        moment = now()
        watched.wait(moment)
    media, lines = folder / "media", keys_of(own.database_url, moment)
    found: list[Keys] = []

    def asked(url: str) -> list[str]:
        found.append(keys_of(url, moment))
        return audit(url, media)

    restored = restore(own, folder / "data", media, moment=moment, asked=asked)
    lost = sum((keys & ~found[0][table]).bit_count() for table, keys in lines.items())
    count = sum(keys.bit_count() for keys in lines.values())
    return Drilled(made, restored, moment, spent, watched.most, count, lost, restored.findings)


def keys_of(url: str, moment: dt.datetime) -> Keys:
    """The keys of all that was written until the moment and is only added."""
    with line_to(url) as line:
        return {table: bits_of(line, KEYS.format(table=table), moment) for table in LINES}


def bits_of(line: connection, question: str, moment: dt.datetime) -> int:
    """A bit for each key, so that millions are compared in a megabyte; the question gives them in their order."""
    bits = bytearray()
    with line.cursor("keys") as cursor:  # the server gives them piece by piece
        cursor.itersize = PIECE
        cursor.execute(question, [moment])
        for (key,) in cursor:
            bits.extend(bytes(max((key >> 3) + 1 - len(bits), 0)))
            bits[key >> 3] |= 1 << (key & 7)
    return int.from_bytes(bits, "little")
