"""What a channel is to the delivery: a line that is opened, carries messages one by one, and says what went wrong."""

from collections.abc import Callable, Mapping
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from notifications.models import Delivery, Notice


class Refused(Exception):
    """The other side has not taken this message; for_good: nor would it ever, so that the next channel has it.

    nobody: because it knows no such address, which its owner is asked about at the next sign-in.
    """

    def __init__(self, words: str, *, for_good: bool, nobody: bool = False) -> None:
        super().__init__(words)
        self.for_good, self.nobody = for_good, nobody


class Away(Exception):
    """The other side does not answer, or not us: what waits behind this message need not be tried now."""


class Unsure(Exception):
    """Nobody knows whether the other side has taken the message: it is never sent again on this channel."""


class Taken(Exception):
    """The message is in the hands of another worker, or has left."""


Mark = Callable[[], None]


class Line(Protocol):
    """One connection of a channel."""

    def open(self) -> None:
        """Connect unless it is connected; Away where nobody answers."""

    def send(self, message: Delivery, mark: Mark) -> None:
        """Hand the message over, calling mark before the first word that may be taken for it.

        Raises Refused, Away, or Unsure; anything else counts as Away before mark was called and as Unsure after.
        """

    def close(self) -> None:
        """Let go of the connection, whatever state it is in."""


def line_of(channel: str) -> Line:
    """A new line of the channel: NOTICES names its class by its path."""
    lines = cast("Mapping[str, Mapping[str, str]]", settings.NOTICES)["lines"]
    return cast("Callable[[], Line]", import_string(lines[channel]))()


def address_of(notice: Notice) -> str:
    """Where the message leads."""
    return f"{settings.SITE_URL}{notice.url}"
