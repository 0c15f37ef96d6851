"""What it takes to send mails that have piled up: `python -m benchmarks.sweep [--mails 10000]`.

Starts a PostgreSQL of its own that keeps what it is told, writes that many notices with a mail each, all due, and lets one
worker sweep until none is left; a mail server that takes whatever comes stands beside it, at a loopback port
(`benchmarks/sweeping.py`). Prints the line of docs/performance.md and ends with 1 where it took longer than the limit.
"""

import argparse
import os
import subprocess
import sys

from tten.local import services
from tten.local.paths import PYTHON, ROOT

KIND = "bench-sweep"
MOST = 10_000
INSIDE = "import django, sys; django.setup(); from benchmarks.sweeping import measure; sys.exit(measure({}))"


def main() -> int:
    """Start what it needs, measure in a process of its own, and stop all of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sweep")
    parser.add_argument("--mails", type=int, default=MOST)
    mails = parser.parse_args().mails
    own = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    own |= {"HTTPS": "0", "STATIC_FROM_SOURCE": "1", "SECRET_KEY": "x" * 50, "DJANGO_SETTINGS_MODULE": "tten.settings"}
    services.forget(KIND)
    try:
        own |= services.start(KIND, durable=True)
        subprocess.run([PYTHON, "manage.py", "migrate", "--no-input", "-v0"], cwd=ROOT, env=own, check=True)
        return subprocess.run([PYTHON, "-c", INSIDE.format(mails)], cwd=ROOT, env=own, check=False).returncode
    finally:
        services.forget(KIND)


if __name__ == "__main__":
    sys.exit(main())
