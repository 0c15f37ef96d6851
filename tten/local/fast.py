"""`make test FILE=…` and `make test-fast`: some tests and no other check, on servers that stay up for the next time."""

import subprocess
from collections.abc import Sequence
from pathlib import PurePosixPath

from tten.local import setup
from tten.local.paths import PYTHON, ROOT
from tten.local.say import LocalError, say

MACHINES = {"workflow.py", "permissions.py"}  # what tests/test_machines.py walks through
HOUSE = "tests/test_house.py"


def run(tests: Sequence[str]) -> None:
    """Run these files, or say that there is nothing to run; raise LocalError if one fails."""
    if not tests:
        say("没有改动 / nothing has changed")
        return
    setup.prepare(setup.TEST)
    if subprocess.run([PYTHON, "-m", "pytest", "-q", "-m", "not browser", *tests], cwd=ROOT, check=False).returncode:
        raise LocalError("不通过 / failed: " + " ".join(tests))


def touched() -> list[str]:
    """The tests of what differs from the last commit: of a test file itself, of other code those of its app."""
    changed = {
        line
        for words in (("diff", "--name-only", "HEAD"), ("ls-files", "-o", "--exclude-standard"))
        for line in _git(*words)
    }
    found = {place for name in changed for place in _tests_of(PurePosixPath(name)) if (ROOT / place).exists()}
    return sorted(place for place in found if not any(str(above) in found for above in PurePosixPath(place).parents))


def _tests_of(changed: PurePosixPath) -> list[str]:
    top, *below = changed.parts
    if top == "tests":
        whole = "tests" if len(below) == 1 else str(changed.parent)  # a conftest.py or a helper serves all beside it
        return [str(changed) if changed.name.startswith("test_") else whole]
    app = below[0] if top == "templates" and below else top
    return [f"tests/{app}", HOUSE, *(["tests/test_machines.py"] if changed.name in MACHINES else [])]


def _git(*words: str) -> list[str]:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
