"""What apps above know of orders: they name it here, so that the pages of orders need not know them.

One question is asked for all orders of a page, so that a list costs one query however long it is.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse

from accounts.members.switching import carried, current_unit
from orders.models import Order

Fact = tuple[str, Any]  # label, value
Act = dict[str, Any]  # as components/actions.html reads it: label, url, and perhaps post, primary, tone
FactsOfOrders = Callable[[Sequence[Order]], dict[int, list[Fact]]]
ActsOfOrders = Callable[[Sequence[Order], Any], dict[int, list[Act]]]

FACTS: list[FactsOfOrders] = []
ACTS: list[ActsOfOrders] = []


def facts_of_orders(function: FactsOfOrders) -> FactsOfOrders:
    """Name what buyer and provider may read, as the voucher's state: `f(orders) -> {order.pk: [(label, value)]}`."""
    FACTS.append(function)
    return function


def acts_of_orders(function: ActsOfOrders) -> ActsOfOrders:
    """Name what the buyer can do: `f(orders, user) -> {order.pk: [act]}`; what it names replaces 【申请创新券】."""
    ACTS.append(function)
    return function


def facts_for(orders: Sequence[Order]) -> dict[int, list[Fact]]:
    """All facts of these orders, by primary key."""
    answers = [function(orders) for function in FACTS]
    return {order.pk: [fact for answer in answers for fact in answer.get(order.pk, [])] for order in orders}


def acts_for(orders: Sequence[Order], user: Any) -> dict[int, list[Act]]:
    """What the buyer can do with each of these orders; a living order with the mark can be applied for."""
    answers = [function(orders, user) for function in ACTS]
    named = {order.pk: [act for answer in answers for act in answer.get(order.pk, [])] for order in orders}
    acting = "" if all(order.unit_id for order in orders) else carried(current_unit(user))
    return {order.pk: named[order.pk] or first_act(order, acting) for order in orders}


def first_act(order: Order, acting: str) -> list[Act]:
    """【申请创新券】 of a living order that bears the mark; one without a unit carries the unit on screen."""
    if not (order.is_marked and order.is_alive):
        return []
    url = reverse("application_start", args=[order.number])
    carries = {} if order.unit_id else {"acting": acting}
    return [{"label": "申请创新券", "url": url, "post": True, "tone": "voucher", **carries}]
