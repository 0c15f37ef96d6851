"""What an order's page says of it: its content, what comes next, and what happened."""

from typing import Any

from orders.forms import OrderForm
from orders.models import Order
from orders.workflow import State
from reviews.progress import next_words_of
from ui.forms import Row, read_sections

BUYER_WORDS = {
    State.PLACED: "等待服务机构确认；需要创新券的，现在就可以申请。",
    State.SERVING: "服务机构正在提供服务，款项由您与服务机构直接结算。",
    State.COMPLETED: "服务已完成；创新券复审通过后可以申请兑现。",
}
PROVIDER_WORDS = {
    State.PLACED: "请确认接单，或说明不接单的原因。",
    State.SERVING: "服务完成后，请登记完成。",
}
MARKED, PLAIN = "可用创新券", "不带创新券标识"
HAPPENED = {
    "place": "提交订单",
    "confirm": "服务机构确认接单",
    "decline": "服务机构未接单",
    "complete": "登记服务完成",
    "cancel": "取消订单",
}
BY_BUYER = {"place", "cancel"}


@next_words_of(Order)
def next_words(order: Order, own: bool) -> str:
    """What comes next, for the buyer or for the provider; "" leaves it to the common words."""
    return (BUYER_WORDS if own else PROVIDER_WORDS).get(State(order.state), "")


def sections_of(order: Order, facts: list[tuple[str, Any]]) -> list[tuple[str, list[Row]]]:
    """Order, need and contact, and what apps above tell of it."""
    terms: list[Row] = [
        ("产品", order.product_name, ""), ("类别", order.category_name, ""),
        ("参考价格", order.price, "money"), ("计价单位", order.price_unit, ""),
        ("创新券", MARKED if order.is_marked else PLAIN, ""), ("服务机构", order.provider.name, ""),
        ("签约和开票单位", order.provider.legal_name, ""), ("下单单位", order.buyer_name, ""),
        ("下单时间", order.created_at, "time"),
    ]  # fmt: skip
    closing: list[Row] = [("说明", order.closing_words, "text")] if order.closing_words else []
    told: list[tuple[str, list[Row]]] = (
        [("创新券进展", [(label, value, "") for label, value in facts])] if facts else []
    )
    return [("订单信息", [*terms, *closing]), *read_sections(OrderForm, order), *told]


def timeline_of(order: Order) -> list[dict[str, Any]]:
    """What happened, oldest first: the sides are named, not their people."""
    return [
        {
            "label": HAPPENED.get(event.step, event.step), "at": event.at, "note": event.text,
            "by": order.buyer_name if event.step in BY_BUYER else order.provider.name,
        }
        for event in order.events.order_by("sequence")
    ]  # fmt: skip
