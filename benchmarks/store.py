"""`python -m benchmarks.store`: how fast papers move to a bucket beside a plain copy by boto3, and what a file in one costs.

Starts a PostgreSQL and an S3 server of its own (moto's, in one process: it is slower than any that is meant to serve),
writes papers with their rows, and then, in turns, copies the folder with boto3 and moves it with `records.storing.moving`,
which compares each by hash. At last a download and the page of a paper are asked for in both places. Prints the table of
docs/performance.md, and ends with 1 where the share is not met.
"""

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.audit import surroundings
from benchmarks.frame import put_between
from tten.local import services
from tten.local.paths import PYTHON, ROOT, home_of
from tten.local.say import LocalError, say

KIND, PORT, SHARE = "bench-store", 6462, 0.5
PAGE = ROOT / "docs" / "performance.md"
INSIDE = "import django; django.setup(); from benchmarks import storing; storing.{}"
Found = dict[str, float]


def main() -> int:
    """Write, copy and move in turns, ask, print."""
    words = argparse.ArgumentParser(prog="python -m benchmarks.store", description=__doc__)
    words.add_argument("--papers", type=int, default=10_000)
    words.add_argument("--kilobytes", type=int, default=10)
    words.add_argument("--rounds", type=int, default=2)
    chosen = words.parse_args()
    services.forget(KIND)
    home = home_of(KIND)
    own = surroundings() | services.start(KIND, durable=False) | {"MEDIA_ROOT": str(home / "media")}
    own |= {"S3_ADDRESS": f"http://127.0.0.1:{PORT}", "S3_KEY": "bench", "S3_SECRET": "bench-secret", "DEBUG": "0"}
    try:
        with s3_server():
            rounds = list(measured(own, home, chosen))
            costs = run_in(own | {"PAPER_PLACES": "disk"}, "costs()"), run_in(own | {"PAPER_PLACES": "s3"}, "costs()")
    finally:
        services.forget(KIND)
    best = {what: min(one[what] for one in rounds) for what in rounds[0]}
    told = table(best, costs, chosen)
    say(told)
    PAGE.write_text(put_between(PAGE.read_text(), "bench store", told))
    return int(share_of(best) < SHARE)


@contextlib.contextmanager
def s3_server() -> Iterator[None]:
    """The server, for as long as it is needed."""
    words = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(PORT)]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        server.kill()
        server.wait()


def measured(own: dict[str, str], home: Path, chosen: argparse.Namespace) -> Iterator[Found]:
    """Seconds of each way, round by round; every round begins with papers on the disk and an empty bucket."""
    subprocess.run([PYTHON, "manage.py", "migrate", "--no-input", "-v0"], cwd=ROOT, env=own, check=True)
    for _ in range(chosen.rounds):
        shutil.rmtree(home / "media", ignore_errors=True)
        (home / "media").mkdir(parents=True)
        run_in(own | {"PAPER_PLACES": "disk"}, f"write({chosen.papers}, {chosen.kilobytes})")
        found = run_in(own | {"PAPER_PLACES": "s3"}, "plain()")
        found |= run_in(own | {"PAPER_PLACES": "s3,disk"}, "there()")
        yield found | run_in(own | {"PAPER_PLACES": "disk,s3"}, "back()")


def run_in(own: dict[str, str], code: str) -> Found:
    """What the code prints last, as a process of the portal."""
    command = [str(PYTHON), "-c", INSIDE.format(code)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | own, stdout=subprocess.PIPE, text=True, check=True)
    found: Found = json.loads(done.stdout.splitlines()[-1])
    return found


def share_of(best: Found) -> float:
    """The speed of the move as a share of the quickest plain copy."""
    return min(best["upload_file"], best["put_object"]) / best["there"]


def table(best: Found, costs: tuple[Found, Found], chosen: argparse.Namespace) -> str:
    """For docs/performance.md."""
    names = {
        "upload_file": "plain copy, `upload_file` one by one",
        "put_object": "plain copy, `put_object` one by one",
        "there": "moved to the bucket, compared by hash",
        "back": "moved back to the disk, compared by hash",
    }
    rows = [f"| {words} | {best[name]:.1f} | {chosen.papers / best[name]:.0f} |" for name, words in names.items()]
    disk, bucket = costs
    asked = [f"| {name} | {disk[name]:.1f} | {bucket[name]:.1f} | {bucket[name] / disk[name]:.2f} |" for name in disk]
    return "\n".join(
        [
            f"{chosen.papers:,} papers of {chosen.kilobytes} KB, the best of {chosen.rounds} rounds.",
            "",
            "| what | s | a second |",
            "| --- | ---: | ---: |",
            *rows,
            "",
            f"Papers move at {share_of(best):.2f} of the speed of the quicker plain copy (at least {SHARE}).",
            "",
            "| CPU of the portal, ms | disk | bucket | times |",
            "| --- | ---: | ---: | ---: |",
            *asked,
        ]
    )


if __name__ == "__main__":
    try:
        began = time.monotonic()
        code = main()
        say(f"({time.monotonic() - began:.0f} s)")
        sys.exit(code)
    except LocalError as refusal:
        say(f"✗ {refusal}")
        sys.exit(1)
