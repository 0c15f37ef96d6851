"""The portal's side of the process that draws: starts it, gives it jobs, and starts it anew where it has died."""

import atexit
import json
import subprocess
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypedDict

from django.conf import settings

COMMAND = (sys.executable, "-X", "utf8", "-m", "records.pictures.child")


class Told(TypedDict, total=False):
    """One line of the child: how many pages there are, which is begun, made, or made from near or of a size, how the job ended."""

    pages: int
    begin: int
    page: int
    width: int
    height: int
    zoom: int
    table: bool
    size: str
    word: str
    end: int
    cpu: float
    most: int


KILLED: Told = {"end": -1, "cpu": 0.0, "most": 0}


class Drawer:
    """One process that draws; it does one job at a time."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def draw(self, paper: Path, kind: str, pages: Sequence[int]) -> Generator[Told, None, None]:
        """What the child tells of these pages as it makes them, beside the paper; the last one is {"end": …}.

        To be closed by whoever does not read to the end: the rest would be taken for the next job's.
        """
        told: Told = {}
        try:
            jobs, answers = self._lines()
            jobs.write(json.dumps({"paper": str(paper), "kind": kind, "pages": list(pages)}).encode() + b"\n")
            jobs.flush()
            while "end" not in told and (line := answers.readline()):
                told = json.loads(line)
                yield told
        except BrokenPipeError:
            told = {}
        finally:
            if "end" not in told:
                self.close()
        if "end" not in told:  # it has died itself
            yield KILLED

    def _lines(self) -> tuple[IO[bytes], IO[bytes]]:
        """Where jobs go in and answers come out, of a process that lives."""
        if self.process is None or self.process.poll() is not None:
            self.close()
            pipe = subprocess.PIPE
            # no secret of the portal is in its environment
            self.process = subprocess.Popen(COMMAND, stdin=pipe, stdout=pipe, cwd=settings.BASE_DIR, env={})
        jobs, answers = self.process.stdin, self.process.stdout
        if jobs is None or answers is None:
            raise BrokenPipeError
        return jobs, answers

    def close(self) -> None:
        """End the process, where there is one."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.communicate()


_idle: list[Drawer] = []


@contextmanager
def a_drawer() -> Iterator[Drawer]:
    """A drawer that nobody else uses meanwhile; afterwards it waits for the next job."""
    try:
        drawer = _idle.pop()
    except IndexError:
        drawer = Drawer()
    try:
        yield drawer
    finally:
        _idle.append(drawer)


@atexit.register
def close_all() -> None:
    """End all that wait."""
    while _idle:
        _idle.pop().close()
