"""The portal of one tree, for a bench: servers and data of its own, kept for the next run, and the real web server."""

import contextlib
import hashlib
import json
import os
import secrets
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.copies import within
from benchmarks.cpu import seconds_of
from tten.local import run
from tten.local.paths import PYTHON
from tten.local.processes import Daemon, claim, tail, wait_until
from tten.local.say import LocalError, step
from tten.local.valkey import free_port

KIND = "bench"
GROWN = {
    "mall": "PRODUCTS",
    "desk": "CASES",
}  # bench → the variable that says how much more it has; kept apart from the small demo
MANY = "200000"
PROGRAMS = ("web", "worker")
SERVERS = ("DATABASE_URL", "REDIS_URL")  # of others: a bench counts the CPU of its own
DATA_DAYS = 7  # older data have terms that are over
DAY = 86400  # seconds
DATA_STAMP = "data.stamp"
DATA_CODE = ("*/migrations/*.py", "tten/demo/*.py", "tten/management/commands/demo.py", "benchmarks/data.py")
STATIC_CODE = ("static/**/*", "ui/bundles.py", "ui/static.py")
LOADING = (("manage.py", "migrate", "--no-input", "-v0"), ("manage.py", "demo", "--once"), ("-m", "benchmarks.data"))
ANALYZE = (
    "manage.py",
    "shell",
    "-v0",
    "-c",
    "from django.db import connection; connection.cursor().execute('VACUUM ANALYZE')",
)
THEN = {"desk": (("-m", "benchmarks.firm"),), "claims": (("-m", "benchmarks.invoices"),)}  # bench → what it adds
COLLECTING = (("manage.py", "collectstatic", "--no-input", "-v0"),)
SETTLING = 5  # seconds: the worker starts beside the web server


@dataclass
class Portal:
    """What is up: the tree, its folder, the port of its web server, and the processes whose CPU is counted."""

    tree: Path
    home: Path
    port: int
    environment: dict[str, str]
    roots: tuple[int, ...]

    def cpu(self) -> float:
        """CPU seconds so far of web, worker and PostgreSQL."""
        return seconds_of(self.roots)

    def lines(self, bench: str) -> list[dict[str, Any]]:
        """The lines of the bench with the addresses that they have in this tree's data."""
        found: list[dict[str, Any]] = json.loads(
            carry_out(self.tree, self.environment, "-m", "benchmarks.lines", bench)
        )
        return found


@contextlib.contextmanager
def portal_of(tree: Path, bench: str = "pages") -> Iterator[Portal]:
    """Bring it up with its data; stop it and its servers afterwards. Raises LocalError where another bench runs."""
    kind = kind_of(bench)
    home = home_of(tree, kind)
    supervisor = Daemon(KIND, home)
    if supervisor.pid() is not None:
        raise LocalError(f"已在运行 / already running, pid {supervisor.pid()}")
    stop(tree, kind, home)  # what a killed bench has left
    if not is_kept(home, tree, bench):
        within(tree, f"services.forget('{kind}')")
        home = home_of(tree, kind)
    claim(supervisor)
    try:
        yield start(tree, kind, home, bench)
    finally:
        stop(tree, kind, home)
        supervisor.pid_file.unlink(missing_ok=True)


def kind_of(bench: str) -> str:
    """What its servers are called: those of each size that was asked for are kept apart."""
    if bench not in GROWN:
        return f"{KIND}-{bench}" if bench in THEN else KIND
    asked = os.environ.get(GROWN[bench])
    return f"{KIND}-{bench}" + (f"-{asked}" if asked else "")


def home_of(tree: Path, kind: str) -> Path:
    """The folder of the bench's servers and data."""
    return Path(within(tree, f"print(paths.home_of('{kind}'))"))


def loading(tree: Path, bench: str) -> tuple[tuple[str, ...], ...]:
    """The commands that load what the bench measures on; an older tree is given the rows of the one before it."""
    if bench not in GROWN:
        return (*LOADING, *THEN.get(bench, ()))
    word = f"--{GROWN[bench].lower()}"
    makes = word in (tree / "tten" / "management" / "commands" / "demo.py").read_text()
    more = ("manage.py", "demo", word, os.environ.get(GROWN[bench]) or MANY)
    return (*LOADING[:-1], more if makes else ("-m", "benchmarks.rows"), *THEN.get(bench, ()), ANALYZE)


def start(tree: Path, kind: str, home: Path, bench: str) -> Portal:
    """Servers, data, web and worker; ready when the first page has come."""
    port, environment = free_port(), environment_of(tree, kind, home)
    fill(tree, home, environment, bench)
    children = [Daemon(name, home, {"cwd": tree, "env": environment}) for name in PROGRAMS]
    for child in children:
        child.start(program_of(tree, child.name, port))
    web = children[0]
    if not wait_until(lambda: run.answers(port) or web.pid() is None, run.PATIENCE) or web.pid() is None:
        raise LocalError(f"网站没有回应 / the site does not answer:\n{tail(web.log)}")
    pids = [daemon.pid() for daemon in (*children, Daemon("postgres", home))]
    time.sleep(SETTLING)
    return Portal(tree, home, port, environment, tuple(pid for pid in pids if pid is not None))


def program_of(tree: Path, name: str, port: int) -> list[str | Path]:
    """What starts a part; an older tree is told in words what its server is, and has perhaps no worker of its own for it."""
    words = [*run.program(name, port)]
    if name != "web" or (tree / "tten" / "serving.py").exists():
        return words
    worker = "tten.server.Worker" if (tree / "tten" / "server.py").exists() else "gthread"
    told = ["--worker-class", worker, "--threads", "4", "--limit-request-line", "8190", "--preload"]
    return [*(word for word in words if word not in run.SERVER[:2]), *told, "--no-control-socket"]


def stop(tree: Path, kind: str, home: Path) -> None:
    """Stop what runs there; the data stay."""
    for name in PROGRAMS:
        Daemon(name, home).stop()
    within(tree, f"services.stop('{kind}')")


def environment_of(tree: Path, kind: str, home: Path) -> dict[str, str]:
    """Start PostgreSQL and Valkey of the tree; the settings of the demo, with static files as in production."""
    step(f"{tree}: PostgreSQL, Valkey")
    own = {name: value for name, value in os.environ.items() if name not in SERVERS}
    started: dict[str, str] = json.loads(
        within(tree, f"import json; print(json.dumps(services.start('{kind}', durable=True)))", own)
    )
    note, media = home / "secret_key", home / "media"
    media.mkdir(mode=0o700, exist_ok=True)
    if not note.exists():
        note.touch(mode=0o600)
        note.write_text(secrets.token_urlsafe(64))
    return own | started | {
        "DEBUG": "0",
        "DEMO": "1",
        "HTTPS": "0",
        "WEB_MAX_REQUESTS": "0",  # the same workers from the first block to the last
        "STATIC_FROM_SOURCE": "0",
        "SECRET_KEY": note.read_text(),
        "MEDIA_ROOT": str(media),
        "SMS_FILE": str(home / "sms.log"),
        "DEMO_MAIL_FILE": str(home / "mail.log"),
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
    }  # fmt: skip


def is_kept(home: Path, tree: Path, bench: str) -> bool:
    """Whether the data are there, from the same code and not too old."""
    stamp = home / DATA_STAMP
    if not stamp.exists() or time.time() - stamp.stat().st_mtime > DATA_DAYS * DAY:
        return False
    return stamp.read_text() == digest_of(tree, *DATA_CODE) + "".join(map("".join, loading(tree, bench)[2:-1]))


def fill(tree: Path, home: Path, environment: dict[str, str], bench: str) -> None:
    """Load the demo into an empty database, and lay out the static files, where that has not been done."""
    steps = (
        (
            DATA_STAMP,
            digest_of(tree, *DATA_CODE) + "".join(map("".join, loading(tree, bench)[2:-1])),
            loading(tree, bench),
        ),
        ("static.stamp", digest_of(tree, *STATIC_CODE), COLLECTING),
    )
    for name, wanted, commands in steps:
        stamp = home / name
        if not stamp.exists() or stamp.read_text() != wanted:
            for command in commands:
                step(f"{tree}: {command[1]}")
                carry_out(tree, environment, *command)
            stamp.write_text(wanted)


def digest_of(tree: Path, *patterns: str) -> str:
    """A mark of the content of these files."""
    digest = hashlib.sha256()
    for pattern in patterns:
        for file in sorted(tree.glob(pattern)):
            digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()


def carry_out(tree: Path, environment: dict[str, str], *words: str) -> str:
    """Run Python in the tree and return what it prints; LocalError with the end of its output where it fails."""
    done = subprocess.run([PYTHON, *words], cwd=tree, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise LocalError(f"{' '.join(words)}:\n{(done.stdout + done.stderr).strip()[-2000:]}")
    return done.stdout
