"""What the pages of a need show, and what can be done there."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse

from accounts.members.switching import current_unit
from accounts.models import Duty
from catalog.models import Product
from orders.forms import WordsForm
from orders.wanted.forms import OfferForm
from orders.wanted.models import Wanted, WantedOffer, WantedQuerySet
from orders.wanted.permissions import is_wanting, may_offer
from orders.wanted.workflow import State
from records.kinds import kind_for
from records.people import Person, PersonRequest, Visitor
from records.steps import may_take

Crumbs = list[tuple[str, str]]
Rows = WantedQuerySet
CHOSEN, PASSED_OVER = "已选定", "未选定"
PUBLIC = ("企业需求", "wanted_list")
COLUMNS = {
    "编号": "number",
    "需求": "title",
    "类别": "category.name",
    "预算（元）": "budget",
    "期望完成时间": "wanted_on",
    "征集截止": "expires_on",
}
OWN_COLUMNS = COLUMNS | {"状态": "get_state_display", "创建时间": "created_at"}
OFFER_COLUMNS = {
    "需求编号": "wanted.number",
    "需求": "wanted.title",
    "产品": "product_name",
    "报价时的参考价格（元）": "price",
    "报价时间": "at",
    "需求状态": "wanted.get_state_display",
}


@dataclass(frozen=True)
class Move:
    """A step as a person meets it: the button, what is said afterwards, the words that it wants."""

    label: str
    done: str
    words: str = ""
    hint: str = ""
    required: bool = False


MOVES = {
    "publish": Move("公布", "需求已公布，企业会收到消息；到期自动下线。"),
    "refuse": Move(
        "不公布", "已告知企业不公布的原因。", "不公布的原因", "企业会在消息里看到，例如涉及保密内容。", True
    ),
    "close": Move("关闭需求", "需求已关闭，报过价的服务机构会收到消息。", "关闭的原因", "可以不填。"),
}


def move_of(step: str) -> Move:
    """The step of this name; 404 for anything else."""
    if step not in MOVES:
        raise Http404
    return MOVES[step]


def words_form(step: str, data: Any = None) -> WordsForm:
    """The form of a step's words; without any where it wants none."""
    move = MOVES[step]
    form = WordsForm(data, label=move.words, hint=move.hint, required=move.required, auto_id=f"id_{step}_%s")
    if not move.words:
        del form.fields["words"]
    return form


def acts_of(wanted: Wanted, user: Person) -> list[dict[str, Any]]:
    """The steps that the person may take now, each with its form."""
    return [
        {
            "step": step,
            "move": move,
            "form": words_form(step),
            "url": reverse("wanted_move", args=[wanted.number, step]),
        }
        for step, move in MOVES.items()
        if may_take(wanted, step, user)
    ]


def crumbs(*further: tuple[str, str]) -> Crumbs:
    """首页, 企业需求 and the page itself."""
    return [("首页", reverse("home")), (PUBLIC[0], reverse(PUBLIC[1])), *further]


def list_crumbs() -> Crumbs:
    """首页 and the list for everybody."""
    return [("首页", reverse("home")), (PUBLIC[0], "")]


def own_crumbs(label: str) -> Crumbs:
    """用户中心 and a list of one's own."""
    return [("用户中心", reverse("user_center")), (label, "")]


def offers_for(wanted: Wanted, user: Person) -> list[WantedOffer]:
    """What stands side by side for the firm; for a provider its own offers alone."""
    rows = wanted.offers.filter(taken_back_at=None).select_related("provider", "product__provider__laboratory__batch")
    if not wanted.has_member(user) and user.duty != Duty.CATALOG:
        rows = rows.filter(provider__unit__memberships__user=user)
    found = list(rows)
    for made in found:
        made.outcome = outcome_of(wanted, made)
    return found


def outcome_of(wanted: Wanted, made: WantedOffer) -> str:
    """Whether the firm has chosen the offer; "" while it has chosen none."""
    if wanted.order_placed is None:
        return ""
    return CHOSEN if wanted.order_placed.product_id == made.product_id else PASSED_OVER


def may_mend(wanted: Wanted, user: Person) -> bool:
    """Whether the person may write it anew."""
    return wanted.state == State.REFUSED and is_wanting(wanted, user)


def detail_context(wanted: Wanted, user: Visitor, form: OfferForm | None = None) -> dict[str, Any]:
    """Everything of the page of a need for whoever reads it."""
    context: dict[str, Any] = {"wanted": wanted, "crumbs": crumbs((wanted.title, ""))}
    if not user.is_authenticated:
        return context
    own = wanted.has_member(user)
    if form is None and wanted.is_shown and not own and may_offer(wanted, current_unit(user), user):
        form = OfferForm(by=user) if Product.objects.written_by(user).on_shelf().exists() else None
    offers = offers_for(wanted, user)
    return context | {
        "is_own": own,
        "sees_firm": own or user.duty == Duty.CATALOG,
        "next_words": kind_for(wanted).next_words(wanted, own=own),
        "may_mend": may_mend(wanted, user),
        "offers": offers,
        "chosen": CHOSEN,
        "sees_order": own or any(made.outcome == CHOSEN for made in offers if user.duty != Duty.CATALOG),
        "may_take": wanted.is_shown and is_wanting(wanted, user),
        "acts": acts_of(wanted, user),
        "offer_form": form,
    }


def offer_of(request: PersonRequest, wanted: Wanted, pk: int) -> WantedOffer:
    """One of the offers that the person sees; 404 for any other."""
    found = next((made for made in offers_for(wanted, request.user) if made.pk == pk), None)
    if found is None:
        raise Http404
    return found
