"""News of orders: each state tells the other side."""

from collections.abc import Iterable
from typing import Any

from notifications.kinds import Kind
from notifications.matters import ORDERS
from orders.models import Order
from orders.workflow import State


def provider_side(order: Order) -> Iterable[Any]:
    """Everybody who keeps the provider's desk."""
    return order.provider.unit.members.all() if order.provider.unit else ()


def buyer_side(order: Order) -> Iterable[Any]:
    """Who placed the order, and the members of the buying unit."""
    return [order.buyer, *(order.unit.members.all() if order.unit else ())]


PROVIDER_SUSPENDED = Kind("order_provider_suspended", buyer_side, matter=ORDERS)
BOOKING_MOVED = Kind("order_booking_moved", buyer_side, matter=ORDERS)
BOOKING_WISHED = Kind("order_booking_wished", provider_side, matter=ORDERS)
BOOKING_SET = Kind("order_booking_set", buyer_side, matter=ORDERS)
PRODUCT_OFF = Kind("order_product_off", buyer_side, matter=ORDERS)
ON_REACHING = {
    State.PLACED: (Kind("order_placed", provider_side, matter=ORDERS),),
    State.SERVING: (Kind("order_confirmed", buyer_side, matter=ORDERS),),
    State.DECLINED: (Kind("order_declined", buyer_side, matter=ORDERS),),
    State.COMPLETED: (Kind("order_completed", buyer_side, matter=ORDERS),),
    State.CANCELLED: (Kind("order_cancelled", provider_side, matter=ORDERS),),
}
