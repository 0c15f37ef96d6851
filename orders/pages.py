"""What the pages of an order show beside its fields, and how each step is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.urls import reverse

from accounts.models import Unit
from accounts.permissions import can_write_for
from orders.booking.reading import booking_of
from orders.booking.taking import may_add_time
from orders.dossier import sections_of, timeline_of
from orders.facts import acts_for, facts_for
from orders.forms import WordsForm
from orders.models import Order
from orders.permissions import is_buyer, is_provider
from orders.querysets import OrderQuerySet
from orders.workflow import State
from records.people import Person, PersonRequest
from records.steps import may_take
from reviews.progress import header_of, steps_of
from ui.deep import DeepPage, deep_page_of
from ui.paging import page_of
from ui.spans import Order as Columns

if TYPE_CHECKING:
    from django.core.paginator import Page

Act = dict[str, Any]
NEWEST = Columns(("id",), descending=True)


@dataclass(frozen=True)
class Move:
    """A step as a person meets it."""

    label: str  # of the button
    text: str  # what follows from it
    done: str  # what is said afterwards
    words: str = ""  # what the person writes; nothing is asked where it is empty
    hint: str = ""
    required: bool = True
    tone: str = ""


MOVES = {
    "confirm": Move(
        "确认接单", "确认后订单进入“服务中”，买方会收到消息。", "已确认接单，买方已收到消息。服务完成后请登记完成。"
    ),
    "decline": Move(
        "不接单",
        "订单结束，买方会收到消息和您写的原因。",
        "已告知买方不接单。",
        words="不接单的原因",
        hint="一两句话，让买方知道可以怎样调整。",
        tone="refuse",
    ),
    "complete": Move(
        "登记完成",
        "登记后订单为“已完成”，买方可以凭发票、银行回单和合同申请兑现。",
        "已登记服务完成，买方已收到消息。",
        words="完成情况",
        hint="交付了什么，例如“检测报告 3 份，已寄出”。",
        required=False,
    ),
    "cancel": Move(
        "取消订单",
        "取消后订单结束，不能恢复；服务机构会收到消息和您写的原因。",
        "订单已取消，服务机构已收到消息。",
        words="取消的原因",
        hint="一两句话即可。",
        tone="refuse",
    ),
}


def move_of(step: str) -> Move:
    """The step of this name; 404 for anything else."""
    if step not in MOVES:
        raise Http404
    return MOVES[step]


def words_form(step: str, data: Mapping[str, str] | None = None) -> WordsForm:
    """The form of a step's words; several may stand on one page."""
    move = MOVES[step]
    form = WordsForm(
        data, label=move.words, hint=move.hint, required=bool(move.words) and move.required, auto_id=f"id_{step}_%s"
    )
    if not move.words:
        del form.fields["words"]
    return form


def moves_of(order: Order, user: Person) -> list[Act]:
    """The steps that the person may take now: each with its address, and its dialog where it asks for words."""
    return [
        {
            "step": step,
            "move": move,
            "label": move.label,
            "tone": move.tone,
            "post": not move.words,
            "primary": step in {"confirm", "complete"},
            "url": reverse("order_move", args=[order.number, step]),
            "dialog": f"move-{step}" if move.words else "",
            "form": words_form(step) if move.words else None,
        }
        for step, move in MOVES.items()
        if may_take(order, step, user)
    ]


def row_acts(order: Order) -> list[Act]:
    """What the provider can do with a row of its list; the step itself asks who may."""
    steps = {State.PLACED: ("confirm", "decline"), State.SERVING: ("complete",)}.get(State(order.state), ())
    return [
        {
            "label": MOVES[step].label,
            "url": reverse("order_move", args=[order.number, step]),
            "post": not MOVES[step].words,
            "primary": step == "confirm",
        }
        for step in steps
    ]


def bought_page(request: PersonRequest, orders: OrderQuerySet, unit: Unit | None) -> "Page[Any]":
    """A page of the unit's orders, each with what is known of it and what can be done next."""
    page = page_of(request, orders)
    rows = list(page.object_list)
    facts, acts = facts_for(rows), acts_for(rows, request.user)
    may = unit is None or can_write_for(unit, request.user)
    for order in rows:
        order.facts, order.acts = facts[order.pk], acts[order.pk] if may or order.unit_id is None else []
    page.object_list = rows
    return page


def received_page(request: PersonRequest, orders: OrderQuerySet) -> DeepPage:
    """A page of the provider's orders, the newest first: the voucher's state to read, the steps to take for whoever may."""
    return deep_page_of(request, orders.with_parties().order_by(), NEWEST, received_faces)


def received_faces(orders: list[Any]) -> list[Any]:
    """The orders with what a row shows."""
    facts = facts_for(orders)
    for order in orders:
        order.facts, order.acts = facts[order.pk], row_acts(order)
    return orders


def order_context(order: Order, user: Person) -> dict[str, Any]:
    """Everything of an order's page."""
    own, moves, documents = order.has_member(user), moves_of(order, user), list(order.documents.all())
    buys = is_buyer(order, user)
    acts = acts_for([order], user)[order.pk] if buys else []
    names = (("内容", "details", 0), ("材料", "papers", len(documents)), ("进度", "progress", 0))
    return {
        "order": order,
        "facts": header_of(order, user).facts,
        "steps": steps_of(order, user),
        "sections": sections_of(order, facts_for([order])[order.pk]),
        "documents": documents,
        "timeline": timeline_of(order),
        "actions": [*acts, *moves],
        "dialogs": [act for act in moves if act["dialog"]],
        "tabs": [{"label": label, "url": f"#{part}", "count": count} for label, part, count in names],
        "crumbs": crumbs(own=own, here=order.number),
        **time_facts(order, user, buys=buys),
    }


def time_facts(order: Order, user: Person, *, buys: bool) -> dict[str, Any]:
    """The time of an instrument that the order takes or took, and whether the person may move it or add one."""
    booking, hours = booking_of(order), getattr(order.product, "timetable", None)
    if booking is None or not booking.live:
        may_add = booking is None and hours is not None and hours.is_open
        if may_add:
            may_add = buys if order.state == State.PLACED else may_add_time(order, user)
        return {"booking": booking, "may_move": False, "may_add": may_add}
    running = order.state in {State.PLACED, State.SERVING}
    return {"booking": booking, "may_move": running and is_provider(order, user), "may_add": False}


def list_in(way: list[tuple[str, str]]) -> str:
    """The address of the list on the person's side, which the menu shows as the place where he is."""
    return way[1][1]


def part_in(way: list[tuple[str, str]]) -> str:
    """In what part the person reads the order: as its provider, or as who bought it."""
    return "provider" if list_in(way) == reverse("provider_order_list") else ""


def crumbs(*, own: bool, here: str = "") -> list[tuple[str, str]]:
    """用户中心, the list on this side, and the page itself."""
    label, name = ("我买到的产品", "order_list") if own else ("收到的订单", "provider_order_list")
    way = [("用户中心", reverse("user_center")), (label, reverse(name))]
    return [*way, (here, "")] if here else way
