"""Verbs of orders."""

from collections.abc import Callable, Iterable

from accounts.members.switching import check_acting, current_unit
from accounts.models import Unit
from accounts.permissions import check_writer, refusal_frozen
from catalog.mall.services import count_completed
from catalog.models import Product
from catalog.permissions import PROVIDER_FROZEN
from notifications.services import announce
from orders.booking.taking import give_back, take_time
from orders.booking.times import Span
from orders.models import Order
from orders.workflow import State
from policy.models import PolicyVersion
from records.doors import door
from records.models import Document
from records.people import Person
from records.rules import RuleBroken
from records.services import attach
from records.steps import lock, take_step, write
from records.twice import check_first

ASKED = ("requirement", "budget", "wanted_on", "contact", "phone")  # what is asked; equal answers make an equal order
OFF_SHELF = "这个产品已经下架，不能再下单。请在科淘平台选择其他产品。"
CLOSED: list[Callable[[Order, Person], None]] = []


def when_closed(function: Callable[[Order, Person], None]) -> Callable[[Order, Person], None]:
    """Name what follows when an order dies; called as `f(order, by)` in the same transaction; it may refuse."""
    CLOSED.append(function)
    return function


def check_orderable(product: Product, *, by: Person) -> Product:
    """The product as it is now; RuleBroken where it is off the shelf or the person keeps it himself."""
    shelf = Product.objects.on_shelf().select_related("category", "provider__unit")
    found: Product | None = shelf.filter(pk=product.pk).first()
    if found is None:
        raise RuleBroken("R-SHELF", product.pause_words or OFF_SHELF)
    if found.provider.has_member(by):
        raise RuleBroken("R-REL", "您属于这个产品的服务机构，不能向本单位下单。")
    if found.provider.unit is not None and found.provider.unit.is_frozen:
        raise RuleBroken(*PROVIDER_FROZEN)
    return found


def hold_units(*units: Unit | None) -> None:
    """Hold buyer and seller, in one order whoever is which, so that neither is frozen meanwhile; read them afterwards."""
    for unit in sorted(filter(None, units), key=lambda unit: unit.pk):
        lock(unit)


def check_buyer(unit: Unit | None, *, by: Person) -> None:
    """Raise RuleBroken where the unit is frozen, or the person only reads there."""
    if unit is None:
        return
    check_writer(unit, by)
    if unit.is_frozen:
        raise RuleBroken(*refusal_frozen("下单"))


@door
def place_order(
    order: Order,
    product: Product,
    *,
    by: Person,
    documents: Iterable[Document] = (),
    acting: str | None = None,
    again: str | None = None,
    time: Span | None = None,
) -> Order:
    """Copy the product's terms into the order and hand it to the provider; an uncertified account may order.

    acting: the unit on screen, as accounts.members.switching reads it; another tab may have switched since.
    again: as records.twice reads it. time: what it takes of an instrument's hours.
    """
    hold_units(current_unit(by), product.provider.unit)
    product, order.unit = check_orderable(product, by=by), current_unit(by)
    check_acting(order.unit, acting)
    check_buyer(order.unit, by=by)
    order.buyer, order.product, order.provider = by, product, product.provider
    earlier = Order.objects.filter(buyer=by, product=product, unit=order.unit).exclude(state__in=Order.DEAD)
    check_first(order, earlier, ASKED, minutes=PolicyVersion.objects.remembered().repeat_minutes, again=again)
    order.product_name, order.category_name = product.name, product.category.name
    order.category_may_be_marked = product.category.may_be_marked
    order.price, order.price_unit, order.is_marked = product.price, product.price_unit, product.is_marked
    order.save()
    if time is not None:
        take_time(order, time)
    attach(order, documents, "订单附件")
    write(lock(order), "place", by=by, moved=("", order.state))
    announce(order)
    return order


@door
def move_order(order: Order, step: str, *, by: Person, words: str = "", seen: int | None = None) -> Order:
    """Confirm, decline, complete or cancel; declining and cancelling need words, and may be refused by what hangs on it."""
    if step in {"decline", "cancel"} and not words.strip():
        raise RuleBroken("R-WORDS", "请写明原因，对方会在消息里看到。")
    order = take_step(order, step, by=by, seen=seen, note=words)
    if words:
        order.closing_words = words
        order.save(update_fields=["closing_words"])
    if order.state == State.COMPLETED:
        count_completed(order.product_id)
    if not order.is_alive:
        give_back(order)
        for follow in CLOSED:
            follow(order, by)
    announce(order)
    return order
