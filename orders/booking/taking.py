"""An order takes time and gives it back; a part of the verbs of orders."""

from orders.booking.models import Booking, Timetable
from orders.booking.times import NOT_OPEN, Span, check_in_time, check_span
from orders.models import Order
from orders.permissions import is_buyer, is_provider
from orders.workflow import State
from records.locks import hold_row
from records.people import Person
from records.rules import RuleBroken


def take_time(order: Order, span: Span) -> Booking:
    """Take the time for an order, under the lock of the hours; RuleBroken where it is not to be had.

    What a buyer wishes, until the provider has confirmed, lies within the day on which he wants it done.
    """
    check_span(held_hours(order.product_id), span)
    if order.state == State.PLACED:
        check_in_time(span, order.wanted_on)
    return Booking.objects.create(order=order, product_id=order.product_id, starts_at=span.start, ends_at=span.end)


def may_add_time(order: Order, user: Person) -> bool:
    """Who may give a time to the order: its buyer until it is confirmed, its provider while it is served."""
    return (
        is_buyer(order, user)
        if order.state == State.PLACED
        else order.state == State.SERVING and is_provider(order, user)
    )


def held_hours(product: int) -> Timetable:
    """Hold the hours of the product, behind which whoever takes time waits."""
    try:
        return hold_row(Timetable.objects.all(), product)
    except Timetable.DoesNotExist:
        raise RuleBroken(*NOT_OPEN) from None


def give_back(order: Order) -> None:
    """The time of an order that has died is free again."""
    Booking.objects.filter(order=order, live=True).update(live=False)
