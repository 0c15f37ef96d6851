"""The digest of the morning."""

from typing import TYPE_CHECKING

from notifications.kinds import Kind
from notifications.matters import DAILY
from records.people import Person

if TYPE_CHECKING:
    from accounts.messages.services import Digest


def reader(digest: "Digest") -> list[Person]:
    """Whoever is at work at an office, or keeps the portal."""
    return [digest.person]


DIGEST = Kind("daily_digest", reader, matter=DAILY)
