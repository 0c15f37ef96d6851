"""What the readers read of the corpus and what that costs: `make bench NAME=papers`, or `python -m benchmarks.papers [--every 1]`.

Starts a PostgreSQL of its own with the small demo, for the floor page that is asked between the forms. Reads each paper of
tests/papers/corpus.py, counts what was read right and what of it is sure, then gives each damaged and hostile paper to the
bounded child. Prints the tables of docs/papers.md, writes them where the whole corpus was read, and ends with 1 where a share
is missed, something wrong is sure, an honest paper contradicts itself, a bound is passed, or a paper costs too much.
"""

import argparse
import importlib
import io
import logging
import os
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Protocol

from benchmarks import frame
from benchmarks.floor import ADDRESS
from benchmarks.sheets import KIND, prepare
from tten.local import services
from tten.local.paths import ROOT
from tten.local.say import say

PAGE = ROOT / "docs" / "papers.md"
BOUNDED_EVERY = 5  # whole papers that go through the child, too
MOST_MEGABYTES = 400  # of a process that works
FLOORS_ASKED = 30  # before the first form and after each
MOST_TIMES = {
    "xml": 2,
    "metadata": 2,
    "attached": 2,
    "text": 8,
    "printed": 8,
    "rendered": 15,
}  # form → × of the floor page


corpus, counting, damaged = (
    importlib.import_module(f"tests.papers.{name}") for name in ("corpus", "counting", "damaged")
)


class Paper(Protocol):
    """One of tests/papers/corpus.py."""

    form: str


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
    started = time.monotonic()
    services.forget(KIND)
    os.environ.update(prepare() | {"DJANGO_SETTINGS_MODULE": "benchmarks.settings"})
    try:
        return measured(chosen.every)
    finally:
        services.forget(KIND)
        say(f"({time.monotonic() - started:.0f} s)")


def measured(every: int) -> int:
    """Read all, the floor page between; print and judge."""
    import django

    django.setup()
    logging.disable(logging.INFO)
    floors = [floor_now()]
    counts: dict[str, Count] = {}
    for group in grouped(corpus.papers(every)), grouped(importlib.import_module("tests.papers.printed").papers()):
        for papers in group:
            counts |= counting.counted(papers)
            floors.append(floor_now())
    floor = median(floors)
    say(f"the floor page: {floor * 1000:.2f} ms of CPU ({min(floors) * 1000:.2f} to {max(floors) * 1000:.2f})")
    blind: dict[str, Count] = counting.counted(importlib.import_module("tests.papers.blind.roster").papers())
    harm = harmed()
    tables = {
        "papers": table_of(counts, floor),
        "blind": table_of_blind(blind[corpus.BLIND]),
        "damaged": table_of_harm(harm),
    }
    counts |= blind
    for name, table in tables.items():
        say(f"\n{table}")
        if every == 1:
            PAGE.write_text(frame.put_between(PAGE.read_text(), f"bench {name}", table))
    faults = [*faults_of(counts, harm), *dear(counts, floor)]
    for fault in faults:
        say(f"✗ {fault}")
    return int(bool(faults))


def floor_now() -> float:
    """CPU seconds of the floor page, asked by Django's test client."""
    from django.test import Client

    client, start = Client(), time.process_time()
    for _ in range(FLOORS_ASKED):
        client.get(ADDRESS)
    return (time.process_time() - start) / FLOORS_ASKED


def grouped(papers: Iterable[Paper]) -> Iterable[list[Paper]]:
    """The papers form by form."""
    forms: dict[str, list[Paper]] = {}
    for paper in papers:
        forms.setdefault(paper.form, []).append(paper)
    return forms.values()


def dear(counts: dict[str, Count], floor: float) -> Iterator[str]:
    """The forms of which a paper costs more × of the floor page than the issue allows."""
    for form, most in MOST_TIMES.items():
        times = times_of(counts[form], floor)
        if times > most:
            yield f"{form}: {times:.1f} × of the floor page, {most} allowed"


def times_of(count: Count, floor: float) -> float:
    """What the reading of one paper costs, × of the floor page."""
    return count.seconds / count.papers / floor


def table_of(counts: dict[str, Count], floor: float) -> str:
    """What was read, form by form."""
    heads = "form | papers | layouts | facts | read right | at least | provable and sure | wrong and sure"
    rows = [f"| {heads} | CPU, ms a paper | × floor page | limit |"]
    rows.append("| --- |" + " ---: |" * 10)
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
            f"{count.seconds * 1000 / count.papers:.1f}",
            f"{times_of(count, floor):.1f}",
            MOST_TIMES.get(form, ""),
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
