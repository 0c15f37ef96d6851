"""CPU time of processes and all that they have started, to the nanosecond; of what has ended, to the clock tick."""

import contextlib
import os
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")  # a second


def seconds_of(roots: Iterable[int]) -> float:
    """CPU seconds so far of these processes, of those below them, and of the ended children of each.

    A parallel worker of PostgreSQL is a child of the postmaster, which keeps its time once it has ended.
    """
    roots = tuple(roots)
    while True:
        with contextlib.suppress(ProcessLookupError):  # one has ended since it was listed: its parent has its time now
            return _seconds_now(roots)


def _seconds_now(roots: Iterable[int]) -> float:
    children, ended = _processes()
    found, left = 0.0, [pid for pid in roots if pid in ended]
    while left:
        pid = left.pop()
        found += _own(pid) + ended[pid] / TICK
        left += children[pid]
    return found


def below(roots: Iterable[int]) -> set[int]:
    """These processes and all that they have started, whether those have started others or not."""
    children, found, left = _processes()[0], set[int](), list(roots)
    while left:
        pid = left.pop()
        found.add(pid)
        left += children[pid]
    return found


def _processes() -> tuple[dict[int, list[int]], dict[int, int]]:
    """Who is whose child, and the ticks of the ended children of each."""
    children: dict[int, list[int]] = defaultdict(list)
    ended = {}
    for facts in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, _, rest = facts.read_text().partition(" (")
        except OSError:  # it has just ended
            continue
        fields = rest.rpartition(")")[2].split()
        children[int(fields[1])].append(int(pid))
        ended[int(pid)] = int(fields[13]) + int(fields[14])
    return children, ended


def _own(pid: int) -> float:
    """CPU seconds of a process and all its threads, from its own clock (clock_getcpuclockid(3))."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError as gone:
        raise ProcessLookupError(pid) from gone
