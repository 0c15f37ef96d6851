"""PgBouncer before a PostgreSQL of our own, by the files of production (ops/pgbouncer), but on a Unix socket.

No wheel ships it, so that it is a part of the system: `make test POOL=1` says what to install where it is not there.
"""

import signal
import socket
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tten.local import postgres, system
from tten.local.paths import ROOT
from tten.local.processes import Command, Daemon
from tten.local.say import LocalError

OPS = ROOT / "ops" / "pgbouncer"
PORT = 6432  # names the socket; nobody listens on it
MISSING = """没有找到 PgBouncer / PgBouncer not found:
  apt-get install pgbouncer      测试自己启动它，用不着系统服务 / the tests start their own: systemctl disable --now pgbouncer"""
OWN = {"listen_addr": "", "listen_port": str(PORT), "auth_type": "trust", "stats_users": postgres.OWNER, "pidfile": ""}
CONFIGURATION = """[databases]
* = host={server} port={port}

[pgbouncer]
{rules}
unix_socket_dir = {folder}
unix_socket_mode = 0700
auth_file = {folder}/users.txt
"""


def start(home: Path, database_url: str, *, part: str = "web", users: tuple[str, ...] = ()) -> str:
    """Put a pooler before a server of ours, and return the address there that stands for `database_url`.

    part: whose it is, "web" or "worker". users: who may sign in beside owner and application.
    """
    found = system.server_program("pgbouncer")
    if found is None:
        raise LocalError(MISSING)
    daemon, folder = _daemon(home), home / "pooler"
    if _write(folder, _words(folder, database_url, part), (postgres.OWNER, postgres.APPLICATION, *users)):
        stop(home)  # it knows other rules
    command: Command = [found, folder / "pgbouncer.ini"]
    daemon.bring_up(lambda: daemon.start(command), lambda: _answers(folder))
    return urlsplit(database_url)._replace(query=f"host={folder}&port={PORT}").geturl()


def _answers(folder: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        return line.connect_ex(str(folder / f".s.PGSQL.{PORT}")) == 0


def before(home: Path, database_url: str) -> dict[str, str]:
    """Put one there for the tests; what is set thereby: the address through it, and that of the server itself."""
    return {
        "DATABASE_URL": start(home, database_url, part="worker"),
        "DIRECT_DATABASE_URL": database_url,
        "POOLED": "1",
    }


def stop(home: Path) -> None:
    """Stop the pooler of this home at once; whoever is served is cut off."""
    _daemon(home).stop(signal.SIGQUIT)  # later versions wait for their clients at SIGTERM


def _daemon(home: Path) -> Daemon:
    return Daemon("pgbouncer", home, postgres.identity())


def held(part: str) -> dict[str, str]:
    """What the files of production say of this pooler: {name: value}."""
    texts = [(OPS / name).read_text().partition("[pgbouncer]\n")[2] for name in ("rules.ini", f"{part}.ini")]
    lines = [line.split(" = ", 1) for text in texts for line in text.splitlines() if " = " in line and line[0] != ";"]
    return {name: value.strip() for name, value in lines}


def _words(folder: Path, database_url: str, part: str) -> str:
    """Its file: what production has, under an address and with accounts of our own."""
    server = parse_qs(urlsplit(database_url).query)
    return CONFIGURATION.format(
        server=server["host"][0],
        port=server.get("port", ["5432"])[0],
        rules="\n".join(f"{name} = {value}" for name, value in (held(part) | OWN).items()),
        folder=folder,
    )


def _write(folder: Path, words: str, users: tuple[str, ...]) -> bool:
    """Write down what it reads; whether that has changed. It runs as another user, who may not look into a closed checkout."""
    postgres.make_folder(folder)
    wanted = {folder / "pgbouncer.ini": words, folder / "users.txt": "".join(f'"{name}" ""\n' for name in users)}
    changed = {path: text for path, text in wanted.items() if not path.exists() or path.read_text() != text}
    for path, text in changed.items():
        path.write_text(text)
        path.chmod(0o644)
    return bool(changed)
