"""What the readers say of papers that published packages ship: `python -m benchmarks.samples [PACKAGE…]`, never in CI.

Downloads each package by pip into a temporary folder, runs nothing of it, and reads what of it is a PDF, an OFD or an XML of an
invoice. Prints a line for each paper: its name, its kind, how many facts were read and how many of them are sure.
"""

import argparse
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from papers.reading import Unreadable, read
from tten.local.say import say

PACKAGES = (
    "ofdkit",
    "easyofd",
    "ofdreader",
    "ofd2img",
    "ofd2png",
    "pdf2ofd",
    "invoice-merger",
    "invoice-amount-tool",
    "tax-invoice",
)
FORMS = {".pdf": "pdf", ".ofd": "ofd", ".xml": "xml"}
PATIENCE = 120  # seconds for one package
NONE, GONE = "ships no paper", "cannot be had as a wheel"


def main() -> int:
    """Download, read, print."""
    words = argparse.ArgumentParser(prog="python -m benchmarks.samples", description=__doc__)
    words.add_argument("packages", nargs="*", default=PACKAGES)
    with tempfile.TemporaryDirectory() as folder:
        for package in words.parse_args().packages:
            wheel = downloaded(package, Path(folder))
            told = list(lines_of(wheel)) if wheel else [GONE]
            for line in told or [NONE]:
                say(f"{wheel.name if wheel else package}: {line}")
    return 0


def downloaded(package: str, folder: Path) -> Path | None:
    """The wheel of a package; None where there is none. Nothing of a wheel is run."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--only-binary",
        ":all:",
        "--dest",
        str(folder),
        package,
    ]
    before = set(folder.glob("*.whl"))
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    return next(iter(set(folder.glob("*.whl")) - before), None)


def lines_of(wheel: Path) -> Iterator[str]:
    """What is read of each paper in it."""
    with zipfile.ZipFile(wheel) as parts:
        for name in sorted(parts.namelist()):
            if form := FORMS.get(Path(name).suffix.lower()):
                yield f"{name}: {said_of(parts.read(name), form)}"


def said_of(content: bytes, form: str) -> str:
    """One paper in words."""
    try:
        facts = read(content, form)
    except Unreadable as refusal:
        return f"not read ({refusal.word})"
    sure = sum(fact.is_sure for fact in facts.facts)
    return f"{facts.label}, {len(facts.facts)} facts, {sure} sure, {len(facts.disagreements)} contradictions"


if __name__ == "__main__":
    sys.exit(main())
