"""Times and orders that the tests of 机时预约 share."""

import datetime as dt

from orders.booking.times import Span
from orders.models import Order
from orders.services import place_order

MONDAY = dt.date(2026, 12, 7)


def span(at=9, hours=2, day=MONDAY):
    return Span.of(day, dt.time(at), hours * 60)


def said_of(timetable):
    """What is kept of hours from a day on, but for the places."""
    return {name: getattr(timetable, name) for name in ("is_open", "weekdays", "opens_at", "closes_at")}


def an_order(**values):
    said = {"requirement": "需要对样件做拉伸试验，提供报告。", "budget": 3000, "wanted_on": dt.date(2026, 12, 20)}
    return Order(contact="贾经办", phone="13800000000", **said | values)


def placed(world, time, by=None, **values):
    return place_order(an_order(**values), world.product, by=by or world.applicant, time=time)
