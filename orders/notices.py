"""News of orders: each state tells the other side."""

from collections.abc import Iterable
from typing import Any

from notifications.kinds import Kind
from orders.models import Order
from orders.workflow import State


def provider_side(order: Order) -> Iterable[Any]:
    """Everybody who keeps the provider's desk."""
    return order.provider.unit.members.all() if order.provider.unit else ()


def buyer_side(order: Order) -> Iterable[Any]:
    """Who placed the order, and the members of the buying unit."""
    return [order.buyer, *(order.unit.members.all() if order.unit else ())]


PRODUCT_OFF = Kind("order_product_off", buyer_side)
PROVIDER_SUSPENDED = Kind("order_provider_suspended", buyer_side)
ON_REACHING = {
    State.PLACED: (Kind("order_placed", provider_side),),
    State.SERVING: (Kind("order_confirmed", buyer_side),),
    State.DECLINED: (Kind("order_declined", buyer_side),),
    State.COMPLETED: (Kind("order_completed", buyer_side),),
    State.CANCELLED: (Kind("order_cancelled", provider_side),),
}
