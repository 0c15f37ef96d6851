"""`make run`: servers, migrations, demo data, worker, beat, web server under one supervisor; Ctrl-C ends them all."""

import contextlib
import hashlib
import os
import secrets
import signal
import subprocess
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tten.demo.accounts import DEMO_ACCOUNTS, PASSWORD
from tten.local import asking, postgres, services, setup, statics, system, wechat
from tten.local.paths import PYTHON, ROOT, VENV, home_of, homes_of
from tten.local.processes import Command, Daemon, claim, locked, tail, wait_until
from tten.local.say import LocalError, say, step
from tten.local.valkey import free_port, is_free
from tten.local.watch import Part, look_after
from tten.queues import WORKERS

KIND = "run"
HOST = asking.HOST
PROGRAMS = ("web", *WORKERS, "beat")  # in the order in which they end
STUB = "wechat"  # the demo's own WeChat, beside the portal
PATIENCE = 60  # seconds for the first page
SERVER = ("-c", "python:tten.serving", "--workers", "2")  # as in production, but two workers on any machine
BRIEF = ("--graceful-timeout", "3")  # seconds for requests under way at the end
BROKEN = 500  # the first HTTP status that tells of our own mistake


def run() -> None:
    """Bring everything up, say where, and look after it until Ctrl-C."""
    started = time.monotonic()
    port = int(os.environ.get("PORT") or 8000)
    setup.prepare(setup.RUN, system.PDF)
    with brought_up(KIND, port) as children:
        _greet(port, time.monotonic() - started)
        look_after([*_servers(), *((child, partial(child.start, program(child.name, port))) for child in children)])


def _servers() -> list[Part]:
    """PostgreSQL and Valkey, but for those that were given to us."""
    ours = [Daemon(name, home_of(KIND)) for name in ("postgres", "valkey")]
    return [(server, partial(services.start, KIND, durable=True)) for server in ours if server.pid()]


@contextlib.contextmanager
def brought_up(kind: str, port: int) -> Iterator[list[Daemon]]:
    """The portal with its demo data on servers of this kind; whatever happens, all of it ends."""
    home = home_of(kind)
    with _alone(home):
        _check_port(port)
        with _everything_stopped_after(home, kind):
            environment = _with_wechat(home, _environment(kind, home, port))
            _prepare_tables(home, environment)
            statics.prepare(environment, _manage)
            _prepare_data(home, environment)
            yield _start(home, postgres.by_application(environment), port)


def stop() -> None:
    """Stop the portal, if it runs, and then every server of ours; the data stays."""
    _stop_portal()
    services.stop_all()


def _stop_portal() -> None:
    for home in filter(Path.exists, homes_of(KIND)):
        Daemon("run", home).stop(patience=30)
        _stop_programs(home)


def add() -> None:
    """Add PRODUCTS products and CASES cases to the demo's data, whether the portal runs or not."""
    home = home_of(KIND)
    if not any(home.glob("demo-*.loaded")):
        raise LocalError("请先运行 make run，载入演示数据 / type make run first: it loads the demo")
    amounts = {name: int(os.environ.get(name.upper()) or 0) for name in ("products", "cases")}
    runs = Daemon("run", home).pid() is not None
    try:
        load_more(KIND, int(os.environ.get("PORT") or 8000), **amounts)
    finally:
        if not runs:
            services.stop(KIND)


def drill() -> None:
    """Back up the demo as it stands, restore it beside itself, prove it; see docs/operations.md."""
    home = home_of(KIND)
    runs = Daemon("run", home).pid() is not None
    try:
        _manage(_environment(KIND, home, int(os.environ.get("PORT") or 8000)), "drill")
    finally:
        if not runs:
            services.stop(KIND)


def load_more(kind: str, port: int, **amounts: int) -> None:
    """Add so many products and cases to what is loaded on the servers of this kind."""
    words = [word for name, amount in amounts.items() for word in (f"--{name}", str(amount))]
    _manage(_environment(kind, home_of(kind), port), "demo", *words)


def reset() -> None:
    """Stop what runs and delete the data of the demo: its database, its queue, its uploads."""
    _stop_portal()
    services.forget(KIND)
    say("已清空 / the data is gone. make run 重新开始 / starts over.")


@contextlib.contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Keep out a second `make run` of this checkout; end what a killed one has left."""
    supervisor = Daemon("run", home)
    with locked(home):
        if supervisor.pid() is not None:
            raise LocalError(f"已在运行 / already running, pid {supervisor.pid()}; 停止 / to stop it: make stop")
        claim(supervisor)
    _stop_programs(home)
    try:
        yield
    finally:
        supervisor.pid_file.unlink(missing_ok=True)


def _check_port(port: int) -> None:
    if not wait_until(lambda: is_free(port), 2):
        raise LocalError(f"端口 {port} 已被占用 / port {port} is taken: make run PORT={port + 1}")


@contextlib.contextmanager
def _everything_stopped_after(home: Path, kind: str) -> Iterator[None]:
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, _interrupt)
    try:
        yield
    except KeyboardInterrupt:
        say("")
        step("停止 / stopping")
    finally:
        for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(ending, signal.SIG_IGN)
        _stop_programs(home)
        services.stop(kind)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _stop_programs(home: Path) -> None:
    for name in (*PROGRAMS, STUB):
        Daemon(name, home).stop()


def _environment(kind: str, home: Path, port: int) -> dict[str, str]:
    """Collect the settings of the demo; what the caller has set goes before, but for the servers' own addresses."""
    step("启动 PostgreSQL, Valkey / starting them")
    media = home / "media"
    media.mkdir(mode=0o700, exist_ok=True)
    demo = {
        "DEMO": "1",
        "HTTPS": "0",
        "STATIC_FROM_SOURCE": "0",
        "SECRET_KEY": _secret(home / "secret_key"),
        "MEDIA_ROOT": str(media),
        "SEAL_FOLDER": str(home / "seals"),
        "SITE_URL": f"http://{HOST}:{port}",
        "SMS_FILE": str(home / "sms.log"),
        "DEMO_MAIL_FILE": str(home / "mail.log"),
        "DJANGO_SETTINGS_MODULE": "tten.settings",
        "PYTHONUNBUFFERED": "1",
    }
    started = services.start(kind, durable=True)
    ours = {} if "DATABASE_URL" in os.environ else {"APPLICATION_ROLE": postgres.APPLICATION}
    return demo | ours | os.environ | started


def _with_wechat(home: Path, environment: dict[str, str]) -> dict[str, str]:
    """Start the demo's own WeChat, unless a real one is set up or this is no demo."""
    if environment["DEMO"] != "1" or environment.get("WECHAT_APP_ID"):
        return environment
    port = free_port()
    Daemon(STUB, home, {"cwd": ROOT}).start([PYTHON, "-m", "tten.local.wechat", str(port)])
    return environment | wechat.environment(f"http://{HOST}:{port}")


def _secret(note: Path) -> str:
    if not note.exists():
        note.touch(mode=0o600)
        note.write_text(secrets.token_urlsafe(64))
    return note.read_text()


def _prepare_tables(home: Path, environment: dict[str, str]) -> None:
    """As the owner: migrate, and grant the application role what it needs."""
    migrated, wanted = home / "migrated", _migrations()
    if "DATABASE_URL" in os.environ or not migrated.exists() or migrated.read_text() != wanted:
        step("数据库结构 / migrating")
        owner = {"DATABASE_ROLE": "migrate"} | environment
        _manage(owner, "migrate", "--no-input", "-v0")
        if owner.get("APPLICATION_ROLE"):
            _manage(owner, "roles")
        migrated.write_text(wanted)


def _prepare_data(home: Path, environment: dict[str, str]) -> None:
    if not Path(environment["SEAL_FOLDER"], "key").exists():
        _manage(environment, "seal", "--new-key")
    database = hashlib.sha256(environment["DATABASE_URL"].encode()).hexdigest()[:12]
    loaded = home / f"demo-{database}.loaded"
    if environment["DEMO"] == "1" and not loaded.exists():
        step("演示数据 / loading the demo data")
        unread = environment | {"READ_PAPERS": "0"}  # the demo's papers are blank
        _manage(unread, "demo", "--once")  # a killed command may have loaded it unnoticed
        loaded.touch()


def _migrations() -> str:
    """Return a mark of all migrations, ours and the parts': while it stays the same, Django need not be asked."""
    digest = hashlib.sha256(setup.RUNTIME.read_bytes())
    for file in [*sorted(ROOT.glob("*/migrations/*.py")), ROOT / "seals" / "rights.py"]:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _manage(environment: dict[str, str], *words: str) -> None:
    if subprocess.run([PYTHON, "manage.py", *words], cwd=ROOT, env=environment, check=False).returncode:
        raise LocalError(f"失败 / failed: manage.py {' '.join(words)}")


def _start(home: Path, environment: dict[str, str], port: int) -> list[Daemon]:
    """Start the web server, which a person waits for, and when it answers the workers and the clock."""
    step("启动网站与后台任务 / starting web server, workers and beat")
    children = [
        Daemon(name, home, {"cwd": ROOT, "env": {"DATABASE_ROLE": role_of(name)} | environment}) for name in PROGRAMS
    ]
    web, *others = children
    web.start(program(web.name, port))
    if not wait_until(lambda: answers(port) or _dead([web]) is not None, PATIENCE) or _dead([web]):
        raise LocalError(f"网站没有回应 / the site does not answer:\n{tail(web.log)}")
    for child in others:
        child.start(program(child.name, port))
    return children


def role_of(name: str) -> str:
    """Whose time-outs at the database a part has."""
    return name if name == "web" else "worker"


def program(name: str, port: int) -> Command:
    """How a part of the portal is started."""
    gunicorn: Command = [VENV / "bin" / "gunicorn", "tten.wsgi", "--bind", f"{HOST}:{port}"]
    celery: Command = [VENV / "bin" / "celery", "-A", "tten", "-q"]
    commands = {
        "web": [*gunicorn, *SERVER, *BRIEF],
        **{one: [*celery, "worker", "-n", f"{one}@%h", *words, "--loglevel", "info"] for one, words in WORKERS.items()},
        "beat": [*celery, "beat", "--pidfile=", "--loglevel", "info"],
    }
    return commands[name]


def answers(port: int) -> bool:
    """Whether the home page comes, be it broken."""
    answer = asking.asked(port, "/")
    if answer and answer[0] >= BROKEN:
        say(f"! 首页出错 / the home page fails ({answer[0]}): var/run/web.log")
    return answer is not None


def _dead(children: list[Daemon]) -> Daemon | None:
    return next((child for child in children if child.pid() is None), None)


def _greet(port: int, seconds: float) -> None:
    say(f"\n  http://{HOST}:{port}   ({seconds:.0f} s)\n")
    for account in DEMO_ACCOUNTS:
        say(f"  {account.username:<18}{account.role}")
    say(f"\n  口令 / password: {PASSWORD}")
    if parts := asking.unready(port):
        say(f"  ! 不正常 / not ready: {', '.join(parts)}    http://{HOST}:{port}/readyz")
    say("  日志 / logs: var/run/*.log    Ctrl-C 停止 / stops    make reset 重新开始 / starts over\n")
