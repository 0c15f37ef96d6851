"""Verbs of 机时预约: the provider keeps its hours; an order takes time, is moved, and gives it back."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from catalog.models import Product
from notifications.services import notify
from orders.booking.models import Booking, ClosedDay, KeptHours, Timetable
from orders.booking.taking import held_hours, may_add_time, take_time
from orders.booking.times import Span, check_span
from orders.models import Order
from orders.notices import BOOKING_MOVED, BOOKING_SET, BOOKING_WISHED
from orders.permissions import is_provider
from orders.workflow import State
from policy.calendar import today
from records.doors import door
from records.locks import hold_row
from records.people import Person
from records.rules import NOT_HERE, RuleBroken, StaleCase
from records.steps import lock, note, write

HELD = ("is_open", "weekdays", "opens_at", "closes_at", "places")  # what the share of use is told of
HAS_TIME = "R-TIME", "这个订单已经有机时，要换时间的，请联系服务机构调整。"
NO_BOOKING = "R-TIME", "这个订单没有可以改期的机时预约。"
SAME = "R-TIME", "时间没有变化，请选择新的时间。"
OVER = "R-TIME", "已经过去的停用日不能改，使用率按它计算。"
CLOSED_BEFORE = "R-TIME", "这一天已经登记为停用。"


@door
def keep_timetable(product: Product, said: Mapping[str, Any], *, by: Person) -> Timetable:
    """Write the hours of an own product; bookings that were made before stay as they are."""
    product = hold_row(Product.objects.written_by(by), product.pk)
    timetable, _ = Timetable.objects.update_or_create(product=product, defaults=dict(said))
    held = {name: getattr(timetable, name) for name in HELD}
    KeptHours.objects.update_or_create(timetable=timetable, since=today(), defaults=held)
    words = f"机时：{timetable.words}，机位 {timetable.places} 个" if timetable.is_open else "机时：暂停预约"
    note(product, "hours", by=by, text=words)
    return timetable


@door
def close_day(timetable: Timetable, day: dt.date, *, why: str, by: Person) -> ClosedDay:
    """No new time on this day; RuleBroken where it is closed already."""
    product = hold_row(Product.objects.written_by(by), timetable.pk)
    closed, is_new = ClosedDay.objects.get_or_create(timetable=timetable, day=day, defaults={"why": why})
    if not is_new:
        raise RuleBroken(*CLOSED_BEFORE)
    note(product, "hours", by=by, text=f"停用 {closed}{f'：{why}' if why else ''}")
    return closed


@door
def open_day(closed: ClosedDay, *, by: Person) -> None:
    """The day can be booked again."""
    product = hold_row(Product.objects.written_by(by), closed.timetable_id)
    if closed.day < today():
        raise RuleBroken(*OVER)
    note(product, "hours", by=by, text=f"恢复开放 {closed}")
    closed.delete()


@door
def add_booking(order: Order, span: Span, *, by: Person, seen: int | None = None) -> Booking:
    """Give a time to an order that has none: the buyer's wish until it is confirmed, afterwards what the provider enters."""
    order = lock(order)
    if not may_add_time(order, by):
        raise RuleBroken(*NOT_HERE)
    if seen is not None and seen != order.version:
        raise StaleCase
    if Booking.objects.filter(order=order).exists():
        raise RuleBroken(*HAS_TIME)
    booking = take_time(order, span)
    step, kind = ("wish_time", BOOKING_WISHED) if order.state == State.PLACED else ("set_time", BOOKING_SET)
    order.version += 1
    order.save(update_fields=["version", "updated_at"])
    write(order, step, by=by, text=f"{booking}")
    notify(kind, order, actor=by.pk, booking=booking, late=span.day > order.wanted_on)
    return booking


@door
def move_booking(order: Order, span: Span, *, words: str, by: Person, seen: int | None = None) -> Booking:
    """The provider moves the time of an order that lives, with words that the buyer reads; he may cancel."""
    order = lock(order)
    if not is_provider(order, by):
        raise RuleBroken(*NOT_HERE)
    if seen is not None and seen != order.version:
        raise StaleCase
    booking = Booking.objects.filter(order=order, live=True).first()
    if booking is None or not order.is_alive or order.state == State.COMPLETED:
        raise RuleBroken(*NO_BOOKING)
    if (booking.starts_at, booking.ends_at) == (span.start, span.end):
        raise RuleBroken(*SAME)
    check_span(held_hours(booking.product_id), span, but=booking)
    before = f"{booking}"
    booking.starts_at, booking.ends_at, booking.words = span.start, span.end, words
    booking.moves += 1
    booking.save(update_fields=["starts_at", "ends_at", "words", "moves"])
    order.version += 1  # whoever has the order on screen has another time there
    order.save(update_fields=["version", "updated_at"])
    write(order, "move_time", by=by, text=f"{before} 改为 {booking}：{words}")
    late = span.day > order.wanted_on
    notify(BOOKING_MOVED, order, actor=by.pk, booking=booking, before=before, late=late)
    return booking
