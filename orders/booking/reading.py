"""What pages tell of an order's time, and of the hours of a product."""

from collections.abc import Sequence

from catalog.models import Product
from orders.booking.models import Booking, Timetable
from orders.models import Order
from orders.workflow import State
from ui.reading import aside

WAITS, FIXED, FREE = "待服务机构确认", "已确认", "已取消"


def booking_of(order: Order) -> Booking | None:
    """The time of the order; asked once for the order at hand."""
    if "booking" not in order.memory:
        order.memory["booking"] = Booking.objects.filter(order=order).first()
    found: Booking | None = order.memory["booking"]
    return found


def booking_words(order: Order) -> str:
    """From when to when, and how it stands."""
    booking = booking_of(order)
    if booking is None:
        return ""
    how = FREE if not booking.live else WAITS if order.state == State.PLACED else FIXED
    moved = f"，已改期 {booking.moves} 次：{booking.words}" if booking.moves else ""
    return f"{booking}（{how}{moved}）"


def hours_of(products: Sequence[Product]) -> dict[int, str]:
    """When each of these instruments can be booked, by the key of its product."""
    tables = aside(Timetable.objects.filter(product__in=[product.pk for product in products], is_open=True))
    return {table.pk: f"{table.words}，下单时可以选择时间" for table in tables}
