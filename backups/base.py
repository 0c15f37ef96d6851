"""The base backup: pg_basebackup's tar, encrypted as it comes, read back and held against its own manifest."""

import json
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from backups import cipher, programs, source
from backups.cipher import Key
from backups.places import Places
from backups.programs import Address
from backups.refusals import Refused

TAR, MANIFEST = "base.tar", "backup_manifest"
PIPE = 1 << 20  # bytes
READ = 1 << 20
WORDS = ("-D", "-", "-Ft", "-X", "fetch", "-c", "fast", "--manifest-checksums=CRC32C", "--no-sync", "-l", "tten")


@dataclass(frozen=True)
class Ending:
    """Which log a base backup needs: its timeline, and the segments in which it begins and ends."""

    timeline: int
    first_segment: str
    last_segment: str


def take(own: Places, folder: Path, key: Key, major: int) -> int:
    """Write the database into the folder; return the bytes of the tar."""
    place = programs.folder(own.programs, major)
    with (
        source.log_held(own),
        subprocess.Popen(
            [place / "pg_basebackup", *WORDS],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=programs.environment(Address(own.database_url)),
            pipesize=PIPE,
        ) as program,
    ):
        try:
            count = cipher.encrypt(cast("BinaryIO", program.stdout), folder / TAR, key, name_of(folder))
        except BaseException:
            program.kill()
            raise
        said = program.stderr.read().decode(errors="replace") if program.stderr else ""
    if program.returncode:
        (folder / TAR).unlink()
        raise programs.failed(place / "pg_basebackup", said)
    return count


def name_of(folder: Path) -> str:
    """What the tar is bound to."""
    return f"{folder.name.removesuffix('.new')}/{TAR}"


def open_tar(folder: Path, key: Key) -> tarfile.TarFile:
    """The tar as a stream, decrypted on the way."""
    stream = cipher.Opened(folder / TAR, key, name_of(folder))
    return tarfile.open(mode="r|", fileobj=stream, bufsize=READ)


def check(folder: Path, key: Key) -> Ending:
    """Read the tar back: every piece as it was written, every file of PostgreSQL's manifest there in its size."""
    sizes, manifest = {}, b""
    try:
        with open_tar(folder, key) as tar:
            for member in tar:
                if member.isfile():
                    sizes[member.name.removeprefix("./")] = member.size
                if member.name.endswith(MANIFEST):
                    manifest = cast("tarfile.ExFileObject", tar.extractfile(member)).read()
        said = json.loads(manifest)
    except (tarfile.TarError, ValueError) as bad:
        raise Refused(f"数据库备份 {folder} 不完整：请重新备份。") from bad
    lost = [one["Path"] for one in said["Files"] if sizes.get(one["Path"]) != one["Size"]]
    if lost:
        raise Refused(f"数据库备份 {folder} 缺少文件 {lost[0]} 等 {len(lost)} 个：请重新备份。")
    return ending(said["WAL-Ranges"][-1], said["WAL-Ranges"][0])


def ending(last: dict[str, str], first: dict[str, str]) -> Ending:
    """The names of the segments in which the backup began and ended."""
    timeline = int(last["Timeline"])
    return Ending(timeline, segment(int(first["Timeline"]), first["Start-LSN"]), segment(timeline, last["End-LSN"]))


def segment(timeline: int, place: str) -> str:
    """The name of the file of the log that holds a place (16/B374D848); segments of 16 MiB, as everybody has them."""
    high, low = (int(part, 16) for part in place.split("/"))
    return f"{timeline:08X}{high:08X}{low >> 24:08X}"
