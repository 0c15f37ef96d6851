"""What buyer and provider of an order read of its voucher, and what the buyer can do next."""

from collections.abc import Sequence

from django.urls import reverse

from accounts.members.switching import carried, current_unit
from orders.models import Order
from policy.arithmetic import yuan
from records.kinds import Act, Fact, start_of
from records.people import Person
from vouchers.models import Application

LATEST = "latest_application"  # beside an order on a page


def latest_of(orders: Sequence[Order]) -> dict[int, Application]:
    """The latest application of each of the orders that has been handed in or is being written; asked once for a page."""
    if not all(LATEST in vars(order) for order in orders):
        applications = Application.objects.filter(order__in=orders).order_by("pk")
        found = {application.order_id: application for application in applications}
        for order in orders:
            vars(order)[LATEST] = found.get(order.pk)
    return {order.pk: vars(order)[LATEST] for order in orders if vars(order)[LATEST]}


def voucher_facts(orders: Sequence[Order]) -> dict[int, list[Fact]]:
    """The state of the voucher; nothing of a draft, which is the applicant's alone."""
    return {
        order: [("创新券", spoken(application))]
        for order, application in latest_of(orders).items()
        if application.submitted_at
    }


def voucher_acts(orders: Sequence[Order], user: Person) -> dict[int, list[Act]]:
    """Go on with the application under way; 【申请创新券】 of a living order with the mark that has none or a dead one."""
    latest = latest_of(orders)
    acting = "" if all(order.unit_id for order in orders) else carried(current_unit(user))
    return {order.pk: acts_of(order, latest.get(order.pk), acting) for order in orders}


def acts_of(order: Order, application: Application | None, acting: str) -> list[Act]:
    """The way to the application, or to a new one; an order without a unit carries the unit on screen."""
    if application is not None and application.state not in Application.DEAD:
        return [act_of(application)]
    if not (order.is_marked and order.is_alive):
        return []
    label, url = start_of(order)
    carries = {} if order.unit_id else {"acting": acting}
    return [{"label": label, "url": url, "post": True, "tone": "voucher", **carries}]


def spoken(application: Application) -> str:
    """复审通过, ¥ 5,000.00, 使用截止 2027-11-24: the state, and once it is approved what it brings and until when."""
    words = application.get_state_display()
    if application.is_voucher:
        voucher = application.voucher
        words += f"，{yuan(voucher.amount)}，使用截止 {voucher.use_by}"
    return words


def act_of(application: Application) -> Act:
    """The way to the application."""
    if application.state in Application.EDITABLE:
        label = "修改创新券申请" if application.submitted_at else "继续填写创新券申请"
        return {"label": label, "url": reverse("application_edit", args=[application.number])}
    return {"label": "查看创新券进度", "url": application.get_absolute_url()}
