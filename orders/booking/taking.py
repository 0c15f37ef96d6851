"""An order takes time and gives it back; a part of the verbs of orders."""

from orders.booking.models import Booking, Timetable
from orders.booking.times import NOT_OPEN, Span, check_span
from orders.models import Order
from records.locks import hold_row
from records.rules import RuleBroken


def take_time(order: Order, span: Span) -> Booking:
    """Take the time for an order that is being placed, under the lock of the hours; RuleBroken where it is not to be had."""
    timetable = held_hours(order.product_id)
    check_span(timetable, span)
    return Booking.objects.create(order=order, product_id=order.product_id, starts_at=span.start, ends_at=span.end)


def held_hours(product: int) -> Timetable:
    """Hold the hours of the product, behind which whoever takes time waits."""
    try:
        return hold_row(Timetable.objects.all(), product)
    except Timetable.DoesNotExist:
        raise RuleBroken(*NOT_OPEN) from None


def give_back(order: Order) -> None:
    """The time of an order that has died is free again."""
    Booking.objects.filter(order=order, live=True).update(live=False)
