"""What the readers read of the corpus: `python -m benchmarks.papers [--every 1]`.

Reads each paper of tests/papers/corpus.py, counts what was read right and what of it is sure, then gives each damaged and
hostile paper to the bounded child. Prints the tables of docs/papers.md, writes them where the whole corpus was read, and ends
with 1 where a floor is missed, something wrong is sure, an honest paper contradicts itself, or a bound is passed.
"""

import argparse
import importlib
import io
import os
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from benchmarks import frame
from tten.local.paths import ROOT
from tten.local.say import say

PAGE = ROOT / "docs" / "papers.md"
BOUNDED_EVERY = 5  # whole papers that go through the child, too
MOST_MEGABYTES = 400  # of a process that works
SURROUNDINGS = {
    "DATABASE_URL": "postgres:///none",
    "REDIS_URL": "redis://127.0.0.1/0",
    "DEBUG": "1",
    "DJANGO_SETTINGS_MODULE": "tten.settings",
}


corpus, counting, damaged = (
    importlib.import_module(f"tests.papers.{name}") for name in ("corpus", "counting", "damaged")
)


class Count(Protocol):
    """What tests/papers/counting.py counts of a form."""

    papers: int
    layouts: set[str]
    facts: int
    guarded: int
    sure: int
    right: int
    other: int
    seconds: float
    wrong: list[object]
    missed: list[object]
    apart: list[object]
    recall: float


@dataclass
class Harm:
    """What the damaged papers did."""

    papers: int = 0
    refused: int = 0
    worst: float = 0.0  # seconds of CPU of one
    worst_name: str = ""
    past: tuple[str, ...] = ()  # those that took more than their bounds
    most: int = 0  # megabytes that any child held, those of whole papers among them
    lost: tuple[str, ...] = ()  # whole papers that the bounds refused


def main() -> int:
    """Read, print, write, judge."""
    words = argparse.ArgumentParser(prog="python -m benchmarks.papers", description=__doc__)
    words.add_argument("--every", type=int, default=1, help="each so many-th paper; nothing is written")
    chosen = words.parse_args()
    for name, value in SURROUNDINGS.items():
        os.environ.setdefault(name, value)
    started = time.monotonic()
    counts: dict[str, Count] = counting.counted(corpus.papers(chosen.every))
    counts |= counting.counted(importlib.import_module("tests.papers.printed").papers())
    blind: dict[str, Count] = counting.counted(importlib.import_module("tests.papers.blind.roster").papers())
    harm = harmed()
    tables = {"papers": table_of(counts), "blind": table_of_blind(blind[corpus.BLIND]), "damaged": table_of_harm(harm)}
    counts |= blind
    for name, table in tables.items():
        say(f"\n{table}")
        if chosen.every == 1:
            PAGE.write_text(frame.put_between(PAGE.read_text(), f"bench {name}", table))
    faults = list(faults_of(counts, harm))
    for fault in faults:
        say(f"✗ {fault}")
    say(f"({time.monotonic() - started:.0f} s)")
    return int(bool(faults))


def table_of(counts: dict[str, Count]) -> str:
    """What was read, form by form."""
    rows = [
        "| form | papers | layouts | facts | read right | floor | provable and sure | wrong and sure | CPU, ms a paper |"
    ]
    rows.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for form, count in counts.items():
        provable = f"{count.sure} of {count.guarded}"
        cells = (
            corpus.LABELS[form],
            count.papers,
            len(count.layouts),
            count.facts,
            f"{count.recall:.1%}",
            f"{corpus.FLOORS[form]:.0%}",
            provable,
            len(count.wrong),
            f"{count.seconds * 1000 / count.papers:.0f}",
        )
        rows.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(rows)


def table_of_blind(count: Count) -> str:
    """What is read of the blind layouts today; the first reading stands in the page for good."""
    missing = count.facts - count.right - count.other - len(count.wrong)
    cells = (count.papers, count.facts, count.right, count.other, missing, len(count.wrong))
    return "\n".join(
        (
            "| papers | facts | right | wrong, and marked to be looked at | missing | wrong and sure |",
            "| ---: | ---: | ---: | ---: | ---: | ---: |",
            "| " + " | ".join(map(str, cells)) + " |",
        )
    )


def table_of_harm(harm: Harm) -> str:
    """What damaged papers cost."""
    rows = [
        "| damaged and hostile papers | refused with a sentence | past their bounds | dearest, s of CPU | which | most memory, MB |"
    ]
    rows.append("| ---: | ---: | ---: | ---: | --- | ---: |")
    rows.append(
        f"| {harm.papers} | {harm.refused} | {len(harm.past)} | {harm.worst:.1f} | {harm.worst_name} | {harm.most} |"
    )
    return "\n".join(rows)


def harmed() -> Harm:
    """Give each damaged paper to the child, then whole ones, to see that its bounds leave them room."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tten.settings")
    django.setup()
    from django.conf import settings

    from papers.bounded import Unreadable, read_bounded

    harm = Harm()
    for name, form, content in damaged.papers():
        before = spent()
        try:
            read_bounded(io.BytesIO(content), form)
        except Unreadable:
            harm.refused += 1
        seconds = spent() - before
        harm.papers += 1
        if seconds > harm.worst:
            harm.worst, harm.worst_name = seconds, name
        if seconds > settings.READING_SECONDS + 1:
            harm.past += (name,)
    for paper in corpus.papers(every=BOUNDED_EVERY):
        try:
            read_bounded(io.BytesIO(paper.make()), paper.file)
        except Unreadable as refusal:
            harm.lost += (f"{paper.form} {paper.layout}: {refusal}",)
    harm.most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return harm


def spent() -> float:
    """Seconds of CPU of all children so far."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def faults_of(counts: dict[str, Count], harm: Harm) -> Iterator[str]:
    """What was promised and is not so."""
    for form, count in counts.items():
        if count.recall < corpus.FLOORS[form]:
            yield f"{form}: {count.recall:.1%} read right, {corpus.FLOORS[form]:.0%} promised: {count.missed[:5]}"
        if count.wrong:
            yield f"{form}: wrong and sure: {count.wrong[:5]}"
        if count.apart:
            yield f"{form}: honest papers that contradict themselves: {count.apart[:5]}"
    for name in harm.past:
        yield f"{name}: past its bounds"
    for name in harm.lost:
        yield f"{name}: a whole paper, and not read"
    if harm.most > MOST_MEGABYTES:
        yield f"{harm.most} MB held by a child, {MOST_MEGABYTES} promised"


if __name__ == "__main__":
    sys.exit(main())
