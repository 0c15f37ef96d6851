"""`make bench NAME=notices`: what it takes to send messages that have piled up, beside another commit (AGAINST=76a9e59).

Starts a PostgreSQL of its own that keeps what it is told, writes so many messages that are due, and lets one worker send
them; a mail server and an SMS gateway that take whatever comes stand in a process of their own (`benchmarks/sinks.py`).
The digests of a morning are written beside it (`benchmarks/digesting.py`). Then it writes firms and lets one worker tell
them an announcement (`benchmarks/announcing.py`; `--firms 0` leaves that out).
Prints the tables of docs/performance.md and ends with 1 where the worker spent more than a limit, or left anything.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.copies import copy_of
from benchmarks.frame import put_between
from tten.local import services
from tten.local.paths import PYTHON, ROOT
from tten.local.say import say

KIND = "bench-notices"
MOST, LIMIT = 10_000, 60.0  # messages; seconds of a worker's CPU for them
FIRMS, FIRMS_LIMIT, FIRMS_MEMORY = 100_000, 120.0, 150.0  # firms; seconds of CPU; MB at most
READERS, DIGEST_LIMIT = 1000, 20.0  # people with a digest; seconds of a worker's CPU for them
PAGE = ROOT / "docs" / "performance.md"
DIGESTS = "import django; django.setup(); from benchmarks.digesting import measure; measure({})"
INSIDE = "import django; django.setup(); from benchmarks.noticing import measure; measure({!r}, {})"
ANNOUNCE = "import django; django.setup(); from benchmarks.announcing import measure, write; {}({})"
NAMES = {"mail": "mails", "sms": "texts"}
Found = dict[str, float]


def main() -> int:
    """Measure both channels here and, if asked, at another commit."""
    chosen = arguments()
    trees = {"now": ROOT}
    with contextlib.ExitStack() as stack:
        if chosen.against:
            trees = {chosen.against: stack.enter_context(old_tree(chosen.against)), **trees}
        found = {name: measured(tree, chosen.messages) for name, tree in trees.items() if chosen.messages}
    limits = dict.fromkeys(NAMES, LIMIT * chosen.messages / MOST) | {"digest": DIGEST_LIMIT}
    is_met = all(one["left"] == 0 and one["cpu"] <= limits[name] for name, one in found.get("now", {}).items())
    if found:
        keep("bench notices", table(found, chosen.messages), is_whole=chosen.messages == MOST)
    if chosen.firms:
        one = announced(chosen.firms)
        keep("bench announcement", told_of(one, chosen.firms), is_whole=chosen.firms == FIRMS)
        is_met = is_met and is_quick(one, chosen.firms)
    return int(not is_met)


def keep(name: str, told: str, *, is_whole: bool) -> None:
    """Print the table, and write that of a whole run into the page."""
    say(told)
    if is_whole:
        PAGE.write_text(put_between(PAGE.read_text(), name, told))


def is_quick(one: Found, number: int) -> bool:
    """Whether an announcement kept its limits, and told each firm once."""
    share = number / FIRMS
    return one["left"] == 0 and one["cpu"] + one["beside"] <= FIRMS_LIMIT * share and one["memory"] <= FIRMS_MEMORY


def announced(number: int) -> Found:
    """What one worker took to tell so many firms."""
    with standing(ROOT) as own:
        run_in(ROOT, ANNOUNCE.format("write", number), own)
        return run_in(ROOT, ANNOUNCE.format("measure", number), own)


def told_of(one: Found, number: int) -> str:
    """An announcement beside its limits, in Markdown."""
    head = "| firms | CPU: worker, s | CPU: PostgreSQL, s | limit, s | memory, MB | limit, MB | on the clock, s | not told once |"
    limit = f"{FIRMS_LIMIT * number / FIRMS:.0f}"
    figures = f"{one['cpu']:.1f} | {one['beside']:.1f} | {limit} | {one['memory']:.0f} | {FIRMS_MEMORY:.0f}"
    rows = [head, f"|{' ---: |' * 8}", f"| {number:,} | {figures} | {one['clock']:.0f} | {one['left']:.0f} |"]
    return "\n".join(rows)


def arguments() -> argparse.Namespace:
    """What was typed; the other words of `make bench` say nothing here."""
    words = argparse.ArgumentParser(prog="make bench NAME=notices")
    words.add_argument("--against", default="")
    words.add_argument("--messages", type=int, default=MOST)
    words.add_argument("--firms", type=int, default=FIRMS)
    return words.parse_known_args()[0]


@contextlib.contextmanager
def old_tree(commit: str) -> Iterator[Path]:
    """The tree at the commit, with what this bench runs inside."""
    with copy_of(commit) as tree:
        for name in ("__init__.py", "noticing.py"):
            (tree / "benchmarks").mkdir(exist_ok=True)
            (tree / "benchmarks" / name).write_text((ROOT / "benchmarks" / name).read_text())
        yield tree


def measured(tree: Path, number: int) -> dict[str, Found]:
    """Channel → what it took there."""
    with standing(tree) as own, sinks() as told:
        channels = NAMES if tree == ROOT else ("mail",)  # 76a9e59 knew no gateway of texts
        found = {channel: run_in(tree, INSIDE.format(channel, number), own | told) for channel in channels}
        return found | ({"digest": run_in(tree, DIGESTS.format(READERS), own)} if tree == ROOT else {})


@contextlib.contextmanager
def standing(tree: Path) -> Iterator[dict[str, str]]:
    """The settings of a portal of the tree, while a database of its own stands."""
    own = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    own |= {
        "HTTPS": "0",
        "STATIC_FROM_SOURCE": "1",
        "SECRET_KEY": "x" * 50,
        "QUIET_FROM": "24",
        "QUIET_UNTIL": "0",
        "DJANGO_SETTINGS_MODULE": "tten.settings",
    }
    services.forget(KIND)
    try:
        own |= services.start(KIND, durable=True)
        subprocess.run([PYTHON, "manage.py", "migrate", "--no-input", "-v0"], cwd=tree, env=own, check=True)
        yield own
    finally:
        services.forget(KIND)


@contextlib.contextmanager
def sinks() -> Iterator[dict[str, str]]:
    """The settings that lead to the sinks, while they stand."""
    command = [str(PYTHON), "-m", "benchmarks.sinks"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as both:
        mails, texts = (both.stdout.readline() if both.stdout else "").split()
        yield {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": mails,
            "SMS_BACKEND": "accounts.sms.aliyun.to_aliyun",
            "SMS_ADDRESS": f"http://127.0.0.1:{texts}",
            "SMS_TEMPLATES": "code=1,taken=2,unknown=3,notice=4,invitation=5",
        }
        both.terminate()


def run_in(tree: Path, code: str, environment: dict[str, str]) -> Found:
    """What the code prints last there, as one process of that tree; nothing where it prints nothing."""
    command = [str(PYTHON), "-c", code]
    done = subprocess.run(command, cwd=tree, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: Found = json.loads((done.stdout.splitlines() or ["{}"])[-1])
    return found


def table(found: dict[str, dict[str, Found]], number: int) -> str:
    """Both channels, each commit beside the limit, in Markdown."""
    head = "| | commit | CPU of the worker, s | limit, s | each | on the clock, s | left |"
    rows = [head, "| --- | --- | ---: | ---: | ---: | ---: | ---: |"]
    for channel, name in NAMES.items():
        for commit, channels in found.items():
            if (one := channels.get(channel)) is None:
                continue
            each, limit = f"{1000 * one['cpu'] / number:.2f} ms", f"{LIMIT * number / MOST:.0f}"
            figures = f"{one['cpu']:.1f} | {limit} | {each} | {one['clock']:.0f} | {one['left']:.0f}"
            rows.append(f"| {number:,} {name} | {commit} | {figures} |")
    one = found["now"]["digest"]
    figures = f"{one['cpu']:.1f} | {DIGEST_LIMIT:.0f} | {1000 * one['cpu'] / READERS:.2f} ms | {one['clock']:.0f}"
    rows.append(f"| {READERS:,} digests | now | {figures} | {one['left']:.0f} |")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
