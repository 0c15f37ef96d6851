"""What an order's page says of it: its content, and what happened."""

from typing import Any

from orders.booking.reading import booking_of, booking_words
from orders.forms import OrderForm
from orders.models import Order
from ui.forms import Row, Sections, read_sections

MARKED, PLAIN = "可用创新券", "不带创新券标识"
HAPPENED = {
    "place": "提交订单",
    "confirm": "服务机构确认接单",
    "decline": "服务机构未接单",
    "complete": "登记服务完成",
    "cancel": "取消订单",
    "move_time": "调整机时",
    "wish_time": "选择机时",
    "set_time": "登记机时",
}
BY_BUYER = {"place", "cancel", "wish_time"}


def sections_of(order: Order, facts: list[tuple[str, Any]]) -> Sections:
    """Order, need and contact, and what apps above tell of it."""
    terms = [
        Row("产品", order.product_name),
        Row("类别", order.category_name),
        Row("参考价格", order.price, "money"),
        Row("计价单位", order.price_unit),
        Row("创新券", MARKED if order.is_marked else PLAIN),
        Row("服务机构", order.provider.name),
        Row("签约和开票单位", order.provider.legal_name),
        Row("下单单位", order.buyer_name),
        Row("下单时间", order.created_at, "time"),
    ]
    time = [Row("预约机时", booking_words(order))] if booking_of(order) else []
    closing = [Row("说明", order.closing_words, "text")] if order.closing_words else []
    told = [("创新券进展", [Row(label, value) for label, value in facts])] if facts else []
    return [("订单信息", [*terms, *time, *closing]), *answers_of(order), *told]


def answers_of(order: Order) -> Sections:
    """What was asked; a budget from before it was a number as it was typed."""
    told = Row("数量/预算", order.budget_words, name="budget")
    return [
        (title, [told if row.name == "budget" and order.budget is None else row for row in rows])
        for title, rows in read_sections(OrderForm, order)
    ]


def timeline_of(order: Order) -> list[dict[str, Any]]:
    """What happened, oldest first: the sides are named, not their people."""
    return [
        {
            "label": HAPPENED.get(event.step, event.step),
            "at": event.at,
            "note": event.text,
            "by": order.buyer_name if event.step in BY_BUYER else order.provider.name,
        }
        for event in order.events.order_by("sequence")
    ]
