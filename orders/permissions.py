"""Who may move an order."""

from typing import Any


def is_buyer(order: Any, user: Any) -> bool:
    """The person who placed the order, or a member of the buying unit."""
    return order.buyer_id == user.pk or (order.unit is not None and order.unit.has_member(user))


def is_provider(order: Any, user: Any) -> bool:
    """A member of the unit behind the provider, who is not the buyer at the same time."""
    return order.provider.has_member(user) and not is_buyer(order, user)
