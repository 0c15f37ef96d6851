"""Asks every line in blocks, the floor page between them, and counts the CPU that the portal spends on it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median_low
from typing import Any

from benchmarks.client import Answer, Client, Request
from benchmarks.floor import ADDRESS, SIZE
from benchmarks.frame import Run, Spread, result_of
from benchmarks.portal import Portal
from tten.local.say import LocalError, say, step

ASKED = 25  # floor pages at a time
BETWEEN = 8  # lines from one floor to the next; fewer where there are few
AIM = 0.12  # CPU seconds of one line in one block, within these numbers of requests
FEWEST, MOST = 1, 10
WARMING = 2
FLOOR = {"name": "floor", "role": "", "method": "GET", "address": ADDRESS, "status": 200}


@dataclass
class Course:
    """One portal, its lines ready to be sent, and what they have cost so far."""

    portal: Portal
    client: Client
    requests: list[Request] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    times: dict[str, int] = field(default_factory=dict)  # line → requests in a block
    floors: list[float] = field(default_factory=list)  # CPU ms a request, by block
    spent: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))  # likewise
    queries: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    sizes: dict[str, int] = field(default_factory=dict)

    def prepare(self, lines: Sequence[dict[str, Any]]) -> None:
        """Ask each line once, then a few times more for caches to fill and to see how dear it is."""
        step(f"{self.portal.tree}: {len(lines)} 项 / lines")
        for line in lines:
            if "missing" in line:
                self.missing.append(f"{line['name']}: {line['missing']}")
                continue
            try:
                self.requests.append(self.client.ready(line))
            except LookupError as why:
                self.missing.append(str(why))
        self.check_floor()
        for request in self.requests:
            self.client.person(request.line)
            cost = self.cost_of(request, WARMING) / 1000
            self.times[request.line["name"]] = max(FEWEST, min(MOST, round(AIM / cost)))

    def check_floor(self) -> None:
        """The unit is what it says it is."""
        answer = self.client.once(Request(FLOOR))
        if (answer.queries, len(answer.body)) != (1, SIZE):
            raise LocalError(f"the floor page asks {answer.queries} queries and has {len(answer.body)} bytes")

    def block(self) -> None:
        """Every line once, some requests each; the floor between them."""
        floor, between = [], max(1, min(BETWEEN, len(self.requests) // 4))
        for place, request in enumerate(self.requests):
            if place % between == 0:
                floor.append(self.cost_of(Request(FLOOR), ASKED))
            name = request.line["name"]
            self.client.person(request.line)  # signs in anew where it is time to; not counted
            self.spent[name].append(self.cost_of(request, self.times[name], self.note(name)))
        self.floors.append(sum(floor) / len(floor))

    def note(self, name: str) -> Callable[[Answer], None]:
        """Keep queries and size of an answer."""

        def keep(answer: Answer) -> None:
            self.queries[name].append(answer.queries)
            self.sizes[name] = len(answer.body)

        return keep

    def cost_of(self, request: Request, times: int, note: Callable[[Answer], None] = lambda _: None) -> float:
        """CPU milliseconds of one request; LocalError where it is not answered as its line says."""
        before = self.portal.cpu()
        try:
            for _ in range(times):
                note(self.client.once(request))
        except LookupError as why:
            raise LocalError(str(why)) from why
        return (self.portal.cpu() - before) * 1000 / times

    def run(self) -> Run:
        """What all blocks gave."""
        results = []
        for request in self.requests:
            name = request.line["name"]
            pairs = zip(self.spent[name], self.floors, strict=True)
            results.append(result_of(request.line, pairs, median_low(self.queries[name]), self.sizes[name]))
        return Run(Spread.of(self.floors), tuple(results))


def measure(courses: Sequence[Course], blocks: int) -> None:
    """Block by block, one portal after the other in each."""
    for number in range(blocks):
        for course in courses:
            course.block()
        floors = ", ".join(f"{course.floors[-1]:.2f} ms" for course in courses)
        say(f"  block {number + 1} of {blocks}: floor {floors}")
