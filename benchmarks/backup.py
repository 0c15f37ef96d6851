"""`make bench NAME=backup`: how fast a backup is beside a plain copy, and how fast it comes back; `--gigabytes 10`.

Starts a PostgreSQL of its own, fills it to the size, writes papers, and then, in turns,
copies the folders with `cp -r` and backs them up (`backups.making`), each until all is on disk. At last the backup is
restored as `manage.py restore` does it: unpacked, verified by pg_verifybackup, brought to its moment by a server. Prints
the table of docs/performance.md, and ends with 1 where the share is not met. How long a whole portal takes is told by
`make drill`, at whatever size the demo has (`make demo-more CASES=…`).
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from backups import base, cipher, making, papers, programs, restoring
from backups.cluster import cluster_of, hand_over
from backups.making import GB
from backups.places import Places
from backups.retention import Plan, whole
from benchmarks.frame import put_between
from tten.local import postgres
from tten.local.paths import ROOT
from tten.local.say import say

PAGE = ROOT / "docs" / "performance.md"
SHARE = 0.6  # of the speed of a plain copy, at least
PAPER, PAPERS = 1 << 20, 0.2  # bytes of a paper; share of the bytes that are papers
FILL = "INSERT INTO filling (words) SELECT repeat(md5(random()::text || n), 60) FROM generate_series(1, 20000) n"
Table = dict[str, list[float]]  # what was done → seconds of each round


def main() -> int:
    """Fill, copy and back up in turns, restore, print."""
    words = argparse.ArgumentParser(prog="make bench NAME=backup", description=__doc__)
    words.add_argument("--gigabytes", type=float, default=1.0)
    words.add_argument("--rounds", type=int, default=2)
    words.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()), help="where there is room for five times"
    )
    chosen = words.parse_args()
    top = Path(tempfile.mkdtemp(prefix="tten-bench-backup-", dir=chosen.folder))
    top.chmod(0o711)
    try:
        own = filled(top, chosen.gigabytes)
        found = measured(top, own, chosen.rounds)
    finally:
        postgres.stop(top / "home")
        shutil.rmtree(top, ignore_errors=True)
    size = found.pop("bytes")[0]
    say(table(found, size))
    PAGE.write_text(put_between(PAGE.read_text(), "bench backup", table(found, size)))
    return int(min(found["plain copy"]) / min(found["backup, written"]) < SHARE)


def filled(top: Path, gigabytes: float) -> Places:
    """A cluster and papers of so many bytes together."""
    (top / "home").mkdir(mode=0o755)
    own = Places(
        folder=top / "backups",
        key_file=top / "key",
        incoming=top / "incoming",
        media=top / "media",
        apart=(),
        database_url=postgres.start(top / "home", durable=True),
        programs=str(postgres.programs()),
    )
    cipher.make_key(own.key_file)
    own.prepare()
    write_papers(own, int(gigabytes * GB * PAPERS / PAPER))
    write_rows(own.database_url, gigabytes * GB * (1 - PAPERS))
    return own


def write_papers(own: Places, count: int) -> None:
    """So many papers, in a hundred folders."""
    for number in range(count):
        place = own.media / f"{number % 100:02}" / str(number)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(os.urandom(PAPER))


def write_rows(url: str, size: float) -> None:
    """A database of so many bytes, all of them on disk."""
    ask(url, "CREATE TABLE filling (id bigserial PRIMARY KEY, words text)")
    ask(url, "ALTER TABLE filling ALTER words SET STORAGE PLAIN")
    while int(ask(url, "SELECT pg_database_size(current_database())")) < size:
        ask(url, FILL)
    ask(url, "VACUUM ANALYZE filling")
    ask(url, "CHECKPOINT")


def ask(url: str, statement: str) -> str:
    """What a statement gives, by psql."""
    env = programs.environment(programs.Address(url))
    return programs.run(postgres.programs() / "psql", "-tAqc", statement, env=env).strip()


def measured(top: Path, own: Places, rounds: int) -> Table:
    """Seconds of each thing that was done, round by round, and the bytes."""
    found: Table = {"plain copy": [], "backup, written": [], "backup, read back": []}
    shutil.rmtree(own.folder)
    for _ in range(rounds):
        found["plain copy"].append(timed(lambda: copied(top)))
        shutil.rmtree(top / "copy")
        own.prepare()
        key, folder = cipher.read_key(own.key_file), own.bases / "20260101T000000000000Z.new"
        folder.mkdir()
        found["backup, written"].append(timed(partial(written, own, folder, key)))
        found["backup, read back"].append(timed(partial(read_back, own, folder, key)))
        shutil.rmtree(own.folder)
    own.prepare()
    made = making.make(own, keep=Plan(1, 0, 0))
    postgres.stop(top / "home")
    found |= restored(top, own)
    found["bytes"] = [float(made.database_bytes + made.paper_bytes)]
    return found


def timed(act: Callable[[], object]) -> float:
    """Seconds that it takes until all is on disk, where nothing waited to be written before."""
    os.sync()
    began = time.monotonic()
    act()
    os.sync()
    return time.monotonic() - began


def copied(top: Path) -> None:
    """Database and papers, as `cp` copies them."""
    (top / "copy").mkdir()
    subprocess.run(["cp", "-r", top / "home" / "postgres" / "data", top / "media", top / "copy"], check=True)


def written(own: Places, folder: Path, key: cipher.Key) -> None:
    """A backup without its check."""
    papers.copy(own, key, {})
    base.take(own, folder, key, programs.major_of(Path(own.programs)))


def read_back(own: Places, folder: Path, key: cipher.Key) -> None:
    """The check."""
    base.check(folder, key)
    for entry in papers.walk(own.objects, ()):
        for _ in cipher.pieces(Path(entry.path), key, entry.name):
            pass


def restored(top: Path, own: Places) -> Table:
    """The way back, step by step."""
    key, folder, place = cipher.read_key(own.key_file), whole(own)[0], Path(own.programs)
    data, media = top / "data", top / "back"
    came = restoring.Restored(making.facts_of(folder), None)
    found = {
        "restore: unpacked": [timed(lambda: restoring.unpack(folder, key, data))],
        "restore: verified": [timed(lambda: programs.run(place / "pg_verifybackup", "-q", data))],
        "restore: papers": [timed(lambda: restoring.bring_papers(own, key, folder, media, came))],
    }
    restoring.bring_log([], key, data)
    hand_over(data)
    with cluster_of(data, place) as server:
        found["restore: brought up"] = [timed(lambda: server.recover(None))]
    return found


def table(found: Table, size: float) -> str:
    """The best round of each as a line of Markdown."""
    lines = [
        f"{size / GB:.1f} GB, the best of {len(found['plain copy'])} rounds.",
        "",
        "| what | s | MB/s |",
        "| --- | ---: | ---: |",
    ]
    lines += [f"| {what} | {min(spent):.1f} | {size / min(spent) / 1e6:.0f} |" for what, spent in found.items()]
    share = min(found["plain copy"]) / min(found["backup, written"])
    return "\n".join(
        [*lines, "", f"A backup is written at {share:.2f} of the speed of a plain copy (at least {SHARE})."]
    )


if __name__ == "__main__":
    sys.exit(main())
