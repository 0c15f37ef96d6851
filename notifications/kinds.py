"""Which notices there are: each app lists its own in `notices.py`, its kind of case says at which state they go out."""

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
    encloses: bool = False  # whether what the case encloses (its 提交回执) stands below the words
