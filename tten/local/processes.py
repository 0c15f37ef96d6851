"""Processes known by a pid file of our own, so that a killed command's leftovers are found by the next one."""

import atexit
import contextlib
import os
import signal
import subprocess
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tten.local.say import LocalError

try:
    import fcntl
except ImportError:  # no file locks: two commands at the same instant are then not kept apart
    fcntl = None  # type: ignore[assignment]

Command = list[str | Path]
PAUSE = 0.05  # seconds between two looks
_started: dict[int, subprocess.Popen[bytes]] = {}  # our own children, kept so that they can be reaped


@atexit.register
def _leave() -> None:
    """Those that outlive us do so on purpose: Python is not to warn of them."""
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):
        _started.clear()


@dataclass(frozen=True)
class Daemon:
    """One process that may outlive us: `<name>.pid` and `<name>.log` in its folder."""

    name: str
    folder: Path
    options: Mapping[str, Any] = field(default_factory=dict)  # for Popen: user, group, cwd, env

    @property
    def pid_file(self) -> Path:
        """Holds pid and start mark of the process."""
        return self.folder / f"{self.name}.pid"

    @property
    def log(self) -> Path:
        """Its output, of this and earlier lives."""
        return self.folder / f"{self.name}.log"

    def pid(self) -> int | None:
        """Return the pid while the very process that we started lives; a reused number does not count."""
        try:
            number, mark = self.pid_file.read_text().split()
        except (OSError, ValueError):
            return None
        pid = int(number)
        if pid in _started:
            _started[pid].poll()
        return pid if mark == start_mark(pid) else None

    def start(self, command: Command, *, feed: bytes = b"") -> None:
        """Start the command in a session of its own, so that Ctrl-C reaches only us; feed is its standard input."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE if feed else subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **self.options,
            )
        _started[process.pid] = process
        self.pid_file.write_text(f"{process.pid} {start_mark(process.pid)}")
        if process.stdin:
            with contextlib.suppress(BrokenPipeError), process.stdin:
                process.stdin.write(feed)

    def stop(self, how: signal.Signals = signal.SIGTERM, *, patience: float = 30) -> None:
        """Ask the process to end; after that many seconds kill it and its group."""
        pid = self.pid()
        if pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)
            if not wait_until(lambda: self.pid() is None, patience):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGKILL)
                wait_until(lambda: self.pid() is None, patience)
        self.pid_file.unlink(missing_ok=True)

    def bring_up(self, start: Callable[[], None], is_ready: Callable[[], bool], *, patience: float = 60) -> None:
        """Start unless it lives, and wait until it answers.

        It is started again when it ends at once: after a kill -9 PostgreSQL refuses while its old children still go.
        """
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if self.pid() is None:
                start()
                time.sleep(PAUSE)
            elif is_ready():
                return
            else:
                time.sleep(PAUSE)
        raise LocalError(f"{self.name} 没有启动 / did not start; {self.log}:\n{tail(self.log)}")


def claim(daemon: Daemon) -> None:
    """Write ourselves down as this process."""
    daemon.pid_file.write_text(f"{os.getpid()} {start_mark(os.getpid())}")


def start_mark(pid: int) -> str:
    """Return what tells this process from a later one with the same number; "" for none and for a zombie."""
    try:
        facts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if facts[0] in "ZX" else facts[19]


def wait_until(condition: Callable[[], bool], patience: float) -> bool:
    """Look until the condition holds or that many seconds are over; return whether it holds."""
    deadline = time.monotonic() + patience
    while not (held := condition()) and time.monotonic() < deadline:
        time.sleep(PAUSE)
    return held


def tail(log: Path, lines: int = 12) -> str:
    """Return the last lines of a log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Only one command at a time passes for this folder; the others wait."""
    with (folder / "lock").open("w") as lock:
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
