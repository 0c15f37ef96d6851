"""`make bench NAME=products`: what a write of a product costs beside AGAINST, by itself a commit without a shelf.

Fills a PostgreSQL of its own in each tree with so many products (`--products`, or PRODUCTS=), and lets one process of each
write in turns: another price, other words, a product more. Counted are the CPU of the process and of PostgreSQL.
Prints the table of docs/performance.md and ends with 1 where a write costs more than 1.3 times as much.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median

from benchmarks.__main__ import tree_of
from benchmarks.audit import pid_of, surroundings
from benchmarks.copies import within
from benchmarks.cpu import seconds_of
from benchmarks.frame import put_between
from tten.local.paths import PYTHON, ROOT
from tten.local.say import LocalError, say

KIND = "bench-products"
PAGE = ROOT / "docs" / "performance.md"
BEFORE = "369f38bb"  # the last commit without a shelf that starts
MANY, MOST = 3_000, 1.3  # products; how many times as much a write may cost
BLOCKS, WRITES = 7, 80  # of each act in each tree
ACTS = {"price": "another price", "words": "another name and description", "new": "a product more"}
INSIDE = "import django; django.setup(); from benchmarks.shelving import write_as_told; write_as_told({})"
Writer = tuple["subprocess.Popen[str]", int]
Spent = dict[str, dict[str, list[float]]]  # act → tree → milliseconds of a write, block by block


def main() -> int:
    """Fill both trees, write in turns, print."""
    words = argparse.ArgumentParser(prog="make bench NAME=products", description=__doc__)
    words.add_argument("--against", metavar="REV", default=BEFORE)
    words.add_argument("--products", type=int, default=int(os.environ.get("PRODUCTS") or MANY))
    chosen, _ = words.parse_known_args()
    with tree_of(chosen.against) as tree:
        spent = written({"now": ROOT, chosen.against: tree}, chosen.products)
    told = table(spent, chosen.products)
    say(told)
    PAGE.write_text(put_between(PAGE.read_text(), "bench products", told))
    return int(any(dearer(trees) > MOST for trees in spent.values()))


def written(trees: dict[str, Path], many: int) -> Spent:
    """What each act took in each tree; what the first block takes is forgotten."""
    spent: Spent = {act: {name: [] for name in trees} for act in ACTS}
    with migrated(trees.values()) as settings, contextlib.ExitStack() as stack:
        writers = {
            name: stack.enter_context(writer(tree, many, own))
            for (name, tree), own in zip(trees.items(), settings, strict=True)
        }
        for block in range(BLOCKS + 1):
            for act, found in spent.items():
                for name, one in writers.items():
                    took = block_of(one, act)
                    found[name] += [took] if block else []
    return spent


@contextlib.contextmanager
def writer(tree: Path, many: int, own: dict[str, str]) -> Iterator[Writer]:
    """A process of the tree that writes on so many products, and the pid of its PostgreSQL."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [PYTHON, "-c", INSIDE.format(many)], cwd=tree, env=own, stdin=pipe, stdout=pipe, text=True
    ) as process:
        yield process, pid_of(Path(own["BENCH_HOME"]))
        process.stdin.close() if process.stdin else None


@contextlib.contextmanager
def migrated(trees: Iterable[Path]) -> Iterator[list[dict[str, str]]]:
    """The settings of each tree, whose database of its own has its tables; they are made side by side."""
    trees, found, making = list(trees), [], []
    try:
        for tree in trees:
            within(tree, f"services.forget('{KIND}')", surroundings())
            started = within(
                tree, f"import json; print(json.dumps(services.start('{KIND}', durable=False)))", surroundings()
            )
            home = within(tree, f"print(paths.home_of('{KIND}'))", surroundings())
            found.append(surroundings() | json.loads(started) | {"BENCH_HOME": home, "MEDIA_ROOT": home})
            command = [str(PYTHON), "manage.py", "migrate", "--no-input", "-v0"]
            making.append(subprocess.Popen(command, cwd=tree, env=found[-1]))
        ended = [one.wait() for one in making]
        if any(ended):
            raise LocalError("migrate failed")
        yield found
    finally:
        for tree in trees:
            within(tree, f"services.forget('{KIND}')", surroundings())


def block_of(writer: Writer, act: str) -> float:
    """Let it write a block; CPU milliseconds of a product, of Python and PostgreSQL together."""
    process, server = writer
    if process.stdin is None or process.stdout is None:
        raise RuntimeError
    before = seconds_of([server])
    process.stdin.write(f"{act} {WRITES}\n")
    process.stdin.flush()
    told = json.loads(process.stdout.readline())
    return (float(told["cpu"]) + seconds_of([server]) - before) * 1000 / WRITES


def dearer(trees: dict[str, list[float]]) -> float:
    """How many times as much a write costs now: the median of the pairs."""
    ours, theirs = trees.values()
    return median(one / other for one, other in zip(ours, theirs, strict=True))


def table(spent: Spent, many: int) -> str:
    """Each act in both trees, in Markdown."""
    now, before = next(iter(spent.values()))
    rows = [f"| a write on {many:,} products | {now}, ms of CPU | {before}, ms | × | limit |"]
    rows.append("| --- | ---: | ---: | ---: | ---: |")
    for act, trees in spent.items():
        ours, theirs = (median(one) for one in trees.values())
        rows.append(f"| {ACTS[act]} | {ours:.2f} | {theirs:.2f} | {dearer(trees):.2f} | {MOST} |")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
