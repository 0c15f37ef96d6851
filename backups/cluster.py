"""A PostgreSQL that is started only to bring a restored folder to its moment, and to be asked; nobody else reaches it."""

import contextlib
import datetime as dt
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from backups.programs import LAST_LINES, Address, failed
from backups.refusals import Refused

SERVANTS = ("postgres", "nobody")  # PostgreSQL refuses to run as root
LOG_FOLDER = "restored_wal"
NO_FURTHER = "recovery ended before configured recovery target was reached"
PAUSE = 0.1  # seconds between two looks
RECOVERING = {  # the folder's own settings name ports, files and sizes of another machine
    "listen_addresses": "",
    "hot_standby": "off",
    "archive_mode": "off",
    "ssl": "off",
    "shared_preload_libraries": "",
    "logging_collector": "off",
    "max_wal_size": "4GB",
    "shared_buffers": "256MB",
    "restore_command": f'cp "{LOG_FOLDER}/%f" "%p"',
    "recovery_target_action": "promote",
}


def servant() -> dict[str, Any]:
    """As whom the server is started: somebody else where we are root."""
    if os.geteuid() != 0:
        return {}
    for name in SERVANTS:
        with contextlib.suppress(KeyError):
            found = pwd.getpwnam(name)
            return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise Refused("PostgreSQL 不能以 root 身份运行，这台机器上也没有 postgres 用户：请换一个用户运行恢复。")


def hand_over(folder: Path) -> None:
    """Let the server's user have the folder."""
    who = servant()
    if who:
        for path in (folder, *folder.rglob("*")):
            os.lchown(path, who["user"], who["group"])


@dataclass
class Cluster:
    """A restored folder, and a private one for socket, settings and log."""

    data: Path
    programs: Path
    apart: Path
    process: subprocess.Popen[bytes] | None = None
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.apart / "log"

    def url(self, address: str) -> str:
        """DATABASE_URL of the same database and user, here."""
        words = Address(address).words
        return (
            f"postgres://{quote(words.get('PGUSER', 'postgres'))}@/{words['PGDATABASE']}?host={quote(str(self.apart))}"
        )

    def start(self, target: dt.datetime | None) -> None:
        """Start it; it brings itself to the moment."""
        for name, text in (("postgresql.conf", ""), ("ident", ""), ("hba", "local all all trust\n")):
            (self.apart / name).write_text(text)
        given = RECOVERING | {
            "config_file": str(self.apart / "postgresql.conf"),
            "hba_file": str(self.apart / "hba"),
            "ident_file": str(self.apart / "ident"),
            "unix_socket_directories": str(self.apart),
            "recovery_target_time": target.isoformat(sep=" ") if target else "",
        }
        words = [word for name, value in given.items() for word in ("-c", f"{name}={value}")]
        hand_over(self.apart)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, *words],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd="/",
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
                start_new_session=True,
                **servant(),
            )

    def is_up(self) -> bool:
        """Whether it answers, which it does when it is at its moment; Refused where it has ended."""
        if self.process and self.process.poll() is not None:
            raise failed(Path("postgres"), self.words())
        asked: list[str | Path] = [self.programs / "pg_isready", "-q", "-h", self.apart]
        return subprocess.run(asked, check=False).returncode == 0

    def words(self) -> str:
        """The last that the server said."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-LAST_LINES:])

    def stop(self) -> None:
        """Let it end with all on disk."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait()

    def recover(self, target: dt.datetime | None) -> None:
        """Bring the folder to the moment, and stay up. Nothing was committed behind it where the log ends before: then its end is it."""
        self.start(target)
        try:
            self.wait()
        except Refused:
            if target is None or NO_FURTHER not in self.log.read_text(errors="replace"):
                raise
            self.start(None)
            self.wait()

    def wait(self) -> None:
        """Until it answers."""
        while not self.is_up():
            time.sleep(PAUSE)


@contextlib.contextmanager
def cluster_of(data: Path, programs: Path) -> Iterator[Cluster]:
    """The server of a restored folder; afterwards it is down, and the folder such that any server may be started on it."""
    apart = Path(tempfile.mkdtemp(prefix="tten-restore-"))
    found = Cluster(data, programs, apart)
    try:
        yield found
    finally:
        found.stop()
        shutil.rmtree(data / LOG_FOLDER, ignore_errors=True)
        shutil.rmtree(apart, ignore_errors=True)
