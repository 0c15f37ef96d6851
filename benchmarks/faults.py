"""Lays today's tests over an older state: `python -m benchmarks.faults [--commit C] [--part 1/4] [--only tests/…]`.

Of each test file that docs/faults.md names, the tests that have come since are run there. One that fails has found a
fault that was mended since; one that passes is named: it holds what was right already. A file that cannot even be read
there asks for what did not exist: it says so, for that proves less. Ends with 1 if a file finds nothing.
"""

import argparse
import ast
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.copies import PYTEST, copy_of
from tten.local.paths import ROOT
from tten.local.say import say

BEFORE = "1abb79a~1"  # the commit before the first mended fault
NAMED = re.compile(r"`(tests/[\w/]+?(?:\.py|/))`")
LINE = re.compile(r"^(tests/\S+\.py)::(\w+)\S*.* (PASSED|FAILED|ERROR)")
UNREAD = re.compile(r"^_+ ERROR collecting (tests/\S+\.py) _+$")
APART = ("tests/watch.py",)  # no test file: what it holds is held by every request of every test
OPTIONS = ("-n", "0", "-vv", "--tb=short", "--no-cov", "-p", "no:logging", "--continue-on-collection-errors")
SECONDS = 1800  # for one part


@dataclass
class Found:
    """What came of one file: its new tests by what they did there."""

    new: set[str]
    failed: set[str] = field(default_factory=set)
    passed: set[str] = field(default_factory=set)
    unread: str = ""

    @property
    def is_silent(self) -> bool:
        """Whether nothing there was found broken, or lacking."""
        return bool(self.new) and not self.failed and not self.unread

    def __str__(self) -> str:
        """The figures, and the names of those that pass there."""
        if self.unread:
            return f"{len(self.new)} new, cannot be read there: {self.unread}"
        passed = sorted(self.passed - self.failed)
        told = f"{len(self.new)} new, {len(self.failed)} fail there, {len(passed)} pass"
        left = len(self.new) - len(self.failed) - len(passed)
        return told + (f", {left} not run" if left else "") + (f": {', '.join(passed)}" if passed else "")


def named() -> list[str]:
    """The test files of docs/faults.md, each once, the browser's apart: they need its own place."""
    found = NAMED.findall((ROOT / "docs" / "faults.md").read_text())
    files = [str(path) for name in dict.fromkeys(found) if name not in APART for path in files_of(name)]
    return [file for file in dict.fromkeys(files) if "/browser/" not in file]


def files_of(name: str) -> Iterator[Path]:
    """The file, or the test files of the folder."""
    path = ROOT / name
    found = sorted(path.glob("test_*.py")) if path.is_dir() else [path]
    return (one.relative_to(ROOT) for one in found)


def texts_of_tests(text: str) -> dict[str, str]:
    """Its test functions by name, each as it is written, without comments."""
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    return {node.name: ast.unparse(node) for node in nodes if node.name.startswith("test_")}


def come_since(before: str, now: str) -> set[str]:
    """The tests that were not there; if there is none, those that have changed; if only their values have, all."""
    old, new = texts_of_tests(before), texts_of_tests(now)
    changed = {name for name, text in new.items() if old.get(name) != text}
    return (new.keys() - old.keys()) or changed or (set(new) if before != now else set())


def lay_over(tree: Path, files: list[str]) -> dict[str, Found]:
    """Put these files in the place of those of the tree, with the words that they share, and what it lacks.

    Gives each file with the tests that the tree did not have.
    """
    found = {}
    for path in sorted((ROOT / "tests").rglob("*.py")):
        name = str(path.relative_to(ROOT))
        own = tree / name
        before = own.read_text() if own.exists() else ""
        if name in files:
            found[name] = Found(come_since(before, path.read_text()))
        if name in {*files, "tests/helpers.py"} or not own.exists():
            own.parent.mkdir(parents=True, exist_ok=True)
            own.write_text(path.read_text())
    return found


def run(tree: Path, found: dict[str, Found]) -> None:
    """Run the new tests there, and write down what each does."""
    names = sorted({name for one in found.values() for name in one.new})
    say(f"{len(names)} tests that have come since, in {len(found)} files")
    asked = ["timeout", f"{SECONDS}", *PYTEST, *OPTIONS, "-k", " or ".join(names), *found]
    with (
        tempfile.TemporaryDirectory(prefix="tten-") as counts,  # how many questions a page may ask is no fault of it
        subprocess.Popen(
            asked, cwd=tree, env=os.environ | {"RECORD_QUERIES": counts}, stdout=subprocess.PIPE, text=True
        ) as done,
    ):
        unread = None
        for line in done.stdout or ():
            unread = note(found, line, unread)


def note(found: dict[str, Found], line: str, unread: Found | None = None) -> Found | None:
    """Write down what one line of pytest says; a test that was there before, or was skipped, says nothing.

    unread: the file of whose reading the lines tell, as the call for the line before has given it.
    """
    if match := LINE.match(line):
        file, name, word = match.groups()
        if file in found and name in found[file].new:
            (found[file].passed if word == "PASSED" else found[file].failed).add(name)
    elif match := UNREAD.match(line):
        unread = found.get(match[1])
    elif line.startswith("____"):
        unread = None
    elif unread is not None and line.startswith("E  "):
        unread.unread = unread.unread or line[1:].strip()
    return unread


def part_of(files: list[str], part: str) -> list[str]:
    """Every fourth file, for a part such as 1/4."""
    number, _, parts = part.partition("/")
    return files[int(number) - 1 :: int(parts)]


def main() -> int:
    """Run the new tests over the older state; end with 1 if a file finds nothing there."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--commit", default=BEFORE)
    words.add_argument("--part", default="1/1", help="such as 2/4: every fourth file, from the second")
    words.add_argument("--only", nargs="*", help="test files")
    chosen = words.parse_args()
    with copy_of(chosen.commit) as tree:
        found = lay_over(tree, part_of(chosen.only or named(), chosen.part))
        run(tree, found)
    for file, one in found.items():
        say(f"{'NOTHING' if one.is_silent else 'found':<8} {file}: {one}")
    say(
        f"{sum(len(one.new) for one in found.values())} new tests, {sum(len(one.failed) for one in found.values())} fail there"
    )
    return int(any(one.is_silent for one in found.values()))


if __name__ == "__main__":
    sys.exit(main())
