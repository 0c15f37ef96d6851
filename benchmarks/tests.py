"""What the tests cost, against another commit: `python -m benchmarks.tests --against 76a9e59 [tests/vouchers …]`.

Runs the rules part (all but the browser's) of both, one after another, in copies of the tree, with the options of
`make test`. Counts the CPU seconds of pytest and its workers, of PostgreSQL and of Valkey, and prints the table of
docs/testing.md.
"""

import argparse
import os
import re
import resource
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.copies import PYTEST, copy_of, within
from tten.local.say import say

TICK = os.sysconf("SC_CLK_TCK")
LIKE_MAKE_TEST = ("-n", "2", "--cov", "--cov-report=", "--cov-fail-under=0")


@dataclass
class Cost:
    """Of one run: CPU seconds by who spent them, seconds on the clock, and how many tests passed."""

    python: float
    servers: float
    wall: float
    passed: int
    failed: int

    @property
    def cpu(self) -> float:
        """All CPU seconds."""
        return self.python + self.servers


def main() -> None:
    """Measure the older state, then this one, and print the table."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--against", required=True, help="the commit to compare with")
    words.add_argument("tests", nargs="*", default=["tests"])
    chosen = words.parse_args()
    before, after = (measure(commit, chosen.tests) for commit in (chosen.against, "HEAD"))
    say(table(chosen.against, before, after))


def measure(commit: str, tests: list[str]) -> Cost:
    """Run the tests of a commit in a copy of the tree."""
    with copy_of(commit) as tree:
        within(tree, "services.start('test', durable=False)")
        servers, python, start = _servers(tree), _children(), time.monotonic()
        command = [*(word for word in PYTEST if word not in {"-p", "no:randomly"}), *LIKE_MAKE_TEST, *tests]
        result = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
        wall = time.monotonic() - start
        say(f"{commit}: {result.stdout.strip().splitlines()[-1]}")
        return Cost(_children() - python, _servers(tree) - servers, wall, *_counts(result.stdout))


def _counts(output: str) -> tuple[int, int]:
    found = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|error)", output)}
    return found.get("passed", 0), found.get("failed", 0) + found.get("error", 0)


def _children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _servers(tree: Path) -> float:
    """CPU seconds of the tree's PostgreSQL and Valkey so far, their ended children included."""
    home = Path(within(tree, "print(paths.home_of('test'))"))
    pids = [int((home / f"{name}.pid").read_text().split()[0]) for name in ("postgres", "valkey")]
    ticks = 0
    for facts in Path("/proc").glob("[0-9]*/stat"):
        number, parent, spent = _facts(facts)
        if number in pids or parent in pids:
            ticks += spent
    return ticks / TICK


def _facts(file: Path) -> tuple[int, int, int]:
    """Pid, parent, and ticks of a process with those of its children that have ended."""
    try:
        pid, _, rest = file.read_text().partition(" (")
    except OSError:  # it has just ended
        return 0, 0, 0
    fields = rest.rpartition(")")[2].split()
    return int(pid), int(fields[1]), sum(map(int, fields[11:15]))


def table(commit: str, before: Cost, after: Cost) -> str:
    """The two runs side by side, in Markdown."""
    lines = [f"| | {commit} | now | ratio |", "| --- | ---: | ---: | ---: |"]
    rows = {"tests passed": "passed", "tests failed": "failed", "CPU, pytest and workers, s": "python",
            "CPU, PostgreSQL and Valkey, s": "servers", "CPU, all, s": "cpu", "wall, s": "wall"}  # fmt: skip
    for label, name in rows.items():
        old, new = getattr(before, name), getattr(after, name)
        lines.append(f"| {label} | {old:.0f} | {new:.0f} | {f'{new / old:.2f}' if old else ''} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
