"""Verbs of needs: publish, decide, offer, take."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from accounts.members.switching import check_acting, current_unit
from accounts.models import Unit
from accounts.permissions import check_writer, refusal_frozen, refusal_uncertified
from catalog.models import Product
from notifications.services import announce, notify
from orders.models import Order
from orders.services import hold_units, place_order
from orders.wanted.models import Wanted, WantedOffer, WantedQuerySet
from orders.wanted.notices import OFFERED
from orders.wanted.permissions import is_not_over
from orders.wanted.workflow import State
from policy.calendar import today
from policy.models import PolicyVersion
from records.doors import door
from records.people import Person
from records.rules import NOT_HERE, RuleBroken
from records.steps import lock, take_step, write
from records.twice import check_first

ASKED = ("title", "category", "requirement", "budget", "wanted_on", "contact", "phone")
MOST = 10  # needs of one unit that wait or are shown
NO_UNIT = "发布需求需要先有单位，并通过单位认证。请到【我的帐号】-【安全认证】办理。"
TOO_MANY = f"同时征集的需求最多 {MOST} 条，请先关闭不再需要的。"
NOT_SHOWN = "这条需求现在不接受报价：它还没有公布，或已经下单、关闭、到期。"
NOT_MENDED = "只有平台没有公布的需求可以修改后重新提交。"
UNCHANGED = "内容没有变化。请照平台写的原因修改，再重新提交。"
OWN_NEED = "这是您所在单位发布的需求，不能由本单位报价。"
NOT_ONE_S_OWN = "只能用本机构在架的服务产品报价，请重新选择。"
OFFERED_ALREADY = "这个产品已经报过价。可以撤回后重新报价，或换一个产品。"
OTHER_UNIT = "您现在代表的不是发布这条需求的单位，请先切换到发布单位，再选定报价。"
TAKEN_BACK = "这份报价已经撤回，请选择其他报价。"


def check_publisher(unit: Unit | None, *, by: Person) -> Unit:
    """The unit for which the person publishes; RuleBroken where it may not."""
    if unit is None:
        raise RuleBroken("R-UNIT", NO_UNIT)
    check_writer(unit, by)
    if unit.is_frozen:
        raise RuleBroken(*refusal_frozen("发布需求"))
    if not unit.is_certified:
        raise RuleBroken(*refusal_uncertified("发布需求"))
    return unit


def under_way(unit: Unit) -> WantedQuerySet:
    """The needs of the unit that wait or are shown; RuleBroken where there may be no further one."""
    own = Wanted.objects.filter(unit=unit, state__in=(State.PENDING, State.OPEN))
    if own.count() >= MOST:
        raise RuleBroken("R-MANY", TOO_MANY)
    return own


@door
def publish_wanted(wanted: Wanted, *, by: Person, acting: str | None = None, again: str | None = None) -> Wanted:
    """Hand what a certified firm looks for to the platform. acting, again: as for an order."""
    hold_units(current_unit(by))
    unit = current_unit(by)
    check_acting(unit, acting)
    wanted.unit, wanted.author = check_publisher(unit, by=by), by
    own = under_way(wanted.unit)
    check_first(wanted, own, ASKED, minutes=PolicyVersion.objects.remembered().repeat_minutes, again=again)
    wanted.save()
    write(lock(wanted), "place", by=by, moved=("", wanted.state))
    announce(wanted)
    return wanted


@door
def mend_wanted(wanted: Wanted, said: Mapping[str, Any], *, by: Person, seen: int | None = None) -> Wanted:
    """Write anew what the platform has not shown, and hand it in again. said: the answers by their names."""
    hold_units(wanted.unit)
    wanted = lock(wanted)
    if wanted.state != State.REFUSED:
        raise RuleBroken("R-STATE", NOT_MENDED)
    check_publisher(wanted.unit, by=by)
    under_way(wanted.unit)
    asked = [field for field in wanted._meta.concrete_fields if field.name in ASKED]
    changed = [str(field.verbose_name) for field in asked if getattr(wanted, field.name) != said[field.name]]
    if not changed:
        raise RuleBroken("R-SAME", UNCHANGED)
    for name in ASKED:
        setattr(wanted, name, said[name])
    wanted.closing_words = ""
    wanted.save(update_fields=[*ASKED, "closing_words"])
    wanted = take_step(wanted, "submit", by=by, seen=seen, note=f"修改了{'、'.join(changed)}")
    announce(wanted)
    return wanted


@door
def move_wanted(wanted: Wanted, step: str, *, by: Person, words: str = "", seen: int | None = None) -> Wanted:
    """Show it, do not show it, close it; not to show needs words. What is shown gets its last day.

    It is that of the policy, or the day on which the firm wants it done where that comes first.
    """
    if step == "refuse" and not words.strip():
        raise RuleBroken("R-WORDS", "请写明不公布的原因，企业会在消息里看到。")
    wanted = take_step(wanted, step, by=by, seen=seen, note=words)
    if step == "publish":
        last = today() + dt.timedelta(PolicyVersion.objects.in_force().wanted_days)
        wanted.published_at, wanted.expires_on = timezone.now(), min(last, wanted.wanted_on)
    wanted.closing_words = words or wanted.closing_words
    wanted.save(update_fields=["published_at", "expires_on", "closing_words"])
    announce(wanted)
    return wanted


@door
def expire_wanted(wanted: Wanted, step: str, *, by: Person, note: str = "") -> Wanted:
    """End it in the clock's name."""
    wanted = take_step(wanted, step, by=by, note=note)
    announce(wanted)
    return wanted


@door
def offer(wanted: Wanted, product: Product, words: str, *, by: Person) -> WantedOffer:
    """Offer an own service on the shelf: its mark, price and category are copied, as into an order."""
    wanted = lock(wanted)
    if wanted.state != State.OPEN or not is_not_over(wanted):
        raise RuleBroken("R-STATE", NOT_SHOWN)
    if wanted.has_member(by):
        raise RuleBroken("R-REL", OWN_NEED)
    own = Product.objects.written_by(by).on_shelf().select_related("provider__unit", "category")
    found: Product | None = own.filter(pk=product.pk).first()
    if found is None or found.provider.unit_id == wanted.unit_id:
        raise RuleBroken("R-SHELF", NOT_ONE_S_OWN)
    made = wanted.offers.filter(product=found).first() or WantedOffer(wanted=wanted, product=found)
    if made.pk and made.taken_back_at is None:
        raise RuleBroken("R-DUP", OFFERED_ALREADY)
    made.provider, made.product_name, made.category_name = found.provider, found.name, found.category.name
    made.price, made.price_unit, made.is_marked = found.price, found.price_unit, found.is_marked
    made.words, made.by, made.at, made.taken_back_at = words, by, timezone.now(), None
    made.save()
    notify(OFFERED, wanted, actor=by.pk, offer=made)
    return made


@door
def take_back(made: WantedOffer, *, by: Person) -> None:
    """Withdraw an offer while nothing was ordered."""
    wanted = lock(made.wanted)
    unit = made.provider.unit
    if unit is None:  # nobody acts for the institution any more
        raise RuleBroken(*NOT_HERE)
    check_writer(unit, by)
    if wanted.state != State.OPEN:
        raise RuleBroken("R-STATE", NOT_SHOWN)
    WantedOffer.objects.filter(pk=made.pk, taken_back_at=None).update(taken_back_at=timezone.now())


@door
def take_offer(made: WantedOffer, *, by: Person, acting: str | None = None, seen: int | None = None) -> Order:
    """Order what was offered, as every order is placed: with the terms that the product has now; the need ends by it."""
    hold_units(made.wanted.unit, made.provider.unit)
    wanted = lock(made.wanted)
    made = wanted.offers.select_related("product__provider__unit").get(pk=made.pk)
    if made.taken_back_at is not None:
        raise RuleBroken("R-STATE", TAKEN_BACK)
    if current_unit(by) != wanted.unit:
        raise RuleBroken("R-UNIT", OTHER_UNIT)
    answers = ("requirement", "budget", "wanted_on", "contact", "phone")
    order = place_order(Order(**{name: getattr(wanted, name) for name in answers}), made.product, by=by, acting=acting)
    wanted = take_step(wanted, "order", by=by, seen=seen, note=f"选定“{made.product_name}”，订单 {order.number}")
    wanted.order_placed = order
    wanted.save(update_fields=["order_placed"])
    announce(wanted)
    return order
