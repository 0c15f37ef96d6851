"""What apps above know of orders: their kinds say it, so that the pages of orders need not know them.

One question is asked for all orders of a page, so that a list costs one query however long it is.
"""

from collections.abc import Sequence

from orders.models import Order
from records.kinds import Act, Fact, kinds_on
from records.people import Person


def facts_for(orders: Sequence[Order]) -> dict[int, list[Fact]]:
    """What buyer and provider may read of each order, as the state of its voucher; by primary key."""
    answers = [kind.facts_on(orders) for kind in kinds_on(Order)]
    return {order.pk: [fact for answer in answers for fact in answer.get(order.pk, [])] for order in orders}


def acts_for(orders: Sequence[Order], user: Person) -> dict[int, list[Act]]:
    """How the buyer goes on with each of these orders; by primary key."""
    answers = [kind.acts_on(orders, user) for kind in kinds_on(Order)]
    return {order.pk: [act for answer in answers for act in answer.get(order.pk, [])] for order in orders}
