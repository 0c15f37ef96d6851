"""What a bench makes of its figures: medians with their spread, limits, the table of docs/performance.md, the exit code."""

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

ALLOWANCE = 1.15  # a limit is what was measured at its landing, and 15 %
STEADY = 0.25  # (highest − lowest) ÷ median of the floor, above which a run proves nothing
LEAST_BLOCKS = 5
KILOBYTE = 1024
MET, MISSED, NOTHING_PROVED = 0, 1, 3  # exit codes; 2 is argparse's


@dataclass(frozen=True)
class Spread:
    """The median of the blocks, with the lowest and the highest of them."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """What the blocks gave, in any order."""
        return cls(median(values), min(values), max(values))

    @property
    def width(self) -> float:
        """How far they lie apart, as a share of the median."""
        return (self.high - self.low) / self.median


@dataclass(frozen=True)
class Limits:
    """The most that a line may cost."""

    times: float  # of the floor
    queries: int
    kilobytes: float

    def lowered_to(self, other: "Limits") -> "Limits":
        """Each figure the lower of the two: a limit only falls."""
        mine, theirs = asdict(self), asdict(other)
        return Limits(**{name: min(mine[name], theirs[name]) for name in mine})


@dataclass(frozen=True)
class Result:
    """Of one line in one run."""

    name: str  # method, address, and what tells it from another of the same
    role: str
    times: Spread  # of the floor of the same block
    milliseconds: float  # of CPU, the median
    queries: int
    kilobytes: float

    @property
    def limits(self) -> Limits:
        """What was measured, and 15 %."""
        times, kilobytes = (round(value * ALLOWANCE, 1) for value in (self.times.median, self.kilobytes))
        return Limits(times, math.floor(self.queries * ALLOWANCE), kilobytes)

    def over(self, limits: Limits | None) -> list[str]:
        """In words, what is more than its limit."""
        if limits is None:
            return ["no limit"]
        found = {"times": self.times.median, "queries": self.queries, "kilobytes": self.kilobytes}
        held = asdict(limits)
        return [f"{name} {found[name]:.4g} > {held[name]:.4g}" for name in held if found[name] > held[name]]


@dataclass(frozen=True)
class Run:
    """All lines of one commit; the floor in CPU milliseconds a request, block by block."""

    floor: Spread
    results: tuple[Result, ...]

    @property
    def proves(self) -> bool:
        """Whether the floor was steady enough for the figures to say anything."""
        return self.floor.width <= STEADY


def verdict(run: Run, limits: Mapping[str, Limits]) -> tuple[int, list[str]]:
    """The exit code, and why it is not 0; a limit for a line that is gone is one that is not met."""
    if not run.proves:
        low, high = f"{run.floor.low:.2f}", f"{run.floor.high:.2f}"
        return NOTHING_PROVED, [
            f"this run proves nothing: its floor varied by {run.floor.width:.0%} ({low} to {high} ms), more than {STEADY:.0%}"
        ]
    found = {result.name: result.over(limits.get(result.name)) for result in run.results}
    found |= {name: ["not measured"] for name in limits.keys() - found.keys()}
    missed = [f"{name}: {', '.join(why)}" for name, why in found.items() if why]
    return (MISSED if missed else MET), missed


def new_limits(run: Run, old: Mapping[str, Limits], *, lower: bool) -> dict[str, Limits]:
    """The limits after this run, of its lines alone; lower: an old one stays where it is the lower."""
    made = {result.name: result.limits for result in run.results}
    return {name: old[name].lowered_to(new) if lower and name in old else new for name, new in made.items()}


def read_limits(file: Path) -> dict[str, Limits]:
    """The limits of a bench by the name of the line; none where it has no file yet."""
    rows = json.loads(file.read_text()) if file.exists() else {}
    return {name: Limits(**row) for name, row in rows.items()}


def write_limits(file: Path, limits: Mapping[str, Limits]) -> None:
    """One line of the file for each line of the bench."""
    rows = [f"  {json.dumps(name)}: {json.dumps(asdict(row))}" for name, row in limits.items()]
    file.write_text("{\n" + ",\n".join(rows) + "\n}\n")


def table(run: Run, limits: Mapping[str, Limits]) -> str:
    """Each line beside its limits, in Markdown."""
    head = "| line | role | × floor | spread | limit | queries | limit | kB | limit |"
    rows = [head, "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]
    for result in run.results:
        held = limits.get(result.name)
        times, queries, kilobytes = (held.times, held.queries, held.kilobytes) if held else ("–", "–", "–")
        own = f"{result.times.median:.1f} | {result.times.low:.1f}–{result.times.high:.1f}"
        role = f"`{result.role}`" if result.role else "anybody"
        rest = f"{result.queries} | {queries} | {result.kilobytes:.1f} | {kilobytes}"
        rows.append(f"| `{result.name}` | {role} | {own} | {times} | {rest} |")
    floor = f"{run.floor.median:.2f} ms of CPU a request ({run.floor.low:.2f}–{run.floor.high:.2f})"
    return "\n".join([f"The floor page: {floor}.", "", *rows])


def comparison(run: Run, other: Run, commit: str) -> str:
    """Each line of two commits side by side, in Markdown; a line that the other lacks has no figure there."""
    theirs = {result.name: result for result in other.results}
    rows = [f"| line | × floor, {commit} | now | ratio | queries | now | kB | now |"]
    rows.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for new in run.results:
        old = theirs.get(new.name)
        cells = ["–", f"{new.times.median:.1f}", "", "–", new.queries, "–", f"{new.kilobytes:.1f}"]
        if old:
            ratio = f"{new.times.median / old.times.median:.2f}"
            cells[0], cells[2] = f"{old.times.median:.1f}", ratio
            cells[3], cells[5] = old.queries, f"{old.kilobytes:.1f}"
        rows.append(f"| `{new.name}` | {' | '.join(map(str, cells))} |")
    return "\n".join(rows)


def put_between(text: str, mark: str, part: str) -> str:
    """The text with the part between its two markers; ValueError where it has none."""
    begin, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    found = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if len(found.findall(text)) != 1:
        raise ValueError(f"no place for {mark}")
    return found.sub(lambda _: f"{begin}\n{part}\n{end}", text)


def result_of(line: Mapping[str, str], blocks: Iterable[tuple[float, float]], queries: int, size: int) -> Result:
    """What a line gave; blocks: its CPU milliseconds and the floor's, block by block; size in bytes."""
    pairs = list(blocks)
    times = Spread.of([own / floor for own, floor in pairs])
    spent = median(own for own, _ in pairs)
    return Result(line["name"], line["role"], times, spent, queries, size / KILOBYTE)
