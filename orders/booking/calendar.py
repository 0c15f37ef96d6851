"""One time as an iCalendar file (RFC 5545): its lines end with CR LF and hold 75 octets at most."""

import datetime as dt

from django.conf import settings

from orders.booking.models import Booking
from orders.models import Order
from orders.workflow import State

OCTETS = 75
TENTATIVE, CONFIRMED, CANCELLED = "TENTATIVE", "CONFIRMED", "CANCELLED"
STAMP = "%Y%m%dT%H%M%SZ"


def event_of(order: Order, booking: Booking) -> str:
    """The event of an order's time as it stands now; a later one of the same order takes its place in the calendar.

    SEQUENCE is the order's version, which every step and every move raises; a time that was given back is CANCELLED.
    """
    status = CANCELLED if not booking.live else TENTATIVE if order.state == State.PLACED else CONFIRMED
    address = f"{settings.SITE_URL}{order.get_absolute_url()}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//tten//booking//ZH",
        "BEGIN:VEVENT",
        f"UID:{order.number}@tten",
        f"SEQUENCE:{order.version}",
        f"STATUS:{status}",
        f"DTSTAMP:{stamp(order.updated_at)}",
        f"DTSTART:{stamp(booking.starts_at)}",
        f"DTEND:{stamp(booking.ends_at)}",
        f"SUMMARY:{escaped(f'机时：{order.product_name}')}",
        f"LOCATION:{escaped(order.provider.address or order.provider.name)}",
        f"DESCRIPTION:{escaped(f'订单 {order.number}，{order.provider.name}，{address}')}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def stamp(moment: dt.datetime) -> str:
    """The moment in UTC."""
    return moment.astimezone(dt.UTC).strftime(STAMP)


def escaped(text: str) -> str:
    """Text as a value: what means something to the format is marked."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n")


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets, none of which cuts a sign; each further one begins with a space."""
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode()) > OCTETS:
            pieces.append(piece)
            piece = " "
        piece += sign
    return "\r\n".join([*pieces, piece])
