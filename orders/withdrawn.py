"""What follows for orders when the platform takes products off the shelf."""

from typing import Any

from django.db.models import QuerySet

from catalog.desk.carrying import when_off
from notifications.services import notify
from orders.models import Order
from orders.notices import PRODUCT_OFF
from orders.workflow import State
from records.people import Person


@when_off
def tell_buyers(products: QuerySet[Any], reason: str, by: Person) -> int:
    """Tell the buyers of open orders, with the reason; return how many orders there are."""
    orders = Order.objects.filter(product__in=products.order_by(), state__in=(State.PLACED, State.SERVING))
    found = list(orders.with_parties().prefetch_related("unit__members"))
    for order in found:
        notify(PRODUCT_OFF, order, actor=by.pk, reason=reason)
    return len(found)
