"""What is said of a kept file, and how a place says that it cannot be asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, NamedTuple, Protocol

LINK_SECONDS = 60  # for which a link to a file is good
PIECE = 1 << 18  # bytes that are read at once
SECOND = 10**9  # nanoseconds


class StoreAway(OSError):
    """The place does not answer, or takes no more: nothing is known of the file."""


@contextmanager
def or_none() -> Iterator[None]:
    """Let a file be missing; a place that does not answer says nothing of it, and is told."""
    try:
        yield
    except StoreAway:
        raise
    except OSError:
        return


class Kept(NamedTuple):
    """A file as it stands in its place: its name there, its bytes, and when it was written."""

    name: str
    size: int
    written: int  # nanoseconds since 1970


class Place(Protocol):
    """What is asked of a place, beside what Django asks of a storage."""

    def stream(self, name: str) -> tuple[IO[bytes], int]:
        """The file, to be read once from its begin, and its bytes; FileNotFoundError where there is none."""

    def link(self, name: str, *, named: str, content_type: str) -> str:
        """An address that gives the file to whoever has it, for LINK_SECONDS; "" where a place has none."""

    def files(self) -> Iterator[Kept]:
        """Every file, in no order that anybody may rest on."""

    def put(self, name: str, content: IO[bytes]) -> str:
        """Keep a file whole under exactly this name, over one that was kept there; the hash that the place names of it, or ""."""

    def exists(self, name: str) -> bool:
        """Whether it has the file."""

    def delete(self, name: str) -> None:
        """Take it away; nothing happens where there is none."""
