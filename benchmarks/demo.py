"""What a mass demo costs: `python -m benchmarks.demo --products 200000 --cases 200000 [--keep]`.

Starts a PostgreSQL of its own, loads the small demo, then the products, then the cases, and counts the CPU seconds of
the command and of PostgreSQL for each step. Then it looks at the trails of a thousand cases. Prints the table of
docs/performance.md and ends with 1 where a limit is not met.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tten.local import services
from tten.local.paths import PYTHON, ROOT, home_of
from tten.local.say import say

KIND = "bench-demo"
TICK = os.sysconf("SC_CLK_TCK")
LIMITS = {("products", 200_000): 60, ("products", 1_000_000): 300, ("cases", 200_000): 240, ("cases", 1_000_000): 1200}
SAMPLE = 1000
CHECK = f"""
import random
from accounts.models import Unit
from django.db import connection
from orders.models import Order
from records.models import Event
from records.steps import chain_holds
from redemption.models import Claim
from vouchers.models import Application
chance, found = random.Random(1), []
for model in (Unit, Order, Application, Claim):
    keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
    found += model.objects.filter(pk__in=chance.sample(keys, min(len(keys), {SAMPLE // 4})))
broken = [case.number for case in found if not chain_holds(case)]
with connection.cursor() as cursor:
    cursor.execute("SELECT pg_database_size(current_database())")
    size = cursor.fetchone()[0] / 1e9
print(f"{{Event.objects.count()}} trail lines, {{size:.1f}} GB; of {{len(found)}} trails {{len(broken)}} are broken")
raise SystemExit(bool(broken))
"""


@dataclass
class Step:
    """What one step cost: seconds of CPU by who spent them, and on the clock."""

    name: str
    python: float
    postgres: float
    wall: float
    limit: float | None = None

    @property
    def cpu(self) -> float:
        """All CPU seconds."""
        return self.python + self.postgres

    @property
    def row(self) -> str:
        """The step as a line of the table."""
        limit = f"{self.limit:.0f}" if self.limit else ""
        return f"| {self.name} | {self.python:.0f} | {self.postgres:.0f} | {self.cpu:.0f} | {limit} | {self.wall:.0f} |"


def main() -> None:
    """Load, measure, look, print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--products", type=int, default=200_000)
    words.add_argument("--cases", type=int, default=200_000)
    words.add_argument("--keep", action="store_true", help="leave the servers running with what was loaded")
    asked = words.parse_args()
    services.forget(KIND)
    environment = prepare()
    steps = [measure("the small demo", environment)]
    for name in ("products", "cases"):
        count = getattr(asked, name)
        steps += [measure(f"{count:,} {name}", environment, f"--{name}", str(count), limit=LIMITS.get((name, count)))]
    looked = manage(environment, "shell", "-v0", "-c", CHECK)
    if not asked.keep:
        services.forget(KIND)
    say(
        "| step | CPU of python, s | of PostgreSQL, s | both | limit | wall, s |\n| --- | ---: | ---: | ---: | ---: | ---: |"
    )
    say("\n".join(step.row for step in steps))
    sys.exit(looked != 0 or any(step.limit is not None and step.cpu > step.limit for step in steps))


def prepare() -> dict[str, str]:
    """Start the servers on an empty database and make its tables."""
    media = home_of(KIND) / "media"
    media.mkdir(exist_ok=True)
    own = {"DEMO": "1", "HTTPS": "0", "SECRET_KEY": "bench", "MEDIA_ROOT": str(media)}
    environment = os.environ | own | services.start(KIND, durable=False)
    if manage(environment, "migrate", "--no-input", "-v0"):
        sys.exit("migrate failed")
    return environment


def measure(name: str, environment: dict[str, str], *words: str, limit: float | None = None) -> Step:
    """Run `manage.py demo` with the words, and count."""
    python, postgres, start = _children(), _postgres(), time.monotonic()
    if manage(environment, "demo", *words):
        sys.exit(f"{name}: failed")
    return Step(name, _children() - python, _postgres() - postgres, time.monotonic() - start, limit)


def manage(environment: dict[str, str], *words: str) -> int:
    """Run a command of the portal; return how it ended."""
    return subprocess.run([PYTHON, "manage.py", *words], cwd=ROOT, env=environment, check=False).returncode


def _children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _postgres() -> float:
    """CPU seconds of the server so far, its ended children included."""
    server = int((home_of(KIND) / "postgres.pid").read_text().split()[0])
    ticks = 0
    for facts in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, _, rest = facts.read_text().partition(" (")
        except OSError:  # it has just ended
            continue
        fields = rest.rpartition(")")[2].split()
        if server in {int(pid), int(fields[1])}:
            ticks += sum(map(int, fields[11:15]))
    return ticks / TICK


if __name__ == "__main__":
    main()
