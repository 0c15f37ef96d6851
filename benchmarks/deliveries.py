"""`python -m benchmarks.deliveries [--events 1000]`: workers killed, servers and broker that hang, die and refuse, at each point.

Starts a PostgreSQL of its own and prints, for each point, how many events arrived, are shown as 未送达, came twice on
one channel, and still wait; ends with 1 where one is lost or doubled.
"""

import argparse
import os
import subprocess
import sys

from tten.local import services
from tten.local.paths import PYTHON, ROOT

KIND = "bench-deliveries"
INSIDE = "import django, sys; django.setup(); from benchmarks.brokering import main; sys.exit(main({}, {!r}))"


def main() -> int:
    """Start what it needs, try all points in a process of its own, and stop all of it."""
    words = argparse.ArgumentParser(prog="python -m benchmarks.deliveries")
    words.add_argument("--events", type=int, default=1000)
    words.add_argument("--only", default="", help="the points whose names hold it")
    chosen = words.parse_args()
    for name in ("DATABASE_URL", "REDIS_URL"):  # what it does to its broker it does to no other
        os.environ.pop(name, None)
    own = {
        **os.environ,
        "HTTPS": "0",
        "STATIC_FROM_SOURCE": "1",
        "SECRET_KEY": "x" * 50,
        "QUIET_FROM": "24",
        "QUIET_UNTIL": "0",
        "DJANGO_SETTINGS_MODULE": "tten.settings",
    }
    services.forget(KIND)
    try:
        own |= services.start(KIND, durable=False)
        subprocess.run([PYTHON, "manage.py", "migrate", "--no-input", "-v0"], cwd=ROOT, env=own, check=True)
        inside = INSIDE.format(chosen.events, chosen.only)
        return subprocess.run([PYTHON, "-c", inside], cwd=ROOT, env=own, check=False).returncode
    finally:
        services.forget(KIND)


if __name__ == "__main__":
    sys.exit(main())
