"""Who hears what when an application moves: the unit and its office, and the provider of the order what becomes of the voucher."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from accounts.cases.notices import on_moves
from notifications.kinds import Kind
from notifications.matters import DEADLINES, ORDERS
from orders.notices import provider_side
from reviews.notices import applicants
from vouchers.models import Application
from vouchers.workflow import State

if TYPE_CHECKING:
    from orders.models import Order


def seller(application: Application) -> Iterable[Any]:
    """Who keeps the desk of the order's provider; not where 复核 has left a voucher as it was, nor of an order that he declined."""
    knows = application.state == application.appealed_from or not application.order.is_alive
    return () if knows else provider_side(application.order)


def order_of(application: Application) -> "Order":
    """The order: the application is not the provider's to open."""
    return application.order


TO_PROVIDER = {
    State.APPROVED: "approved",
    State.DISTRICT_RETURNED: "returned",
    State.BODY_RETURNED: "returned",
    State.LAPSED: "lapsed",
    State.VOIDED: "voided",
}  # the end of the kind's name; the words of the review are not told
ON_REACHING = on_moves(Application, quiet={State.REDEEMED})
for _state, _end in TO_PROVIDER.items():
    ON_REACHING[_state] += (Kind(f"order_voucher_{_end}", seller, leads_to=order_of, matter=ORDERS),)

REMINDERS = {
    name: Kind(name, applicants, by_text=True, matter=DEADLINES)
    for name in ("application_due_soon", "application_use_soon", "application_redeem_soon", "application_window_ends")
}
