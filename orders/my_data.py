"""What orders hold of a person, and which of them keep a unit's 管理员 in his place."""

from typing import Any

from django.db.models import Q

from accounts.models import Unit, User
from accounts.my_data import acts_on
from accounts.own_data.deletion import keeps_unit
from accounts.own_data.exports import exported_by
from orders.models import Order
from orders.workflow import State


@exported_by("订单")
def orders_of(user: User) -> dict[str, Any]:
    """The orders that the person placed, and what he did with any."""
    placed = Order.objects.filter(buyer=user).order_by("created_at")
    return {"我下的订单": [written(order, user) for order in placed], "我的操作": acts_on(Order, user)}


def written(order: Order, user: User) -> dict[str, Any]:
    """An order as its person wrote it; a contact who is somebody else is left out."""
    row = {
        "编号": order.number, "产品": order.product_name, "状态": order.get_state_display(), "下单时间": order.created_at,
        "需求描述": order.requirement, "数量/预算": order.budget, "期望完成时间": order.wanted_on,
    }  # fmt: skip
    own = order.contact == user.name or order.phone == user.phone
    return row | ({"联系人": order.contact, "电话": order.phone} if own else {})


@keeps_unit
def has_running_order(unit: Unit) -> bool:
    """An order that is neither done nor dead, bought or received."""
    own = Q(unit=unit) | Q(provider__unit=unit)
    return Order.objects.filter(own, state__in=(State.PLACED, State.SERVING)).exists()
