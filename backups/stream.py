"""The log as it arrives: pg_receivewal writes it here within moments, every few seconds it is encrypted into the backups.

What can be lost is what came behind the last round: EVERY seconds and the round itself. Papers that have come go along,
so that no row is brought back without its paper. Until when all is kept stands in stream.json.
"""

import datetime as dt
import json
import logging
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from backups import cipher, papers, programs, source
from backups.cipher import Key
from backups.papers import Known
from backups.places import Places, alone
from backups.programs import Address
from backups.refusals import Refused

logger = logging.getLogger(__name__)
EVERY = 10  # seconds between two rounds
SEGMENT, PARTIAL = 24, ".partial"  # signs of a segment's name; what the one that is being filled is called
RESTS = 5  # times as long as listing a bucket took, it is not listed again
STAYS = 2  # segments that stay where they arrived: pg_receivewal goes on behind the last
WORDS = ("--synchronous", "--status-interval=1")


@dataclass
class Stream:
    """One log being kept."""

    own: Places
    key: Key
    known: Known
    told: Callable[[dt.datetime], None] = lambda _moment: None  # of every moment until which all is kept
    seen: dict[str, int] = field(default_factory=dict)  # partial segment → when it was last written
    before: source.Reached | None = None  # what the round before has seen
    rests_until: float = 0.0

    def round(self) -> None:
        """Keep what has arrived: segments, the one that is being filled, papers; then say until when."""
        try:
            reached = source.reached(self.own)
        finally:  # of a database that is gone, too, all is kept that has arrived
            self.keep_segments()
        if self.keep_papers() and self.before and reached.received >= self.before.written:
            note_until(self.own, self.before.at)  # it was on our disk before this round read it
            self.told(self.before.at)
        self.before = reached

    def keep_papers(self) -> bool:
        """Copy what has come; False while a bucket rests from being listed, and then nobody says until when all is kept."""
        began = time.monotonic()
        if began < self.rests_until:
            return False
        _, copied = papers.copy(self.own, self.key, self.known)
        papers.note_copied(self.own, self.key, copied, dt.datetime.now(dt.UTC))
        if self.own.store is not None:
            self.rests_until = time.monotonic() + RESTS * (time.monotonic() - began)
        return True

    def keep_segments(self) -> None:
        """Encrypt what has come since, and let go here what is kept there.

        First the segment that is being filled: if it becomes whole meanwhile, it is found among the whole ones.
        """
        for path in self.own.incoming.glob(f"*{PARTIAL}"):
            self.keep_partial(path)
        whole = sorted(path for path in self.own.incoming.iterdir() if is_whole(path.name))
        for path in whole:
            if not (self.own.wal / path.name).exists():
                cipher.encrypt(BytesIO(path.read_bytes()), self.own.wal / path.name, self.key, path.name)
            (self.own.wal / f"{path.name}{PARTIAL}").unlink(missing_ok=True)
        for path in [path for path in whole if len(path.name) == SEGMENT][:-STAYS]:
            path.unlink()

    def keep_partial(self, path: Path) -> None:
        """Encrypt the segment that is being filled, if anything was written to it since."""
        try:
            written, content = path.stat().st_mtime_ns, path.read_bytes().rstrip(b"\0")
        except FileNotFoundError:  # it has just become whole
            return
        if self.seen.get(path.name) != written:
            cipher.encrypt(BytesIO(content), self.own.wal / path.name, self.key, path.name)
            self.seen = {path.name: written}


def is_whole(name: str) -> bool:
    """Whether the file is a segment that is full, or the history of a timeline."""
    return len(name) == SEGMENT or name.endswith(".history")


def note_until(own: Places, moment: dt.datetime) -> None:
    """Say that every commit until then is kept."""
    beside = own.stream_note.with_suffix(".new")
    beside.write_text(json.dumps({"until": moment.astimezone(dt.UTC).isoformat()}))
    beside.replace(own.stream_note)


def kept_until(own: Places) -> dt.datetime | None:
    """Until when every commit is kept; None where no log has been kept yet."""
    try:
        return dt.datetime.fromisoformat(json.loads(own.stream_note.read_text())["until"])
    except FileNotFoundError:
        return None


def stream(own: Places, ends: threading.Event, told: Callable[[dt.datetime], None], every: float = EVERY) -> None:
    """Keep the log until `ends` is set; Refused where another one keeps it, or the first round fails."""
    key = cipher.read_key(own.key_file)
    own.prepare()
    with alone(own.incoming, "stream"):
        receiver = Receiver(own)
        own_stream = Stream(own, key, papers.known_papers(own, key), told)
        try:
            receiver.begin()
            while not ends.is_set():
                attempt(own_stream.round)
                ends.wait(every)
                receiver.look()
            attempt(own_stream.round)
        finally:
            receiver.end()


def attempt(one_round: Callable[[], None]) -> None:
    """A round; where the database is away or the disk full, the next one does it, and `until` stands still meanwhile."""
    try:
        one_round()
    except (Refused, OSError) as trouble:
        logger.warning("this round kept nothing: %s", trouble)


class Receiver:
    """pg_receivewal, begun again where it ends."""

    def __init__(self, own: Places) -> None:
        """Nothing runs yet."""
        major = source.facts(own).major
        self.program = programs.folder(own.programs, major) / "pg_receivewal"
        self.own = own
        self.process: subprocess.Popen[bytes] | None = None
        self.environment = programs.environment(Address(own.database_url))

    def begin(self) -> None:
        """Make the slot, so that the server waits for us, and start."""
        programs.run(self.program, "--create-slot", "--if-not-exists", "--slot", self.own.slot, env=self.environment)
        self.start()

    def start(self) -> None:
        """Let it run; it goes on where the last segment ends."""
        words: list[str | Path] = [self.program, "-D", self.own.incoming, "--slot", self.own.slot, *WORDS]
        self.process = subprocess.Popen(words, env=self.environment, stdin=subprocess.DEVNULL)

    def look(self) -> None:
        """Start it again where it has ended."""
        if self.process and self.process.poll() is not None:
            self.start()

    def end(self) -> None:
        """Let it end, with what it has received on disk."""
        if self.process:
            self.process.terminate()
            self.process.wait()


def behind(until: dt.datetime | None) -> float:
    """Seconds that would be lost now."""
    return time.time() - until.timestamp() if until else float("inf")
