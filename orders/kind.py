"""Everything that lower floors ask of an order."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.cases.acts import acts_on
from accounts.models import Unit, User
from catalog.models import Favourite, Product, SeenProduct
from orders.booking.reading import hours_of
from orders.models import Order
from orders.notices import ON_REACHING
from orders.querysets import OrderQuerySet
from orders.workflow import State
from records.kinds import Act, CaseKind, Fact, kind_of
from records.people import Person
from ui.names import same_name

BUYER_WORDS = {
    State.PLACED: "等待服务机构确认；需要创新券的，现在就可以申请。",
    State.SERVING: "服务机构正在提供服务，款项由您与服务机构直接结算。",
    State.COMPLETED: "服务已完成；创新券复审通过后可以申请兑现。",
}
PROVIDER_WORDS = {
    State.PLACED: "请确认接单，或说明不接单的原因。",
    State.SERVING: "服务完成后，请登记完成。",
}


@kind_of(Order)
class OrderKind(CaseKind):
    """An order of the mall."""

    matter = export_title = "订单"
    notices = ON_REACHING
    base, start, start_words = Product, "order_place", "立刻申请"
    steps = {
        "place": "下单",
        "confirm": "确认接单",
        "decline": "不接单",
        "complete": "登记完成",
        "cancel": "取消",
        "move_time": "调整机时",
        "wish_time": "选择机时",
        "set_time": "登记机时",
    }

    def next_words(self, case: Order, *, own: bool) -> str:
        """What comes next, for the buyer or for the provider; "" leaves it to the common words."""
        return (BUYER_WORDS if own else PROVIDER_WORDS).get(State(case.state), "")

    def export(self, user: User) -> dict[str, Any]:
        """The orders that the person placed, and what he did with any."""
        placed = Order.objects.filter(buyer=user).order_by("created_at")
        favourites = Favourite.objects.filter(user=user).select_related("product")
        seen = SeenProduct.objects.filter(user=user).select_related("product")
        return {
            "我下的订单": [written(order, user) for order in placed],
            "收藏的服务": [{"产品": str(row), "收藏时间": row.added_at} for row in favourites],
            "最近看过的服务": [{"产品": str(row), "时间": row.seen_at} for row in seen],
            "我的操作": acts_on(Order, user),
        }

    def forget(self, user: Person) -> None:
        """What the person kept in sight in the mall, and saw last."""
        SeenProduct.objects.filter(user=user).delete()
        Favourite.objects.filter(user=user).delete()

    def of(self, user: User) -> OrderQuerySet:
        """The orders of the person's units, and those that he placed without one."""
        return Order.objects.bought_by(user)

    def acts_on(self, things: Sequence[Product], _user: Person) -> dict[int, list[Act]]:
        """Where whoever keeps a product writes its hours."""
        return {row.pk: [{"label": "机时", "url": reverse("provider_hours", args=[row.number])}] for row in things}

    def facts_on(self, things: Sequence[Product]) -> dict[int, list[Fact]]:
        """When the time of an instrument can be booked."""
        return {key: [("机时", words)] for key, words in hours_of(things).items()}

    def keeps(self, unit: Unit) -> bool:
        """An order that is neither done nor dead, bought or received."""
        own = Q(unit=unit) | Q(provider__unit=unit)
        return Order.objects.filter(own, state__in=(State.PLACED, State.SERVING)).exists()


def written(order: Order, user: User) -> dict[str, Any]:
    """An order as its person wrote it; a contact who is somebody else is left out."""
    row = {
        "编号": order.number,
        "产品": order.product_name,
        "状态": order.get_state_display(),
        "下单时间": order.created_at,
        "需求描述": order.requirement,
        "数量/预算": order.budget_told,
        "期望完成时间": order.wanted_on,
    }
    own = same_name(order.contact, user.name) or order.phone == user.phone
    return row | ({"联系人": order.contact, "电话": order.phone} if own else {})
