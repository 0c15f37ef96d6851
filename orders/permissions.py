"""Who may move an order."""

from typing import TYPE_CHECKING

from accounts.permissions import can_write_for
from records.people import Person

if TYPE_CHECKING:
    from orders.models import Order


def belongs_to(order: "Order", user: Person) -> bool:
    """A member of the buying unit; for an order without a unit, the person who placed it."""
    return order.unit.has_member(user) if order.unit is not None else order.buyer_id == user.pk


def is_buyer(order: "Order", user: Person) -> bool:
    """Who acts for the buying side: not 只读."""
    return can_write_for(order.unit, user) if order.unit is not None else order.buyer_id == user.pk


def is_provider(order: "Order", user: Person) -> bool:
    """Who acts for the unit behind the provider, and does not belong to the buying side at the same time."""
    unit = order.provider.unit
    return unit is not None and can_write_for(unit, user) and not belongs_to(order, user)
