"""What buyer and provider of an order read of its voucher, and what the buyer can do next."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from orders.facts import Act, Fact, acts_of_orders, facts_of_orders
from orders.models import Order
from vouchers.models import Application


def latest_of(orders: Sequence[Order]) -> dict[int, Application]:
    """The latest application of each of the orders that has been handed in or is being written."""
    applications = Application.objects.filter(order__in=orders).order_by("pk")
    return {application.order_id: application for application in applications}


@facts_of_orders
def voucher_facts(orders: Sequence[Order]) -> dict[int, list[Fact]]:
    """The state of the voucher; nothing of a draft, which is the applicant's alone."""
    return {
        order: [("创新券", spoken(application))]
        for order, application in latest_of(orders).items()
        if application.submitted_at
    }


def spoken(application: Application) -> str:
    """复审通过, ¥ 5,000.00, 使用截止 2027-11-24: the state, and once it is approved what it brings and until when."""
    words = application.get_state_display()
    if application.is_voucher:
        words += f"，{application.approved_amount:,.2f} 元，使用截止 {application.use_by}"
    return words


@acts_of_orders
def voucher_acts(orders: Sequence[Order], _user: Any) -> dict[int, list[Act]]:
    """Go on with the application under way instead of 【申请创新券】; a dead one leaves the way open for another."""
    return {
        order: [act_of(application)]
        for order, application in latest_of(orders).items()
        if application.state not in Application.DEAD
    }


def act_of(application: Application) -> Act:
    """The way to the application."""
    if application.state in Application.EDITABLE:
        label = "修改创新券申请" if application.submitted_at else "继续填写创新券申请"
        return {"label": label, "url": reverse("application_edit", args=[application.number])}
    return {"label": "查看创新券进度", "url": application.get_absolute_url()}
