"""`make test` and its parts: style, types, migrations, deployment, tests; each in turn, all failures at the end."""

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Mapping
from typing import NoReturn

from tten.local import services, setup, system
from tten.local.counts import report
from tten.local.paths import PYTHON, ROOT, VAR, VENV
from tten.local.say import LocalError, say, step

KIND = "test"
RESULTS, QUERIES = VAR / "results", VAR / "queries"
# The code that moves cases and money: every branch of it is walked by a test.
WALKED = "*/workflow.py,*/services.py,*/permissions.py,vouchers/ledger.py,policy/*.py"
# These commands themselves: what they start is not counted, nor what was imported before the counting began.
LAUNCHER, LAUNCHED = "tten/local/*", 45
STYLE = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("djlint", ".", "--lint", "--quiet"),
)
TYPES = (("mypy", "."), ("lint-imports",))
PRODUCTION = {"DEBUG": "0", "DEMO": "0", "HTTPS": "1", "ALLOWED_HOSTS": "tten.example"}


def test() -> None:
    """Run every check in a fresh PostgreSQL and Valkey; raise LocalError if one fails, or if CI leaves a test out."""
    setup.prepare(setup.TEST, system.PDF, system.BROWSER, system.FONTS, system.PAGES)
    environment = _environment()
    try:
        environment |= services.start(KIND, durable=False)
        failures = [*_all(STYLE + TYPES, environment), *_django(environment), *_pytest(environment)]
    finally:
        services.stop(KIND)
    failures += report(RESULTS, strict=os.environ.get("CI") == "true")
    if failures:
        raise LocalError("不通过 / failed: " + "; ".join(failures))


def queries() -> None:
    """Run the tests without holding the pages to tests/queries.json, and write what they ask into it."""
    setup.prepare(setup.TEST, system.PDF)
    shutil.rmtree(QUERIES, ignore_errors=True)
    QUERIES.mkdir(parents=True)
    started = services.start(KIND, durable=False)
    try:
        _must("-m", "pytest", "-q", "-n", "2", "-m", "not browser", RECORD_QUERIES=str(QUERIES), **started)
    finally:
        services.stop(KIND)
    seen = [json.loads(path.read_text()) for path in QUERIES.glob("*.json")]
    most = {key: max(table.get(key, 0) for table in seen) for key in {key for table in seen for key in table}}
    rows = sorted(most.items(), key=lambda pair: pair[0].split()[::-1])
    (ROOT / "tests" / "queries.json").write_text(json.dumps(dict(rows), indent=0) + "\n")


def lint() -> None:
    """Check style alone."""
    _alone(STYLE)


def types() -> None:
    """Check types and the layers of imports alone."""
    _alone(TYPES)


def states() -> None:
    """Draw docs/states.md from the workflows."""
    setup.prepare(setup.TEST)
    _must("manage.py", "states")


def notices() -> None:
    """Draw docs/notices.md from the kinds of notices."""
    setup.prepare(setup.TEST)
    _must("manage.py", "notices_table")


def settings() -> None:
    """Draw docs/settings.md from tten/settings.py."""
    setup.prepare(setup.TEST)
    _must("manage.py", "settings_table")


def screens() -> None:
    """Take the pictures of docs/screens/ from a demo of its own; in the venv, where the browser's driver is."""
    setup.prepare(setup.TEST, system.PDF, system.BROWSER, system.FONTS)
    if subprocess.run([PYTHON, "-m", "tten.local.screens"], cwd=ROOT, check=False).returncode:
        raise LocalError("不通过 / failed: screens")


def bench(name: str) -> NoReturn:
    """Run benchmarks/NAME.py on servers of its own; AGAINST, LIMITS, ONLY and BLOCKS come from the environment."""
    setup.prepare(setup.TEST, system.PDF)
    options = {f"--{word}": os.environ.get(word.upper()) for word in ("against", "limits", "only", "blocks")}
    words = [word for option, value in options.items() if value for word in (option, value)]
    alone = {"notices", "load", "backup", "audit", "products", "papers", "weight"}  # no lines beside a floor
    bench = [f"benchmarks.{name}"] if name in alone else ["benchmarks", name]
    command = [str(PYTHON), "-m", *bench, *words]
    sys.exit(subprocess.run(command, cwd=ROOT, check=False).returncode)


def _alone(commands: tuple[tuple[str, ...], ...]) -> None:
    setup.prepare(setup.TEST)
    if failures := _all(commands, _environment()):
        raise LocalError("不通过 / failed: " + "; ".join(failures))


def _environment() -> dict[str, str]:
    """Collect settings under which the code can be read; nothing is connected to."""
    unused = {"DATABASE_URL": "postgres:///tten", "REDIS_URL": "redis://127.0.0.1/0"}
    own = {"SECRET_KEY": secrets.token_urlsafe(64), "DJANGO_SETTINGS_MODULE": "tten.settings"}
    return unused | os.environ | own | {"COVERAGE_FILE": str(RESULTS / "coverage")}


def _all(commands: tuple[tuple[str, ...], ...], environment: Mapping[str, str]) -> list[str]:
    return [failure for command in commands for failure in _check(command, environment)]


def _check(command: tuple[str, ...], environment: Mapping[str, str], *, shown: bool = False) -> list[str]:
    """Run a program of the venv; show its output if it fails or `shown`; return its name if it failed."""
    name = " ".join(command)
    if shown:
        step(name)
    output = None if shown else subprocess.PIPE
    program = [str(VENV / "bin" / command[0]), *command[1:]]
    result = subprocess.run(program, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT, check=False)
    if not shown:
        say(f"{'✗' if result.returncode else '✓'} {name}")
    if result.returncode and not shown:
        say(result.stdout.decode(errors="replace"))
    return [name[:60]] if result.returncode else []


def _django(environment: Mapping[str, str]) -> list[str]:
    production = {**environment, **PRODUCTION}
    manage = ("python", "-W", "error", "manage.py")
    return [
        *_check((*manage, "makemigrations", "--check", "--dry-run"), environment),
        *_check((*manage, "check", "--deploy", "--fail-level", "WARNING"), production),
    ]


def _pytest(environment: Mapping[str, str]) -> list[str]:
    RESULTS.mkdir(parents=True, exist_ok=True)
    for old in RESULTS.iterdir():
        old.unlink()
    rules = (
        "pytest",
        "-q",
        "-n",
        "2",
        "-m",
        "not browser",
        "--cov",
        "--cov-report=",
        f"--junitxml={RESULTS / 'rules.xml'}",
    )
    browser = ("pytest", "-q", "-n", "2", "-m", "browser", f"--junitxml={RESULTS / 'browser.xml'}")
    return [
        *_check(rules, environment, shown=True),
        *_covered(environment, "--show-missing", f"--omit={LAUNCHER}"),
        *_covered(environment, f"--include={LAUNCHER}", f"--fail-under={LAUNCHED}"),
        *_covered(environment, f"--include={WALKED}", f"--omit={LAUNCHER}", "--fail-under=100"),
        *_check(browser, environment, shown=True),
    ]


def _covered(environment: Mapping[str, str], *options: str) -> list[str]:
    """Hold what the tests have walked through against its floor; 95 of pyproject.toml where none is named."""
    return _check(("coverage", "report", "--skip-covered", *options), environment)


def _must(*words: str, **more: str) -> None:
    if subprocess.run([PYTHON, *words], cwd=ROOT, env=_environment() | more, check=False).returncode:
        raise LocalError("不通过 / failed: " + " ".join(words))
