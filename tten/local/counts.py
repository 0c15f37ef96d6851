"""How many tests of which kind ran, and which were left out and why, read from pytest's result files."""

import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

from tten.local.say import say

KINDS = {  # by the first part of the name that fits
    "tests.browser": "browser",
    "tests.journeys": "journeys",
    "tests.test_house": "house",
    "tests.test_machines": "machines",
}
OTHERS = "rules"
OUTCOMES = ("passed", "failed", "skipped")
UNWELL = ("failure", "error")


def report(folder: Path, *, strict: bool) -> list[str]:
    """Print the counts by kind, the reasons of tests left out, and a last line that any reader of logs knows.

    strict: a test left out counts as a failure. Returns the failures in words.
    """
    cases = [case for file in sorted(folder.glob("*.xml")) for case in ET.parse(file).iter("testcase")]  # noqa: S314 (our own file)
    counts = Counter((_kind(case), _outcome(case)) for case in cases)
    reasons = Counter(skipped.get("message", "") for case in cases for skipped in case.iter("skipped"))
    say("")
    for kind in sorted({kind for kind, _ in counts}):
        say(f"  {kind:<10}{counts[kind, 'passed']:>6}")
    for reason, number in reasons.items():
        say(f"! 未跑 / left out: {number} × {reason}")
    passed, failed, skipped = (sum(n for (_, o), n in counts.items() if o == outcome) for outcome in OUTCOMES)
    say(f"total: {passed} passed, {failed} failed, {skipped} skipped")
    return [f"{skipped} 个测试未跑 / tests left out"] if strict and skipped else []


def _kind(case: ET.Element) -> str:
    name = case.get("classname", "")
    return next((kind for start, kind in KINDS.items() if name.startswith(start)), OTHERS)


def _outcome(case: ET.Element) -> str:
    if any(case.find(word) is not None for word in UNWELL):
        return "failed"
    return "skipped" if case.find("skipped") is not None else "passed"
