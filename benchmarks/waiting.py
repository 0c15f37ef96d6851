"""`python -m benchmarks.waiting`: how long a code and a notice wait while 10,000 mails do and the mail server hangs.

Starts PostgreSQL, Valkey and the workers of the launcher (tten/queues.py), a mail server that takes lines and never says a
word, and an SMS gateway that takes whatever comes. Codes and notices by text are then asked for each second, as at the desk.
Prints the table of docs/performance.md and ends with 1 where a share is missed.
"""

import argparse
import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.frame import put_between
from benchmarks.notices import PAGE, sinks
from tten.local import services
from tten.local.paths import PYTHON, ROOT
from tten.local.say import say
from tten.queues import WORKERS

KIND = "bench-waiting"
WAITING, SECONDS = 10_000, 120  # mails; for so long something new is asked for each second
AIMS = {"codes": (10, 99), "notices": (60, 95)}  # seconds, and how many of a hundred have left by then
AT_WORK = ("texts", "codes", "mails")  # the workers that have to do with messages
INSIDE = "import django; django.setup(); from benchmarks.asking import ask; ask({}, {})"
Found = dict[str, float]


def main() -> int:
    """Ask, and tell."""
    words = argparse.ArgumentParser(prog="python -m benchmarks.waiting")
    words.add_argument("--waiting", type=int, default=WAITING)
    words.add_argument("--seconds", type=int, default=SECONDS)
    chosen = words.parse_args()
    found = asked(chosen.waiting, chosen.seconds)
    told = table(found, chosen.waiting)
    say(told)
    if chosen.waiting == WAITING:
        PAGE.write_text(put_between(PAGE.read_text(), "bench waiting", told))
    return int(any(found[kind]["share"] < share for kind, (_, share) in AIMS.items()))


def asked(waiting: int, seconds: int) -> dict[str, Found]:
    """Kind of message → what was found."""
    for name in ("DATABASE_URL", "REDIS_URL"):  # nobody else's messages are sent into the void
        os.environ.pop(name, None)
    own = dict(os.environ)
    own |= {"HTTPS": "0", "STATIC_FROM_SOURCE": "1", "SECRET_KEY": "x" * 50, "DJANGO_SETTINGS_MODULE": "tten.settings"}
    own |= {"QUIET_FROM": "24", "QUIET_UNTIL": "0"}
    services.forget(KIND)
    try:
        own |= services.start(KIND, durable=True)
        subprocess.run([PYTHON, "manage.py", "migrate", "--no-input", "-v0"], cwd=ROOT, env=own, check=True)
        with sinks() as ways, hanging() as port, workers(own | ways | {"EMAIL_PORT": f"{port}"}):
            command = [str(PYTHON), "-c", INSIDE.format(waiting, seconds)]
            done = subprocess.run(command, cwd=ROOT, env=own | ways, stdout=subprocess.PIPE, text=True, check=True)
    finally:
        services.forget(KIND)
    found: dict[str, Found] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextlib.contextmanager
def hanging() -> Iterator[int]:
    """A port at which lines are taken and nobody ever says a word."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(100)
        yield silent.getsockname()[1]


@contextlib.contextmanager
def workers(environment: dict[str, str]) -> Iterator[None]:
    """As the launcher starts them."""
    with contextlib.ExitStack() as stack:
        for name in AT_WORK:
            command = [str(PYTHON), "-m", "celery", "-A", "tten", "-q", "worker", "-n", f"{name}@bench", *WORKERS[name]]
            worker = stack.enter_context(subprocess.Popen(command, cwd=ROOT, env=environment))
            stack.callback(worker.terminate)
        yield


def table(found: dict[str, Found], waiting: int) -> str:
    """Each kind beside its aim, in Markdown."""
    head = f"| while {waiting:,} mails wait | asked for | within | share | aim | median, s | slowest, s |"
    rows = [head, "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"]
    for kind, (seconds, share) in AIMS.items():
        one = found[kind]
        figures = f"{one['share']:.1f} % | {share} % | {one['median']:.2f} | {one['slowest']:.2f}"
        rows.append(f"| {kind} by text | {one['asked']:.0f} | {seconds} s | {figures} |")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
