"""What the two commands say on the terminal, in Chinese and English; nothing is lost where it speaks neither."""

import io
import sys


class LocalError(Exception):
    """The command cannot go on; its text says why and what to type."""


def say(text: str) -> None:
    """Print one line at once, also where the terminal's encoding knows no Chinese."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    print(text, flush=True)


def step(text: str) -> None:
    """Print one line of progress."""
    say(f"· {text}")
