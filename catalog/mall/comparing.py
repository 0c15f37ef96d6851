"""Services side by side: which ones were chosen, and what is told of each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from catalog.mall.benefit import tell_benefits
from catalog.models import Product
from records.people import Visitor
from ui.templatetags.cards import Card
from ui.templatetags.ui import money

MOST = 4  # side by side
KEPT = "compared"  # in the session: number → name of what was chosen
CUT = 160  # characters of a description
OPEN = "与服务机构商定"


@dataclass(frozen=True)
class FactRow:
    """One fact of each service, and whether they differ in it."""

    label: str
    values: Sequence[str]
    is_amount: bool = False
    differs: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "differs", len(set(self.values)) > 1)


def after_words(product: Product) -> str:
    """What would remain to pay with a voucher, or why nothing can be told."""
    if product.benefit is None:
        return "不能申请创新券"
    return money(product.benefit.after) if product.benefit.after is not None else str(product.benefit.why_none)


def source_words(product: Product) -> str:
    """Who offers it: a laboratory of 京津冀, an institution for vouchers, or another one."""
    if product.provider.as_laboratory is not None:
        return "京津冀开放实验室"
    return "创新券服务机构" if product.provider.is_admitted else "其他服务机构"


FACTS: tuple[tuple[str, Callable[[Product], str]], ...] = (
    ("参考价格", lambda product: product.price_words),
    ("券后约", after_words),
    ("服务机构", lambda product: product.provider.name),
    ("机构类别", source_words),
    ("机构资质", lambda product: product.provider.qualifications or "未填写"),
    ("地区", lambda product: product.provider.region_words),
    ("类别", lambda product: product.category.name),
    ("服务周期", lambda product: product.duration or OPEN),
    ("交付成果", lambda product: product.deliverable or OPEN),
    ("简介", lambda product: product.summary or "未填写"),
    ("服务说明", lambda product: shortened(product.description) or "未填写"),
)
AMOUNTS = {"参考价格", "券后约"}


def shortened(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= CUT else f"{text[:CUT]}…"


def fact_rows(products: Sequence[Product]) -> list[FactRow]:
    """A row for each fact; the products have their benefit."""
    return [FactRow(label, [told(product) for product in products], label in AMOUNTS) for label, told in FACTS]


def compared(numbers: Iterable[str], user: Visitor) -> list[Product]:
    """The products with these numbers that the person may see, in this order, with what the voucher brings."""
    wanted = list(dict.fromkeys(numbers))[:MOST]
    rows = Product.objects.visible_to(user).with_faces().select_related("provider__unit").filter(number__in=wanted)
    found = {product.number: product for product in rows.order_by()}
    products = [found[number] for number in wanted if number in found]
    tell_benefits(products)
    return products


def chosen_in(request: HttpRequest) -> dict[str, str]:
    """What this session has chosen: number → name."""
    kept: dict[str, str] = request.session.get(KEPT, {})
    return kept


def choose(request: HttpRequest, numbers: Iterable[str], user: Visitor) -> list[Product]:
    """Keep these in the session in the place of what was chosen before, the first four of them; return them."""
    products = compared(numbers, user)
    request.session[KEPT] = {product.number: product.name for product in products}
    return products


def address_of(products: Iterable[Product]) -> str:
    """Where these stand side by side; the address may be sent to a colleague."""
    query = "&".join(f"with={product.number}" for product in products)
    return f"{reverse('product_compare')}?{query}" if query else reverse("product_compare")


def bar_of(request: HttpRequest, cards: Iterable[Card]) -> dict[str, Any]:
    """For a list with boxes: what is chosen, and what of it stands on no card of this page."""
    chosen, here = chosen_in(request), {card.number for card in cards}
    return {"compared": chosen, "elsewhere": {number: name for number, name in chosen.items() if number not in here}}


def beside(request: HttpRequest, product: Product) -> dict[str, Any]:
    """For the page of one service: what was chosen beside it, and whether it is chosen itself."""
    chosen = chosen_in(request)
    others = [number for number in chosen if number != product.number]
    return {"others": others, "is_compared": product.number in chosen}
