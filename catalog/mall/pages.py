"""What the mall's pages show beside the rows themselves."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.members.switching import shown_unit
from accounts.models import Unit, UnitKind
from catalog.asking.shown import asked_about
from catalog.gallery.pages import gallery_of, showcase_of
from catalog.mall.benefit import own_benefit, tell_benefits
from catalog.mall.cards import cards
from catalog.mall.counts import PRICES, with_counts
from catalog.mall.facets import Facet, chips, facet, range_facet
from catalog.mall.facts import items_of
from catalog.mall.filters import COUNTED, GENERAL, SORTS, SOURCES, MallFilter
from catalog.mall.navigation import with_marks
from catalog.mall.offers import offered
from catalog.mall.record import record_of
from catalog.mall.services import objection_to_mark
from catalog.mall.twins import laboratories_for, tabs
from catalog.models import Admission, Category, Product, Provider, Region, Shelf
from catalog.permissions import PROVIDER_FROZEN
from catalog.ratings.figures import rated, rated_provider
from policy.arithmetic import percent
from records.kinds import Act, kinds_on
from records.people import Person, Visitor
from ui.deep import PLACES, DeepPage, deep_page_of
from ui.forms import Row
from ui.listing import hand_over
from ui.reading import aside
from ui.templatetags.cards import Card

RELATED = 4  # products beside a product
MALL = ("科淘平台", "product_list")
PARTS = (  # of a product's page, below its head
    ("服务说明", "about"),
    ("服务机构", "provider"),
    ("标准、样品与交付", "delivery"),
    ("服务评价", "ratings"),
    ("咨询", "inquiries"),
    ("怎样使用创新券", "voucher"),
)

COLUMNS = {  # of products, taken away as a spreadsheet
    "编号": "number",
    "产品": "name",
    "服务机构": "provider.name",
    "类别": "category.name",
    "参考价格（元）": "price",
    "计价单位": "price_unit",
    "服务周期": "duration",
    "创新券": "is_marked",
}

Crumbs = list[tuple[str, str]]


def crumbs(column: tuple[str, str], *further: tuple[str, str]) -> Crumbs:
    """(label, url) from the first page through this column to the page itself."""
    label, name = column
    return [("首页", reverse("home")), (label, reverse(name)), *further]


def mall_facets(request: HttpRequest) -> list[Facet]:
    """The rows of chips above the mall's products."""
    query = request.GET
    return [
        facet(query, "region", "地区", Region.choices),
        facet(query, "source", "来源", SOURCES),
        facet(query, "marked", "创新券", [("1", "仅看可用创新券")]),
        range_facet(query, ("least", "most"), "价格", PRICES),
    ]


def faces(rows: Iterable[Shelf]) -> list[Product]:
    """The products of these rows as they are taken away, in the order of the rows."""
    products = aside(Product.objects.with_faces().order_by()).in_bulk([row.pk for row in rows])
    return [products[row.pk] for row in rows if row.pk in products]


def mall_context(request: HttpRequest, found: MallFilter) -> dict[str, Any]:
    """Everything of the mall's list."""
    is_nowhere = found.is_bare and not found.number
    page, found = read_page(request, found)
    words = found.words
    current = found.navigation.current
    facets = with_counts(mall_facets(request), found, page.count)
    typed = {"q": ("关键词", words), "category": ("类别", current.name if current else "")}
    if not facets[-1].chosen:
        typed |= price_words(request)
    return {
        "page": page,
        "found": found,
        "offer": offered(words, page.count if found.read.is_whole else 0, is_nowhere=is_nowhere, lexicon=found.lexicon),
        "navigation": found.navigation,
        "facets": facets,
        "chips": chips(request.GET, facets, typed),
        "sorts": facet(request.GET, "sort", "排序", SORTS[1:]),
        "counted": COUNTED.get(found.chosen.get("sort", "")),
        "tabs": both_lists(request, words, page.count_words),
        "hidden": hidden(request, "q", "least", "most"),
        "here": f"{reverse('product_list')}?category={current.code}" if current else reverse("product_list"),
        "crumbs": mall_crumbs(current),
    }


def both_lists(request: HttpRequest, words: str, services: str) -> list[dict[str, Any]]:
    """The tab of the laboratories beside that of the services."""
    region = request.GET.get("region", "")
    laboratories = laboratories_for(words, region if region in Region.values else "")
    return tabs(request.GET, services=services, laboratories=laboratories, here="product_list")


def read_page(request: HttpRequest, found: MallFilter) -> tuple[DeepPage, MallFilter]:
    """The asked page, with its words read less strictly where that finds more than the few that hold them as typed."""
    other = found.otherwise(found.number)
    if other is not found and other.number > found.number:
        found = other
    ways: dict[str, Any] = {"dense": found.in_plenty, "chain": found.chained, "count": found.number}
    hand_over(request, lambda: found.order.sorted(found.qs), faces)
    return deep_page_of(request, found.qs, found.order, cards, **ways), found


def price_words(request: HttpRequest) -> dict[str, tuple[str, str]]:
    """The typed ends of the price range, for their chips."""
    return {"least": ("不低于", request.GET.get("least", "")), "most": ("不高于", request.GET.get("most", ""))}


def hidden(request: HttpRequest, *typed: str) -> list[tuple[str, str]]:
    """What the search form must carry along: all parameters that it does not ask itself."""
    return [(name, str(value)) for name, value in request.GET.items() if name not in {*typed, *PLACES} and value]


def mall_crumbs(category: Category | None, *further: tuple[str, str]) -> Crumbs:
    """科淘平台, the category and its parent."""
    path = [category.parent, category] if category else []
    url = reverse("product_list")
    return crumbs(MALL, *[(node.name, f"{url}?category={node.code}") for node in path if node], *further)


def related_to(product: Product) -> list[Card]:
    """A few other products that can be ordered: of the same category, then of the same first level."""
    others = aside(Shelf.objects.exclude(pk=product.pk))
    near = list(GENERAL.sorted(others.filter(category=product.category))[:RELATED])
    if len(near) < RELATED:
        wider = others.filter(top=product.top_category).exclude(category=product.category)
        near += GENERAL.sorted(wider)[: RELATED - len(near)]
    return cards(near)


def buyer_of(user: Visitor) -> Unit | None:
    """The enterprise for which the person acts, if it may apply for vouchers."""
    unit = shown_unit(user) if user.is_authenticated else None
    return unit if unit and unit.is_certified and unit.kind != UnitKind.INSTITUTION else None


def why_unmarked(product: Product) -> str:
    """Why no voucher can be applied for on it, in one sentence; "" where one can."""
    if product.is_marked:
        return ""
    objection = objection_to_mark(product)
    return objection.sentence if objection else "平台还没有给这个服务核定创新券标识。"


def product_context(product: Product, user: Visitor) -> dict[str, Any]:
    """Everything of a product's page."""
    policy = tell_benefits([product])
    buyer = buyer_of(user)
    if product.benefit and buyer:
        product.benefit = own_benefit(product, buyer, policy.terms)
    is_own = user.is_authenticated and product.provider.has_member(user)
    return {
        "product": product,
        "pictures": gallery_of(product) if is_own or product.can_be_ordered else [],
        "why_unmarked": why_unmarked(product),
        "items": items_of(product.price_items),
        "related": related_to(product),
        "rated": rated(product),
        "inquiries": asked_about(product),
        "may_ask": product.can_be_ordered and product.provider.unit_id is not None and not is_own,
        "policy": policy,
        "laboratory": product.provider.as_laboratory,
        "ratio": percent(policy.ratio),
        "provider_frozen": PROVIDER_FROZEN[1],
        "told": [fact for kind in kinds_on(Product) for fact in kind.facts_on([product]).get(product.pk, [])],
        "is_own": is_own,
        "tabs": [{"label": label, "url": f"#{part}"} for label, part in PARTS],
        "crumbs": mall_crumbs(product.category, (product.name, "")),
    }


def provider_context(provider: Provider, page: DeepPage, user: Visitor) -> dict[str, Any]:
    """Everything of an institution's page."""
    is_own = user.is_authenticated and provider.has_member(user)
    shown = showcase_of(provider) if is_own or provider.is_active else {"logo": None, "sites": []}
    return {
        "provider": provider,
        "page": page,
        "is_own": is_own,
        "record": record_of(provider),
        "rated": rated_provider(provider),
        "crumbs": crumbs(MALL, (provider.name, "")),
        **shown,
        **admission_facts(provider),
    }


def acts_beside(product: Product, user: Person) -> list[Act]:
    """What apps above let whoever keeps the product do with it."""
    if product.pk is None:
        return []
    return [act for kind in kinds_on(Product) for act in kind.acts_on([product], user).get(product.pk, [])]


def admission_facts(provider: Provider) -> dict[str, Any]:
    """What the admission in force says in public: its last day, scope and certificates, without the papers."""
    admission = provider.admissions.in_force().first() if provider.is_admitted else None
    if admission is None:
        return {"admission": None}
    return {
        "admission": admission,
        "scope": scope_rows(admission),
        "certificates": list(admission.qualifications.all()),
    }


def scope_rows(holder: Admission | Provider) -> list[Row]:
    """The scope of an admission or of a provider, a row for each category of the first level."""
    groups: dict[str, list[Category]] = {}
    for leaf in holder.scope.select_related("parent").order_by("parent__order", "order", "pk"):
        groups.setdefault(str(leaf.parent or leaf), []).append(leaf)
    told = [with_marks(top, leaves) for top, leaves in groups.items()]
    return [Row(top, "、".join(names)) for top, names in told] or [Row("服务范围", "")]
