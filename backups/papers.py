"""The papers: each is copied once, encrypted; lists say which stood where, and when they were written.

A paper never changes and stands on disk before the row that names it is committed. So whatever stands there before and
behind the base backup, taken together, holds every paper of that moment, and what has come since goes on a list of its
own within seconds.
"""

import contextlib
import datetime as dt
import json
import os
import secrets
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from backups import cipher
from backups.cipher import Key
from backups.places import Places
from records.storing.disk import UNFINISHED, Disk
from records.storing.kept import Kept
from records.storing.places import DISK

LIST = "papers.list"
STAMP = "%Y%m%dT%H%M%S%fZ"
SECOND = 10**9  # nanoseconds


@dataclass(frozen=True)
class Paper:
    """A file as it stood: its path below the folder of papers, the object that holds it, bytes, and when it was written."""

    path: str
    object: str
    size: int
    written: int  # nanoseconds since 1970

    @property
    def face(self) -> tuple[str, int, int]:
        """What tells it from another state of the same file."""
        return (self.path, self.size, self.written)


Known = dict[tuple[str, int, int], Paper]


def walk(folder: Path, apart: Iterable[Path]) -> Iterator[os.DirEntry[str]]:
    """Every file below a folder, but for what lies in folders apart."""
    hidden = {str(path.resolve()) for path in apart}
    waiting = [str(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if entry.name != UNFINISHED and os.path.realpath(entry.path) not in hidden:
                            waiting.append(entry.path)
                    elif entry.is_file(follow_symlinks=False):
                        yield entry
        except FileNotFoundError:  # went meanwhile
            continue


def files(own: Places) -> Iterator[Kept]:
    """Every file of the portal, wherever the settings say that files lie; what goes meanwhile is left out."""
    if own.store is None or DISK in own.store.names:
        for entry in walk(own.media, own.apart):
            with contextlib.suppress(FileNotFoundError):
                facts = entry.stat(follow_symlinks=False)
                yield Kept(os.path.relpath(entry.path, own.media), facts.st_size, facts.st_mtime_ns)
    if own.store is not None:
        now = time.time_ns()  # the service's clock may be before ours: what is seen now was written by now
        for place in own.store.places:
            if not isinstance(place, Disk):
                yield from (kept._replace(written=min(kept.written, now)) for kept in place.files())


def opened(own: Places, path: str) -> IO[bytes]:
    """A file of the portal, to be read once; FileNotFoundError where it went meanwhile."""
    return (own.media / path).open("rb") if own.store is None else own.store.stream(path)[0]


def fresh(own: Places, known: Known, seen: Callable[[Paper], object] = lambda _: None) -> Iterator[Paper]:
    """The files that no backup has yet, without an object; `seen` is told of those that one has."""
    for kept in files(own):
        paper = Paper(kept.name, "", kept.size, kept.written)
        if (old := known.get(paper.face)) is None:
            yield paper
        else:
            seen(old)


def copy(own: Places, key: Key, known: Known) -> tuple[list[Paper], list[Paper]]:
    """Copy what no backup has yet; give (all that stands there now, what was copied). `known` learns them."""
    standing: list[Paper] = []
    copied = [one for paper in fresh(own, known, standing.append) if (one := keep_paper(own, key, paper))]
    known.update((paper.face, paper) for paper in copied)
    return [*standing, *copied], copied


def keep_paper(own: Places, key: Key, paper: Paper) -> Paper | None:
    """Copy one file; None where it went meanwhile."""
    name = secrets.token_hex(16)
    place = object_at(own, name)
    place.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        with opened(own, paper.path) as file:
            size = cipher.encrypt(file, place, key, name, at_once=False)
    except FileNotFoundError:
        return None
    return Paper(paper.path, name, size, paper.written)


def object_at(own: Places, name: str) -> Path:
    """Where an object lies."""
    return own.objects / name[:2] / name


def write_list(path: Path, key: Key, papers: Iterable[Paper]) -> None:
    """Keep a list, compressed and encrypted: names tell something, too."""
    lines = "\n".join(json.dumps(astuple(paper)) for paper in papers)
    cipher.encrypt(BytesIO(zlib.compress(lines.encode(), 1)), path, key, path.name)


def read_list(path: Path, key: Key) -> list[Paper]:
    """What stands on a list."""
    lines = zlib.decompress(b"".join(cipher.pieces(path, key, path.name))).decode()
    return [Paper(*json.loads(line)) for line in lines.splitlines()]


def note_copied(own: Places, key: Key, papers: list[Paper], at: dt.datetime) -> None:
    """Say on a list of their own which papers have come, once the disk has them."""
    if papers:
        os.sync()
        write_list(own.lists / at.astimezone(dt.UTC).strftime(STAMP), key, papers)


def lists_since(own: Places, base: str) -> list[Path]:
    """The lists of what came since that backup began."""
    return [path for path in sorted(own.lists.glob("*Z")) if path.name > base]


def known_papers(own: Places, key: Key) -> Known:
    """Whatever some backup holds already, by its face."""
    bases = [path for path in sorted(own.bases.glob("*Z")) if (path / LIST).exists()]
    begun = bases[-1].name if bases else ""
    files = [*([bases[-1] / LIST] if bases else []), *lists_since(own, begun)]
    return {paper.face: paper for file in files for paper in read_list(file, key)}


def papers_at(own: Places, key: Key, base: Path, moment: dt.datetime | None) -> list[Paper]:
    """The papers of a backup and those that came until the moment, each path in its latest state; None: all that came."""
    found = {paper.path: paper for paper in read_list(base / LIST, key)}
    for file in lists_since(own, base.name):
        for paper in read_list(file, key):
            if moment is None or paper.written <= moment.timestamp() * SECOND:
                found[paper.path] = paper
    return list(found.values())
