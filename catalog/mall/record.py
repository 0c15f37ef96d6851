"""What the page of an institution tells of how it works; an upper floor knows its orders."""

from collections.abc import Callable

from catalog.models import Provider

Told = list[tuple[str, str]]  # what is counted, the figure in words
RECORD: list[Callable[[Provider], Told]] = []


def tells_record(function: Callable[[Provider], Told]) -> Callable[[Provider], Told]:
    """Name who knows how an institution has worked so far."""
    RECORD.append(function)
    return function


def record_of(provider: Provider) -> Told:
    """All that is known, in the order of the floors."""
    return [line for told in RECORD for line in told(provider)]
