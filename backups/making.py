"""One backup: papers, database, papers again, a note of facts; checked, then named; what is old goes."""

import datetime as dt
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from backups import base, cipher, papers, retention, source
from backups.cipher import Key
from backups.papers import Known, Paper
from backups.places import Places, alone
from backups.refusals import Refused

FACTS = "facts.json"
SPARE = 1.05  # of the bytes that are foreseen
GB = 10**9


@dataclass(frozen=True)
class Made:
    """What a backup is, as its note says it; nothing in it is secret."""

    name: str
    began_at: str
    ended_at: str
    major: int  # version of PostgreSQL
    key: str  # id of the key
    database_bytes: int
    papers: int
    paper_bytes: int
    copied_papers: int
    copied_bytes: int
    timeline: int
    first_segment: str
    last_segment: str

    @property
    def ended(self) -> dt.datetime:
        """From when on this backup can be brought to a moment."""
        return dt.datetime.fromisoformat(self.ended_at)


def now() -> dt.datetime:
    """By the clock of this machine, in UTC."""
    return dt.datetime.now(dt.UTC)


def make(own: Places, *, keep: retention.Plan) -> Made:
    """Make a backup and check it; Refused with why it cannot be made, and then nothing is left of it."""
    key = cipher.read_key(own.key_file)
    own.prepare()
    with alone(own.folder, "backup"):
        server, known = source.facts(own), papers.known_papers(own, key)
        look_for_room(own, server.size, known)
        began = now()
        folder = own.bases / f"{began.strftime(papers.STAMP)}.new"
        try:
            folder.mkdir(mode=0o700)
            made = written(own, folder, known, major=server.major, began=began)
            os.sync()
            folder.rename(own.bases / made.name)
        except OSError as trouble:
            raise Refused(f"备份没有写成：{trouble}。请检查备份目录所在的磁盘。") from trouble
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        retention.tidy(own, key, keep)
    return made


def look_for_room(own: Places, database: int, known: Known) -> None:
    """Refused where the disk will not hold it, before anything is written."""
    wanted = int((database + bytes_of(papers.fresh(own, known))) * SPARE)
    free = shutil.disk_usage(own.folder).free
    if free < wanted:
        raise Refused(
            f"磁盘空间不够：备份约需 {wanted / GB:.1f} GB，备份目录 {own.folder} 只剩 {free / GB:.1f} GB。"
            "请腾出空间，或缩短保留期后再备份。"
        )


def written(own: Places, folder: Path, known: Known, *, major: int, began: dt.datetime) -> Made:
    """Write everything and read it back."""
    key = cipher.read_key(own.key_file)
    standing, copied = papers.copy(own, key, known)
    size = base.take(own, folder, key, major)
    ended = now()
    later, copied_later = papers.copy(own, key, known)
    kept, came = {paper.face: paper for paper in (*standing, *later)}, [*copied, *copied_later]
    papers.write_list(folder / papers.LIST, key, kept.values())
    check_papers(own, key, came)
    ending = base.check(folder, key)
    made = Made(
        name=folder.name.removesuffix(".new"),
        began_at=began.isoformat(),
        ended_at=ended.isoformat(),
        major=major,
        key=key.id.hex(),
        database_bytes=size,
        papers=len(kept),
        paper_bytes=bytes_of(kept.values()),
        copied_papers=len(came),
        copied_bytes=bytes_of(came),
        **asdict(ending),
    )
    (folder / FACTS).write_text(json.dumps(asdict(made), indent=1))
    return made


def bytes_of(kept: Iterable[Paper]) -> int:
    """Of all these papers."""
    return sum(paper.size for paper in kept)


def check_papers(own: Places, key: Key, copied: list[Paper]) -> None:
    """Read objects back, piece by piece."""
    for paper in copied:
        for _ in cipher.pieces(papers.object_at(own, paper.object), key, paper.object):
            pass


def check_all(own: Places) -> tuple[int, int]:
    """Read back every backup and every object that one names; give how many of each. Refused at the first that is bad."""
    key, folders = cipher.read_key(own.key_file), retention.whole(own)
    objects: dict[str, Paper] = {}
    for folder in folders:
        base.check(folder, key)
        objects |= {paper.object: paper for paper in papers.read_list(folder / papers.LIST, key)}
    check_papers(own, key, list(objects.values()))
    return len(folders), len(objects)


def facts_of(folder: Path) -> Made:
    """What the note of a backup says."""
    try:
        return Made(**json.loads((folder / FACTS).read_text()))
    except (OSError, ValueError, TypeError) as bad:
        raise Refused(f"备份 {folder} 的说明文件读不出来：请改用另一份备份。") from bad
