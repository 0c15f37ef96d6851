"""A restore: the right backup is found, unpacked into an empty folder, verified, brought to its moment and compared."""

import contextlib
import datetime as dt
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from backups import base, cipher, papers, programs, retention
from backups.cipher import Key
from backups.cluster import LOG_FOLDER, cluster_of, hand_over
from backups.comparing import compare
from backups.making import GB, SPARE, Made, facts_of
from backups.places import Places
from backups.refusals import Refused
from backups.stream import PARTIAL, SEGMENT, kept_until

SEGMENT_BYTES = 16 << 20
Asked = Callable[[str], list[str]]  # is told the address of the restored database, says what it finds


@dataclass
class Restored:
    """What came of it."""

    made: Made
    moment: dt.datetime | None  # None: all that was kept
    is_exact: bool = False  # the backup as it was, nothing behind it
    papers: int = 0
    bytes: int = 0
    findings: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)  # by what was done

    @contextlib.contextmanager
    def timed(self, what: str) -> Iterator[None]:
        """Write down how long it took."""
        began = time.monotonic()
        yield
        self.seconds[what] = time.monotonic() - began


def restore(
    own: Places, data: Path, media: Path, *, moment: dt.datetime | None = None, name: str = "", asked: Asked
) -> Restored:
    """Restore database and papers into two empty folders and say what does not go together.

    moment: with its time zone; None brings back all that was kept. name: of one backup, exactly as it was.
    """
    key = cipher.read_key(own.key_file)
    look_empty(data, media)
    folder = chosen(own, moment, name)
    found = Restored(facts_of(folder), moment, is_exact=bool(name))
    place = programs.folder(own.programs, found.made.major)
    segments = [] if name else log_behind(own, found.made)
    look_for_room(found.made, len(segments), data, media)
    with found.timed("解开数据库"):
        unpack(folder, key, data)
    with found.timed("校验数据库"):
        programs.run(place / "pg_verifybackup", "-q", data)
    with found.timed("取回日志"):
        bring_log(segments, key, data)
    with found.timed("恢复材料"):
        bring_papers(own, key, folder, media, found)
    hand_over(data)
    with cluster_of(data, place) as server:
        with found.timed("重放日志"):
            server.recover(moment)
        with found.timed("核对"):
            found.findings += compare(server.url(own.database_url), replace(own, media=media))
            found.findings += asked(server.url(own.database_url))
    return found


def look_empty(*folders: Path) -> None:
    """Refused where something lies there already: nothing is ever overwritten."""
    for folder in folders:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Refused(f"恢复的目标 {folder} 不是空目录：请换一个空目录，恢复不会覆盖任何内容。")


def chosen(own: Places, moment: dt.datetime | None, name: str) -> Path:
    """The backup from which the moment is reached."""
    folders = retention.whole(own)
    if not folders:
        raise Refused(f"目录 {own.bases} 里没有完整的备份：请检查 BACKUP_FOLDER。")
    if name:
        named = [folder for folder in folders if folder.name == name]
        if not named:
            raise Refused(f"没有名为 {name} 的备份；现有：{'、'.join(folder.name for folder in folders)}。")
        return named[0]
    if moment is None:
        return folders[-1]
    before = [folder for folder in folders if facts_of(folder).ended <= moment]
    if not before:
        first = facts_of(folders[0]).ended
        raise Refused(f"最早只能恢复到 {told(first)}，到不了 {told(moment)}：请选更晚的时刻。")
    until = max(kept_until(own) or facts_of(before[-1]).ended, facts_of(before[-1]).ended)
    if moment > until:
        raise Refused(f"日志只保存到 {told(until)}，到不了 {told(moment)}：请选更早的时刻，或不指定时刻，恢复到最后。")
    return before[-1]


def told(moment: dt.datetime) -> str:
    """A moment as people here read it."""
    return f"{moment.astimezone(dt.timezone(dt.timedelta(hours=8))):%Y-%m-%d %H:%M:%S}"


def number_of(name: str) -> int:
    """The place of a segment in the log, whatever its timeline."""
    return int(name[8:16], 16) << 8 | int(name[16:24], 16)


def log_behind(own: Places, made: Made) -> list[Path]:
    """The segments that a backup needs and those behind it; Refused where one between is missing."""
    first = number_of(made.first_segment)
    histories = list(own.wal.glob("*.history"))
    named = [path for path in own.wal.iterdir() if len(path.name.removesuffix(PARTIAL)) == SEGMENT]
    files = sorted((path for path in named if number_of(path.name) >= first), key=lambda path: number_of(path.name))
    there = {number_of(path.name) for path in files}
    if there and (gap := set(range(number_of(made.last_segment), max(there) + 1)) - there):
        raise Refused(
            f"日志缺少第 {min(gap):X} 段等 {len(gap)} 段，不能越过它恢复：请用 --name 恢复某一次备份本身的时刻，"
            f"这一份是 {made.name}。"
        )
    return [*histories, *files]


def look_for_room(made: Made, segments: int, data: Path, media: Path) -> None:
    """Refused where the disks will not hold it, before anything is written."""
    wanted = {data: made.database_bytes + 2 * segments * SEGMENT_BYTES, media: made.paper_bytes}
    for folder in wanted:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    disks = {folder.stat().st_dev for folder in wanted}
    for disk in disks:
        there = [folder for folder in wanted if folder.stat().st_dev == disk]
        needed, free = int(sum(wanted[folder] for folder in there) * SPARE), shutil.disk_usage(there[0]).free
        if free < needed:
            raise Refused(
                f"恢复约需 {needed / GB:.1f} GB，{there[0]} 所在的磁盘只剩 {free / GB:.1f} GB：请换一个磁盘或腾出空间。"
            )


def unpack(folder: Path, key: Key, data: Path) -> None:
    """The base backup into the folder, as PostgreSQL wants it: for its user alone."""
    with base.open_tar(folder, key) as tar:
        tar.extractall(data, filter="data")
    data.chmod(0o700)


def bring_log(segments: list[Path], key: Key, data: Path) -> None:
    """The log beside the data, each segment in its full length; the server asks for it by name."""
    (data / LOG_FOLDER).mkdir()
    for path in segments:
        target = data / LOG_FOLDER / path.name.removesuffix(PARTIAL)
        if path.name.endswith(PARTIAL) and (target.exists() or path.with_name(target.name).exists()):
            continue
        cipher.decrypt(path, target, key, path.name)
        if len(target.name) == SEGMENT:
            os.truncate(target, SEGMENT_BYTES)
    (data / "recovery.signal").touch()


def bring_papers(own: Places, key: Key, folder: Path, media: Path, found: Restored) -> None:
    """The papers of the moment; one that is damaged is told and stops nothing."""
    for paper in papers.papers_at(own, key, folder, found.moment or (found.made.ended if found.is_exact else None)):
        target = media / paper.path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            found.bytes += cipher.decrypt(papers.object_at(own, paper.object), target, key, paper.object)
        except Refused as bad:
            target.unlink(missing_ok=True)
            found.findings.append(f"材料文件 {paper.path} 恢复不出来：{bad}")
            continue
        os.utime(target, ns=(paper.written, paper.written))
        found.papers += 1
