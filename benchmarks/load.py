"""`make bench NAME=load`: many people at once on the demo, pages and acts mixed as in the last hour of a window.

PEOPLE connections ask at the same time, in blocks that alternate between this tree and another commit (AGAINST=…, on the demo data
that this commit makes). Counted are answers a second, CPU of all processes an answer, answers that were none; before it the memory
of the portal at rest (PSS, as Linux reckons it), after it what the web server's workers have grown by.
Prints the table of docs/performance.md and ends with 1 where a limit of the issue is not met.
"""

import argparse
import contextlib
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.__main__ import tree_of
from benchmarks.client import Client, Request
from benchmarks.cpu import below
from benchmarks.frame import put_between
from benchmarks.portal import Portal, portal_of
from tten.demo.names import chance_of
from tten.local.paths import ROOT
from tten.local.processes import Daemon
from tten.local.say import LocalError, say

PAGE = ROOT / "docs" / "performance.md"
PEOPLE, BLOCKS = 8, 5
FASTER, LIGHTER, GROWTH = 1.3, 0.7, 0.05  # the issue's: throughput ×, PSS ×, growth of a web worker
MIX = {  # line of benchmarks/pages.py → how often in a hundred: visitors, firms in a hurry, reviewers, providers
    "GET home": 8,
    "GET product_list": 10,
    "GET product_list searched": 8,
    "GET product_detail": 12,
    "GET lab_list": 3,
    "GET user_center": 6,
    "GET voucher_home": 3,
    "GET application_list": 4,
    "GET application_detail district": 6,
    "GET application_edit": 6,
    "GET claim_list": 2,
    "GET claim_edit": 5,
    "GET notice_list": 3,
    "GET turn_list": 6,
    "GET turn_detail application": 6,
    "GET provider_order_list": 3,
    "POST application_edit": 4,
    "POST application_submit": 2,
    "POST claim_edit": 2,
    "POST turn_opinion": 1,
}


@dataclass
class Course:
    """One portal under load, and what it gave."""

    portal: Portal
    clients: list[Client]
    asked: list[Request]
    rest: float  # MB of PSS before anybody came
    workers: dict[int, float]  # web worker → MB before
    speeds: list[float] = field(default_factory=list)  # answers a second, by block
    spent: list[float] = field(default_factory=list)  # CPU ms an answer, by block
    errors: int = 0
    answers: int = 0

    def block(self, count: int, seed: int) -> None:
        """So many requests, the same in both trees, by all people at once."""
        shuffled = chance_of(seed).choices(self.asked, k=count)
        shares = [shuffled[place::PEOPLE] for place in range(PEOPLE)]
        began, before = time.monotonic(), self.portal.cpu()
        with ThreadPoolExecutor(PEOPLE) as people:
            self.errors += sum(people.map(work, self.clients, shares))
        self.answers += count
        self.speeds.append(count / (time.monotonic() - began))
        self.spent.append((self.portal.cpu() - before) * 1000 / count)

    @property
    def grown(self) -> float:
        """By what share the worker that grew most is larger than after its first block."""
        now = {pid: pss(pid) for pid in self.workers}
        return max(now[pid] / self.workers[pid] - 1 for pid in self.workers)


def main() -> int:
    """Measure here and, if asked, at another commit."""
    words = argparse.ArgumentParser(prog="make bench NAME=load", description=__doc__)
    words.add_argument("--against", metavar="REV", default="")
    words.add_argument("--requests", type=int, default=20_000, help="in all, of each tree")
    words.add_argument("--blocks", type=int, default=BLOCKS)
    chosen, _ = words.parse_known_args()
    with contextlib.ExitStack() as stack:
        courses = [stack.enter_context(course_of(ROOT))]
        if chosen.against:
            courses.append(stack.enter_context(course_of(stack.enter_context(tree_of(chosen.against)))))
        for course in courses:
            course.block(max(PEOPLE, chosen.requests // 20), 0)  # caches fill; what it takes is forgotten
            course.workers = {pid: pss(pid) for pid in course.workers}
            course.speeds.clear()
            course.spent.clear()
        for place in range(1, chosen.blocks + 1):
            for course in courses:
                course.block(chosen.requests // chosen.blocks, place)
        table = "\n".join(rows(courses, chosen.against))
        missed = misses(courses)
    say(table)
    PAGE.write_text(put_between(PAGE.read_text(), "bench load", table))
    for miss in missed:
        say(f"✗ {miss}")
    return int(bool(missed))


@contextlib.contextmanager
def course_of(tree: Path) -> Iterator[Course]:
    """The portal of the tree, with a client for each of the people; all of them have signed in as everybody."""
    with portal_of(tree) as portal:
        rest = sum(pss(pid) for pid in below(portal.roots))
        web = Daemon("web", portal.home).pid()
        if web is None:
            raise LocalError("the web server has ended")
        lines = [line for line in portal.lines("pages") if line["name"] in MIX and "missing" not in line]
        first = Client(portal.port, portal.home / "media")
        asked = [request for line in lines for request in [first.ready(line)] * MIX[line["name"]]]
        clients = [Client(portal.port, portal.home / "media") for _ in range(PEOPLE)]
        for client in clients:
            client.people = first.people
        yield Course(portal, clients, asked, rest, dict.fromkeys(below([web]) - {web}, 0.0))


def work(client: Client, share: Sequence[Request]) -> int:
    """Send them one after the other; how many were answered by an error of the server, or not as they should be."""
    errors = 0
    for request in share:
        try:
            client.once(request)
        except (LookupError, OSError) as why:
            say(f"! {why}")
            errors += 1
    return errors


def pss(pid: int) -> float:
    """MB that the process holds, its share of what it shares; 0 for one that has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def rows(courses: Sequence[Course], against: str) -> Iterator[str]:
    """The table."""
    names = ["now", *([against] if against else [])]
    yield f"| what | {' | '.join(names)} |"
    yield f"| --- |{' ---: |' * len(names)}"
    for what, figures in {
        "answers a second, median of the blocks": [f"{median(course.speeds):.1f}" for course in courses],
        "slowest and fastest block": [f"{min(course.speeds):.1f}–{max(course.speeds):.1f}" for course in courses],
        "CPU of web, worker and PostgreSQL an answer, ms": [f"{median(course.spent):.1f}" for course in courses],
        "answers that were none, of all": [f"{course.errors} of {course.answers}" for course in courses],
        "PSS of web, worker and PostgreSQL at rest, MB": [f"{course.rest:.0f}" for course in courses],
        "a web worker grew by at most": [f"{course.grown:.1%}" for course in courses],
    }.items():
        yield f"| {what} | {' | '.join(figures)} |"


def misses(courses: Sequence[Course]) -> list[str]:
    """What the issue asks for and this run did not show."""
    ours, *others = courses
    found = [f"{ours.errors} requests were not answered as they should be"] if ours.errors else []
    if ours.grown > GROWTH:
        found.append(f"a web worker grew by {ours.grown:.1%}, more than {GROWTH:.0%}")
    for other in others:
        if median(ours.speeds) < FASTER * median(other.speeds):
            found.append(f"throughput {median(ours.speeds) / median(other.speeds):.2f} ×, asked {FASTER} ×")
        if ours.rest > LIGHTER * other.rest:
            found.append(f"PSS {ours.rest / other.rest:.2f} ×, asked {LIGHTER} ×")
    return found


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LocalError as refusal:
        say(f"✗ {refusal}")
        sys.exit(1)
