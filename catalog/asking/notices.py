"""Who hears of a question, and of its answer."""

from collections.abc import Iterable
from typing import Any

from catalog.models import Inquiry
from notifications.kinds import Kind
from notifications.matters import ORDERS


def provider_side(inquiry: Inquiry) -> Iterable[Any]:
    """Everybody who keeps the desk of the institution."""
    unit = inquiry.product.provider.unit
    return unit.members.all() if unit else ()


def whoever_asked(inquiry: Inquiry) -> Iterable[Any]:
    """Whoever has asked."""
    return (inquiry.asker,)


INQUIRY_ASKED = Kind("inquiry_asked", provider_side, matter=ORDERS)
INQUIRY_ANSWERED = Kind("inquiry_answered", whoever_asked, matter=ORDERS)
