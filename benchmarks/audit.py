"""`make bench NAME=audit CASES=1000000`: what 核对 and 封存 cost on a large trail, and what a line of the trail costs beside AGAINST.

Fills a PostgreSQL of its own with so many cases more than the small demo has (`manage.py demo --cases`, whose copies bear the
portal's own chains and sums), kept for the next run, and once with a tenth of them, so that the growth is seen. Then, each in a
process of its own: everything is sealed, a working day's lines are written and sealed as every night, a quarter of an hour's as
by day, and everything is proved. At last two trees write lines of the trail in turns, this one and that of a commit.
Prints the table of docs/performance.md and ends with 1 where a limit is not met or something does not hold.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.copies import copy_of, within
from benchmarks.cpu import below, seconds_of
from benchmarks.frame import put_between
from tten.local import services
from tten.local.paths import PYTHON, ROOT, home_of
from tten.local.say import say, step

KIND = "bench-audit"
PAGE = ROOT / "docs" / "performance.md"
BEFORE = "438bad6"  # the last commit without a tree
CASES, LINES = 1_000_000, 5_000_000  # at which the limits below are asked
CPU, MEMORY, NIGHT, DEARER = (
    300.0,
    300.0,
    60.0,
    0.05,
)  # seconds; MB; seconds; share that a line of the trail may cost more
WHOLE = 100_000  # cases from which on a run stands in the page
LEAST = 300  # cases that `manage.py demo` makes at least
DAY, QUARTER = 20_000, 500  # lines of a working day of such a year; of a quarter of an hour
BLOCKS, NOTES = 9, 800  # of lines that each tree writes
INSIDE = "import django; django.setup(); from benchmarks import proving; {}"
ACTS = {  # what is told of it → (what is done before, the act)
    "封存 for the first time": ("proving.begin()", "seal"),
    "封存 at night, a day's lines": (f"proving.write_lines({DAY})", "seal"),
    "封存 by day, a quarter of an hour's": (f"proving.a_day_later(); proving.write_lines({QUARTER})", "quarter"),
    "核对 of everything": ("", "audit"),
}
Found = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """What one took: CPU seconds of Python and of PostgreSQL, MB of both, seconds on the clock, what was found."""

    python: float
    postgres: float
    memory: float
    beside: float
    clock: float
    found: list[str]

    @property
    def cpu(self) -> float:
        """All CPU seconds."""
        return self.python + self.postgres

    @property
    def figures(self) -> str:
        """As a part of a line of the table."""
        return f"{self.python:.1f} | {self.postgres:.1f} | {self.cpu:.1f} | {self.memory:.0f} | {self.beside:.0f} | {self.clock:.0f}"


def main() -> int:
    """Measure at two sizes, then the writing; print."""
    words = argparse.ArgumentParser(prog="make bench NAME=audit", description=__doc__)
    words.add_argument("--against", metavar="REV", default=BEFORE)
    words.add_argument("--cases", type=int, default=int(os.environ.get("CASES") or CASES))
    words.add_argument("--alone", action="store_true", help="that size alone: not its tenth, not the writing")
    chosen, _ = words.parse_known_args()
    if chosen.alone:
        return alone(chosen.cases)
    with copy_of(chosen.against) as tree:
        spent = written({"now": ROOT, chosen.against: with_writing(tree)})
    say(f"{dearer(spent):+.1%} a line of the trail")
    sizes = []
    for cases in (max(LEAST, chosen.cases // 10), chosen.cases):
        sizes.append(measured(cases))
        say("\n".join(rows_of(*sizes[-1])))
    told = table(sizes, spent, chosen.against)
    say(told)
    if chosen.cases >= WHOLE:
        PAGE.write_text(put_between(PAGE.read_text(), "bench audit", told))
    missed = misses(sizes[-1], spent)
    for miss in missed:
        say(f"✗ {miss}")
    return int(bool(missed))


def alone(cases: int) -> int:
    """Measure one size, and say what 核对 finds."""
    size = measured(cases)
    say("\n".join(rows_of(*size)))
    found = size[1]["核对 of everything"].found
    for one in found:
        say(f"✗ 核对: {one}")
    return int(bool(found))


def measured(cases: int) -> tuple[Found, dict[str, Act]]:
    """How much there is, and what each act took."""
    with standing(cases) as own:
        found = {}
        for name, (before, act) in ACTS.items():
            step(f"{cases:,}: {name}")
            run_in(own, before)
            found[name] = watched(own, act)
        return run_in(own, "proving.counted()"), found


@contextlib.contextmanager
def standing(cases: int) -> Iterator[dict[str, str]]:
    """The settings of a portal whose database has so many cases, filled where it was not."""
    kind = f"{KIND}-{cases}"
    home = home_of(kind)
    if not (home / "filled").exists():
        services.forget(kind)
        home = home_of(kind)
    own = surroundings() | services.start(kind, durable=True)
    own |= {"MEDIA_ROOT": str(home / "media"), "SEAL_FOLDER": str(home / "seals"), "BENCH_HOME": str(home)}
    try:
        subprocess.run([PYTHON, "manage.py", "migrate", "--no-input", "-v0"], cwd=ROOT, env=own, check=True)
        fill(own, home, cases)
        yield own
    finally:
        services.stop(kind)


def surroundings() -> dict[str, str]:
    """The settings of a portal that shows nothing."""
    own = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    given = {"DEMO": "1", "HTTPS": "0", "STATIC_FROM_SOURCE": "1", "SECRET_KEY": "x" * 50, "SEAL_ORIGIN": "bench/seals"}
    return own | given | {"DJANGO_SETTINGS_MODULE": "tten.settings"}


def fill(own: dict[str, str], home: Path, cases: int) -> None:
    """Load the demo and as many cases more, once."""
    if (home / "filled").exists():
        return
    (home / "media").mkdir(exist_ok=True)
    for words in (("demo", "--once"), ("demo", "--cases", str(cases))):
        step(f"{cases:,}: {' '.join(words)}")
        subprocess.run([PYTHON, "manage.py", *words], cwd=ROOT, env=own, check=True)
    run_in(own, "proving.as_owner('SELECT 1', 'VACUUM ANALYZE')")
    (home / "filled").touch()


def run_in(own: dict[str, str], code: str) -> Found:
    """What the code prints last, as a process of the portal; nothing where it prints nothing."""
    command = [str(PYTHON), "-c", INSIDE.format(code)]
    done = subprocess.run(command, cwd=ROOT, env=own, stdout=subprocess.PIPE, text=True, check=True)
    found: Found = json.loads((done.stdout.splitlines() or ["{}"])[-1])
    return found


def watched(own: dict[str, str], act: str) -> Act:
    """Carry an act out, and look meanwhile at what PostgreSQL holds beside its shared buffers."""
    server, most, over = pid_of(Path(own["BENCH_HOME"])), [0.0], threading.Event()

    def look() -> None:
        while not over.wait(0.5):
            most[0] = max(most[0], sum(map(anonymous, below([server]))))

    before, looking = seconds_of([server]), threading.Thread(target=look)
    looking.start()
    try:
        told = run_in(own, f"proving.measured({act!r})")
    finally:
        over.set()
        looking.join()
    spent = seconds_of([server]) - before
    return Act(told["cpu"], spent, told["memory"], most[0], told["clock"], told["found"])


def pid_of(home: Path) -> int:
    """The server whose home this is."""
    return int((home / "postgres.pid").read_text().split()[0])


def anonymous(pid: int) -> float:
    """MB that a process holds for itself; 0 for one that has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon:")) / 1024


def with_writing(tree: Path) -> Path:
    """The older tree with what this bench runs inside."""
    (tree / "benchmarks" / "writing.py").write_text((ROOT / "benchmarks" / "writing.py").read_text())
    return tree


def written(trees: dict[str, Path]) -> dict[str, list[float]]:
    """By tree, the CPU milliseconds of a line of the trail in each block; the trees take turns."""
    with contextlib.ExitStack() as stack:
        writers = {name: stack.enter_context(writer(tree)) for name, tree in trees.items()}
        spent: dict[str, list[float]] = {name: [] for name in writers}
        for block in range(BLOCKS + 1):
            for name, (process, server) in writers.items():
                one = block_of(process, server)
                spent[name] += [one] if block else []  # what the first one takes is forgotten
        return spent


@contextlib.contextmanager
def writer(tree: Path) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """A process of the tree that writes on a database of its own, and the pid of its PostgreSQL."""
    kind = f"{KIND}-writing"
    starting = f"import json; print(json.dumps(services.start('{kind}', durable=False)))"
    own = surroundings()
    within(tree, f"services.forget('{kind}')", own)
    try:
        own |= json.loads(within(tree, starting, own))
        subprocess.run([PYTHON, "manage.py", "migrate", "--no-input", "-v0"], cwd=tree, env=own, check=True)
        code = "import django; django.setup(); from benchmarks.writing import write_as_told; write_as_told()"
        command, pipe = [str(PYTHON), "-c", code], subprocess.PIPE
        with subprocess.Popen(command, cwd=tree, env=own, stdin=pipe, stdout=pipe, text=True) as process:
            yield process, pid_of(Path(within(tree, f"print(paths.home_of('{kind}'))", own)))
            process.stdin.close() if process.stdin else None
    finally:
        within(tree, f"services.forget('{kind}')", own)


def block_of(process: "subprocess.Popen[str]", server: int) -> float:
    """Let it write a block; CPU milliseconds of a line, of Python and PostgreSQL together."""
    if process.stdin is None or process.stdout is None:
        raise RuntimeError
    before = seconds_of([server])
    process.stdin.write(f"{NOTES}\n")
    process.stdin.flush()
    told = json.loads(process.stdout.readline())
    return (float(told["cpu"]) + seconds_of([server]) - before) * 1000 / NOTES


def dearer(spent: dict[str, list[float]]) -> float:
    """By what share a line costs more now: the median of the pairs."""
    ours, theirs = spent.values()
    return median(one / other for one, other in zip(ours, theirs, strict=True)) - 1


def table(sizes: list[tuple[Found, dict[str, Act]]], spent: dict[str, list[float]], against: str) -> str:
    """Both sizes and the writing, in Markdown."""
    heads = ["cases", "lines of the trail", "leaves", "papers", "what", "CPU: Python, s", "PostgreSQL, s", "both, s"]
    heads += ["MB: Python", "PostgreSQL", "clock, s"]
    rows = [f"| {' | '.join(heads)} |", f"|{' ---: |' * 4} --- |{' ---: |' * 6}"]
    for size in sizes:
        rows += rows_of(*size)
    (few, small), (many, large) = sizes
    grown = large["封存 for the first time"].cpu - small["封存 for the first time"].cpu
    leaf = 1000 * grown / (many["leaves"] - few["leaves"])
    ours, theirs = (median(one) for one in spent.values())
    now = f"A line of the trail takes {ours:.3f} ms of CPU where it took {theirs:.3f} ms at {against}: {dearer(spent):+.1%}"
    behind = f"Its leaf, made behind it by the worker, {leaf:.3f} ms: {leaf / theirs:+.1%}."
    return "\n".join([*rows, "", f"{now} (median of {BLOCKS} pairs of blocks). {behind}"])


def rows_of(much: Found, acts: dict[str, Act]) -> list[str]:
    """One size, a line for each act."""
    counts = " | ".join(f"{much[name]:,}" for name in ("cases", "lines", "leaves", "papers"))
    return [f"| {counts} | {name} | {act.figures} |" for name, act in acts.items()]


def misses(size: tuple[Found, dict[str, Act]], spent: dict[str, list[float]]) -> list[str]:
    """What the issue asks for at a million cases, in proportion to their number, and this run did not show."""
    much, acts = size
    share, proof, night = much["cases"] / CASES, acts["核对 of everything"], acts["封存 at night, a day's lines"]
    found = [f"核对: {one}" for one in proof.found]
    limits = (
        ("CPU seconds of 核对", proof.cpu, CPU * share),
        ("MB of 核对", proof.memory, MEMORY),
        ("CPU seconds of a night's 封存", night.cpu, NIGHT),
        ("share that a line costs more", dearer(spent), DEARER),
    )
    return found + [f"{what}: {value:.2f}, asked {limit:.2f}" for what, value, limit in limits if value > limit]


if __name__ == "__main__":
    sys.exit(main())
