"""The place on the disk: MEDIA_ROOT, of one host or shared by several."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from django.core.files.storage import FileSystemStorage

from records.storing.kept import PIECE, Kept

UNFINISHED = ".moving"  # a folder of what is being written; nothing in it is a file of the portal


class Disk(FileSystemStorage):
    """Django's own, and what is asked of a place."""

    @property
    def unfinished(self) -> Path:
        """Where a file is written until it is whole."""
        return Path(self.location) / UNFINISHED

    def stream(self, name: str) -> tuple[IO[bytes], int]:
        """The open file, and its bytes."""
        found = cast("IO[bytes]", self.open(name).file)
        return found, os.fstat(found.fileno()).st_size

    def link(self, name: str, *, named: str, content_type: str) -> str:
        """None: the disk is reached by the portal alone."""
        del named, content_type
        if not self.exists(name):
            raise FileNotFoundError(name)
        return ""

    def files(self) -> Iterator[Kept]:
        """Every file below the folder; one that goes meanwhile is left out."""
        waiting = [self.location]
        while waiting:
            with suppress(FileNotFoundError), os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting += [entry.path] if entry.name != UNFINISHED else []
                    elif entry.is_file(follow_symlinks=False):
                        yield from self._kept(entry)

    def _kept(self, entry: "os.DirEntry[str]") -> Iterator[Kept]:
        with suppress(FileNotFoundError):
            facts = entry.stat(follow_symlinks=False)
            yield Kept(os.path.relpath(entry.path, self.location), facts.st_size, facts.st_mtime_ns)

    def put(self, name: str, content: IO[bytes]) -> str:
        """Write beside, bring it to the disk, then give it its name: nobody ever reads half of it."""
        target, beside = Path(self.path(name)), self.unfinished / secrets.token_hex(16)
        beside.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        try:
            with beside.open("xb") as out:
                shutil.copyfileobj(content, out, PIECE)
                out.flush()
                os.fsync(out.fileno())
            beside.chmod(self.file_permissions_mode or 0o640)
            target.parent.mkdir(parents=True, exist_ok=True)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
        return ""
