"""What `make run` has started is looked after: a part that ends by itself is begun again, at most so often within a minute."""

import time
from collections.abc import Callable, Sequence

from tten.local.processes import Daemon, tail
from tten.local.say import LocalError, say

Part = tuple[Daemon, Callable[[], object]]  # what runs, and how it is begun
MINUTE = 60  # seconds
MOST_BEGUN = 5  # times within a minute that a part is begun again
LOOK = 0.5  # seconds between two looks


def look_after(parts: Sequence[Part]) -> None:
    """Stay with the parts, those first on which the others stand; LocalError for one that ends again and again."""
    begun: dict[str, list[float]] = {}
    while True:
        for part, begin in parts:
            if part.pid() is None:
                begin_again(part, begin, begun.setdefault(part.name, []))
        time.sleep(LOOK)


def begin_again(part: Daemon, begin: Callable[[], object], begun: list[float]) -> None:
    """Begin what has ended, each time a second later: its port or its data may still be held by what it left behind."""
    begun[:] = [moment for moment in begun if time.monotonic() - moment < MINUTE]
    if len(begun) >= MOST_BEGUN:
        raise LocalError(f"{part.name} 一再退出 / ends again and again; {part.log}:\n{tail(part.log)}")
    say(f"! {part.name} 已退出，重新启动 / has ended and is begun again: {part.log}")
    time.sleep(len(begun))
    begun.append(time.monotonic())
    begin()
