"""`python -m tten.local COMMAND`: what the Makefile calls."""

import sys

from tten.local import checks, fast, quality, run, setup
from tten.local.say import LocalError, say

COMMANDS = {
    "run": run.run,
    "reset": run.reset,
    "demo-more": run.add,
    "drill": run.drill,
    "test": lambda: fast.run(sys.argv[2:]) if sys.argv[2:] else checks.test(),
    "test-fast": lambda: fast.run(fast.touched()),
    "queries": checks.queries,
    "bench": lambda: checks.bench(sys.argv[2] if sys.argv[2:] else "pages"),
    "lint": checks.lint,
    "types": checks.types,
    "states": checks.states,
    "notices": checks.notices,
    "settings": checks.settings,
    "quality": quality.quality,
    "screens": checks.screens,
    "setup": lambda: setup.prepare(setup.TEST),
    "stop": run.stop,
}


def main() -> int:
    """Carry out the named command; a refusal is shown as its sentence and ends with 1."""
    try:
        COMMANDS[sys.argv[1]]()
    except LocalError as refusal:
        say(f"✗ {refusal}")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
