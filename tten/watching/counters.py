"""How many requests, of which outcome, how long: numbers in a file that all processes of the web server share (ADR 0180).

A lock of the file keeps processes apart, one of this process its threads; no number is lost, none belongs to a process that is gone.
"""

import fcntl
import logging
import mmap
import os
import struct
import threading
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

logger = logging.getLogger(__name__)
BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
OUTCOMES = ("1xx", "2xx", "3xx", "4xx", "5xx")
WIDTH = len(BOUNDS) + 2  # of an outcome: a number for each bound, one beyond, and the sum of seconds
SIZE = len(OUTCOMES) * WIDTH * 8  # bytes


class Counters:
    """The numbers of one file; where it cannot be written, nothing is counted."""

    def __init__(self, path: Path) -> None:
        """path: in a folder that all processes write to."""
        self.path, self.lock = path, threading.Lock()
        self.memory: mmap.mmap | None = None
        self.file, self.owner = -1, 0

    def add(self, status: int, seconds: float) -> None:
        """One more request."""
        first = (status // 100 - 1) * WIDTH
        place = next((place for place, bound in enumerate(BOUNDS) if seconds <= bound), len(BOUNDS))
        with self.lock:
            memory = self.opened()
            if memory is None or not 0 <= first < len(OUTCOMES) * WIDTH:
                return
            fcntl.lockf(self.file, fcntl.LOCK_EX)
            try:
                for slot, more in ((first + place, 1.0), (first + WIDTH - 1, seconds)):
                    (number,) = struct.unpack_from("d", memory, slot * 8)
                    struct.pack_into("d", memory, slot * 8, number + more)
            finally:
                fcntl.lockf(self.file, fcntl.LOCK_UN)

    def opened(self) -> mmap.mmap | None:
        """The file in memory, opened once by each process."""
        if self.owner != os.getpid():
            self.owner, self.memory = os.getpid(), None
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o640)
                if os.fstat(self.file).st_size != SIZE:
                    os.ftruncate(self.file, SIZE)
                self.memory = mmap.mmap(self.file, SIZE)
            except OSError as trouble:
                logger.warning("requests are not counted: %s", trouble)
        return self.memory

    def told(self) -> Iterator[tuple[str, list[tuple[str, float]], float]]:
        """By outcome: [(bound, how many took no longer)], and the sum of seconds."""
        with self.lock:
            memory = self.opened()
            numbers = struct.unpack(f"{SIZE // 8}d", memory[:SIZE]) if memory else (0.0,) * (SIZE // 8)
        for place, outcome in enumerate(OUTCOMES):
            row = numbers[place * WIDTH : (place + 1) * WIDTH]
            bounds = [*map(str, BOUNDS), "+Inf"]
            yield outcome, list(zip(bounds, accumulate(row[:-1]), strict=True)), row[-1]
