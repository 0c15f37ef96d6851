"""Files move from the second place to the first while the portal runs: whole, compared by hash, each of them once.

What remains to be done is what lies in the second place: cut off at any moment, the next run goes on there. A file is in one
of both places at each moment, and read from whichever has it. The portal takes a file away from the second place first, so
that the mover, who looks there last, sees that it has gone meanwhile and takes his copy back.
"""

import fcntl
import hashlib
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from itertools import islice
from typing import IO

from django.apps import apps
from django.db.models import FileField, Model

from records.storing.disk import Disk
from records.storing.kept import PIECE, Kept, Place
from records.storing.places import PaperStore

AT_ONCE = 500  # files that are asked about, and told of, together
LOCK = "lock"
HANDS = 4  # files on their way at a time
IN_MEMORY = 1 << 20  # bytes of a file on its way, until it goes to a temporary file
SPOOL = partial(tempfile.SpooledTemporaryFile, max_size=IN_MEMORY)
NOT_TWO = "请先把 PAPER_PLACES 设为两处，新的在前、旧的在后（例如 s3,disk），网站和后台任务全部重启以后再移动。"
BUSY = "另一次移动还没有结束：请等它完成，不要同时运行两次。"
DAMAGED = "{}：内容与登记的摘要不符，留在原处没有移动。请从备份取回这个文件再移动。"
MISCOPIED = "{}：移过去的内容与原来的不同，已经删掉，原来的没有改动。请检查存放它的地方。"


class NotMoved(Exception):
    """Nothing is moved, with why."""


class Outcome(Enum):
    """What became of a file."""

    MOVED = "moved"
    GONE = "gone"  # the portal took it away before it was copied
    STRAY = "stray"  # or while it was: the copy is of nobody
    DAMAGED = "damaged"
    MISCOPIED = "miscopied"


@dataclass
class Moved:
    """What came of it."""

    files: int = 0
    bytes: int = 0
    gone: int = 0  # by the portal meanwhile
    wrong: list[str] = field(default_factory=list)  # sentences

    def count(self, kept: Kept, outcome: Outcome) -> None:
        """Count what became of a file."""
        if outcome is Outcome.MOVED:
            self.files, self.bytes = self.files + 1, self.bytes + kept.size
        elif outcome in {Outcome.GONE, Outcome.STRAY}:
            self.gone += 1
        else:
            sentence = DAMAGED if outcome is Outcome.DAMAGED else MISCOPIED
            self.wrong.append(sentence.format(kept.name))


def move(store: PaperStore, told: Callable[[Moved], None] = lambda _: None) -> Moved:
    """Move what lies in the second place; NotMoved where the settings name no two, or somebody is at it.

    told: is told every AT_ONCE files how far it is. StoreAway where a place stops to answer: what was moved stays moved.
    """
    if len(store.places) == 1:
        raise NotMoved(NOT_TWO)
    done, (target, source) = Moved(), store.places
    with alone(next(place for place in store.places if isinstance(place, Disk))), ThreadPoolExecutor(HANDS) as hands:
        waiting = source.files()
        while some := list(islice(waiting, AT_ONCE)):
            digests = digests_of([kept.name for kept in some])
            one = partial(move_file, target=target, source=source, digests=digests)
            outcomes = dict(zip(some, hands.map(one, some), strict=True))
            for kept, outcome in outcomes.items():
                done.count(kept, outcome)
            give_back(target, [kept.name for kept, outcome in outcomes.items() if outcome is Outcome.STRAY])
            told(done)
    return done


@contextmanager
def alone(disk: Disk) -> Iterator[None]:
    """Hold the move for one, and clear what one has left that was cut off; NotMoved where another one is at it."""
    disk.unfinished.mkdir(mode=0o750, parents=True, exist_ok=True)
    with (disk.unfinished / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as held:
            raise NotMoved(BUSY) from held
        for left in disk.unfinished.iterdir():
            if left.name != LOCK:
                left.unlink()
        yield


def move_file(kept: Kept, *, target: Place, source: Place, digests: Mapping[str, str]) -> Outcome:
    """Copy one whole, see that the copy is the same, then take the file away where it was."""
    try:
        content, _ = source.stream(kept.name)
    except FileNotFoundError:
        return Outcome.GONE
    with content, SPOOL() as spool:
        digest = digest_of(content, spool)
        if digests.get(kept.name, digest[0]) != digest[0]:
            return Outcome.DAMAGED
        spool.seek(0)
        said = target.put(kept.name, spool)
    if said not in digest and read_back(target, kept.name) != digest:
        target.delete(kept.name)
        return Outcome.MISCOPIED
    if not source.exists(kept.name):
        return Outcome.STRAY
    source.delete(kept.name)
    return Outcome.MOVED


def digest_of(content: IO[bytes], out: IO[bytes] | None = None) -> tuple[str, str]:
    """SHA-256 and MD5 of what comes, which is written to `out` as well."""
    found = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    while piece := content.read(PIECE):
        for one in found:
            one.update(piece)
        if out is not None:
            out.write(piece)
    return found[0].hexdigest(), found[1].hexdigest()


def read_back(target: Place, name: str) -> tuple[str, str]:
    """The same of a copy, from a place that has not said what it keeps, or says something else."""
    copy, _ = target.stream(name)
    with copy:
        return digest_of(copy)


def columns() -> Iterator[tuple[type[Model], str]]:
    """Every field of every table that names a file."""
    for model in apps.get_models():
        yield from ((model, field.name) for field in model._meta.local_fields if isinstance(field, FileField))


def digests_of(names: Sequence[str]) -> dict[str, str]:
    """What rows say of these files, where they say a hash."""
    found: dict[str, str] = {}
    for model, name in columns():
        if any(other.name == "sha256" for other in model._meta.local_fields):
            rows = model._default_manager.filter(**{f"{name}__in": names}).exclude(sha256="")
            found.update(rows.values_list(name, "sha256"))
    return found


def give_back(target: Place, names: Sequence[str]) -> None:
    """Take away the copies of files that the portal has removed; one that a row names stays, whatever has happened."""
    named: set[str] = set()
    for model, name in columns() if names else ():
        named |= set(model._default_manager.filter(**{f"{name}__in": names}).values_list(name, flat=True))
    for name in set(names) - named:
        target.delete(name)
