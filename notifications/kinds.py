"""Which notices there are: each app lists its own in `notices.py`, one row per state that a case can reach."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from records.people import Person


@dataclass(frozen=True)
class Kind:
    """A kind of notice: `templates/notices/<name>.txt` holds its words, the first line is the subject."""

    name: str
    recipients: Callable[[Any], Iterable[Person]]  # of a case
    by_mail: bool = True


KINDS: dict[tuple[type, str], list[Kind]] = {}


def on_reaching(model: type, state: str, *kinds: Kind) -> None:
    """Send these notices whenever a case of the model reaches the state."""
    KINDS.setdefault((model, str(state)), []).extend(kinds)
