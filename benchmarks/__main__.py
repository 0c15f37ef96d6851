"""`make bench NAME=pages`: what each line of benchmarks/pages.py costs, beside its limit.

Ends with 0 where every limit is met, 1 where one is not, 3 where the floor varied too much for the run to prove
anything. docs/performance.md says what is counted.
"""

import argparse
import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import frame
from benchmarks.blocks import Course, measure
from benchmarks.client import Client
from benchmarks.copies import copy_of
from benchmarks.portal import portal_of
from tten.local.paths import ROOT
from tten.local.say import LocalError, say

PAGE = ROOT / "docs" / "performance.md"
OWN = ROOT / "benchmarks"


def main() -> int:
    """Measure, print, write the table and, where it is asked for, the limits."""
    chosen = arguments()
    started = time.monotonic()
    with contextlib.ExitStack() as stack:
        courses = [stack.enter_context(course_of(ROOT, chosen.name, chosen.only))]
        if courses[0].missing:
            raise LocalError("\n  ".join(["lines that cannot be measured:", *courses[0].missing]))
        if chosen.against:
            os.environ["ROWS_FROM"] = courses[0].portal.environment["DATABASE_URL"]  # for a bench that has its own
            tree = stack.enter_context(tree_of(chosen.against))
            courses.append(stack.enter_context(course_of(tree, chosen.name, chosen.only)))
        measure(courses, chosen.blocks)
        spent = sum(course.portal.cpu() for course in courses)
    run, *others = [course.run() for course in courses]
    code = report(chosen.name, run, chosen.limits, chosen.only)
    for other in others:
        say(f"\n{frame.comparison(run, other, chosen.against)}")
        if not other.proves:
            say(f"! the floor of {chosen.against} varied by {other.floor.width:.0%}: the comparison proves nothing")
    say(f"({time.monotonic() - started:.0f} s, {spent:.0f} s of CPU)")
    return code


def arguments() -> argparse.Namespace:
    """What was typed."""
    words = argparse.ArgumentParser(prog="make bench", description=__doc__)
    words.add_argument("name", help="of a file of benchmarks/ that lists its LINES")
    words.add_argument("--against", metavar="REV", default="", help="another commit to run beside this state")
    words.add_argument("--only", metavar="WORD", default="", help="the lines whose names hold it; nothing is written")
    words.add_argument("--blocks", type=int, default=frame.LEAST_BLOCKS)
    words.add_argument("--limits", choices=["", "lower", "new"], default="", help="write them: fallen ones, or all")
    chosen = words.parse_args()
    if chosen.blocks < frame.LEAST_BLOCKS:
        words.error(f"at least {frame.LEAST_BLOCKS} blocks")
    return chosen


@contextlib.contextmanager
def course_of(tree: Path, name: str, only: str) -> Iterator[Course]:
    """The portal of the tree with the lines of the bench, or some of them, each asked and found in order."""
    with portal_of(tree, name) as portal:
        course = Course(portal, Client(portal.port, portal.home / "media"))
        course.prepare([line for line in portal.lines(name) if only in line["name"]])
        yield course


@contextlib.contextmanager
def tree_of(commit: str) -> Iterator[Path]:
    """The tree at the commit, with the benches of this one."""
    with copy_of(commit) as tree:
        shutil.rmtree(tree / "benchmarks", ignore_errors=True)
        shutil.copytree(OWN, tree / "benchmarks")
        yield tree


def report(name: str, run: frame.Run, refresh: str, only: str) -> int:
    """Print the table beside the limits and return the exit code; a part, and what proves nothing, is written nowhere."""
    file = OWN / "limits" / f"{name}.json"
    limits = {line: held for line, held in frame.read_limits(file).items() if only in line}
    is_kept = run.proves and not only
    if refresh and is_kept:
        limits = frame.new_limits(run, limits, lower=refresh == "lower")
        frame.write_limits(file, limits)
    table = frame.table(run, limits)
    code, why = frame.verdict(run, limits)
    say(f"\n{table}")
    if is_kept:
        PAGE.write_text(frame.put_between(PAGE.read_text(), f"bench {name}", table))
    for reason in why:
        say(f"✗ {reason}")
    return code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LocalError as refusal:
        say(f"✗ {refusal}")
        sys.exit(1)
