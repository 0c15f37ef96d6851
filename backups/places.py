"""Where everything lies, as the settings say it: the backups, their key, the log that arrives, the papers."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from backups.refusals import Busy, Refused
from records.storing.places import DISK, PaperStore, paper_store

BASES, WAL, OBJECTS, LISTS, STREAM = "bases", "wal", "objects", "lists", "stream.json"
OURS_ALONE = 0o700


@dataclass(frozen=True)
class Places:
    """Folders and addresses of one portal."""

    folder: Path  # of the backups, best on another machine's disk
    key_file: Path
    incoming: Path  # where pg_receivewal writes, on a disk of this machine
    media: Path  # of the papers on the disk
    apart: tuple[Path, ...]  # folders below the papers that no backup may hold
    database_url: str  # of an account with REPLICATION
    programs: str  # folder of PostgreSQL's programs; "" looks for them
    slot: str = "tten_backup"
    store: PaperStore | None = None  # where papers lie, if not in that folder alone

    @property
    def bases(self) -> Path:
        """One folder a backup, named by its time in UTC."""
        return self.folder / BASES

    @property
    def wal(self) -> Path:
        """The log, segment by segment, each encrypted."""
        return self.folder / WAL

    @property
    def objects(self) -> Path:
        """The papers, each once, encrypted, under a random name."""
        return self.folder / OBJECTS

    @property
    def lists(self) -> Path:
        """Which papers came after a backup's own list."""
        return self.folder / LISTS

    @property
    def stream_note(self) -> Path:
        """Until when the log is kept."""
        return self.folder / STREAM

    def prepare(self) -> None:
        """Make the folders. Refused where the backups would back themselves up."""
        if self.folder.resolve().is_relative_to(self.media.resolve()):
            raise Refused(f"备份目录 {self.folder} 在材料目录 {self.media} 里面：请把 BACKUP_FOLDER 改到别处。")
        for folder in (self.folder, self.bases, self.wal, self.objects, self.lists):
            folder.mkdir(mode=OURS_ALONE, parents=True, exist_ok=True)


def is_set_up() -> bool:
    """Whether this portal keeps backups at all."""
    return bool(settings.BACKUPS["folder"])


def places() -> Places:
    """Those of the settings; Refused where no folder is named."""
    if not is_set_up():
        raise Refused("没有设置备份目录：请用 BACKUP_FOLDER 指定一个目录，最好在另一台机器的磁盘上。")
    return places_without_folder()


def places_without_folder() -> Places:
    """The same, for a drill, which has a folder of its own."""
    own, root, store = settings.BACKUPS, Path(settings.BASE_DIR), paper_store()
    return Places(
        folder=root / own["folder"],
        key_file=root / own["key_file"],
        incoming=root / own["incoming"],
        media=Path(settings.MEDIA_ROOT),
        apart=(root / settings.SEALING["folder"], root / own["incoming"]),
        database_url=own["database_url"] or os.environ["DATABASE_URL"],
        programs=own["programs"],
        store=None if store.names == (DISK,) else store,
    )


def elsewhere(own: Places, folder: Path, slot: str) -> Places:
    """The same portal, backed up into another folder with a log of its own."""
    return replace(own, folder=folder / "backups", incoming=folder / "incoming", slot=slot)


@contextlib.contextmanager
def alone(folder: Path, name: str) -> Iterator[None]:
    """Hold the folder for one at a time; Busy where another one is at work."""
    folder.mkdir(mode=OURS_ALONE, parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as held:
            raise Busy(f"目录 {folder} 里的另一次备份还没有结束：请等它完成，不要同时运行两次。") from held
        yield
