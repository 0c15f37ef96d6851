"""A drill: the portal is backed up as it runs, restored to a moment into a fresh cluster, proved, and thrown away."""

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

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
KEYS = "SELECT id FROM {table} WHERE at <= %s"
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
    found: list[set[tuple[str, int]]] = []

    def asked(url: str) -> list[str]:
        found.append(keys_of(url, moment))
        return audit(url, media)

    restored = restore(own, folder / "data", media, moment=moment, asked=asked)
    lost = len(lines - found[0])
    return Drilled(made, restored, moment, spent, watched.most, len(lines), lost, restored.findings)


def keys_of(url: str, moment: dt.datetime) -> set[tuple[str, int]]:
    """(table, key) of all that was written until the moment and is only added."""
    keys = set()
    with line_to(url) as line, line.cursor() as cursor:
        for table in LINES:
            cursor.execute(KEYS.format(table=table), [moment])
            keys |= {(table, pk) for (pk,) in cursor.fetchall()}
    return keys
