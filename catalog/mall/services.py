"""Verbs of the mall: products, their marks, and what is searched."""

from collections.abc import Callable, Iterable
from copy import copy
from typing import Any

from django.db.models import F

from catalog.mall.facts import FACTS
from catalog.mall.wording import changes_between
from catalog.models import Laboratory, Product, Provider
from catalog.permissions import check_keeper
from catalog.search import search_text_of, search_text_of_laboratory
from policy.models import PolicyVersion
from records.doors import door
from records.locks import hold_row
from records.people import Person
from records.rules import RuleBroken
from records.steps import write
from records.twice import Twice, check_first

PART = 1000  # products that are read at once
WRITTEN = (  # by the provider; equal words make an equal product
    "provider_id",
    "name",
    "category_id",
    "summary",
    "description",
    "deliverable",
    "duration",
    "price",
    "price_unit",
)


def count_completed(product: int) -> None:
    """One more order of the product is completed; what is completed stays so."""
    Product.objects.filter(pk=product).update(orders_done=F("orders_done") + 1)


def refresh_laboratory(laboratory: Laboratory) -> None:
    """Bring the laboratory's search text up to date."""
    offered = laboratory.provider.products.filter(status=Product.Status.ON_SALE).order_by("pk")
    services = offered.values_list("name", "category__name")
    laboratory.search_text = search_text_of_laboratory(laboratory, map(" ".join, services))
    laboratory.save(update_fields=["search_text"])


def refresh_laboratories_of(providers: Iterable[int]) -> None:
    """The same of the laboratories among these providers."""
    for laboratory in Laboratory.objects.filter(provider__in=providers).select_related("provider"):
        refresh_laboratory(laboratory)


def refresh_products(products: Iterable[Product]) -> int:
    """Bring the search texts of these up to date; return how many were not."""
    differ = []
    for product in products:
        if (text := search_text_of(product)) != product.search_text:
            product.search_text = text
            differ.append(product)
    Product.objects.bulk_update(differ, ["search_text"], batch_size=500)
    return len(differ)


def refresh_all() -> int:
    """The same of every product, a part at a time; return how many were not as they should be."""
    changed, last = 0, 0
    products = Product.objects.select_related("provider__laboratory", "category__parent").order_by("pk")
    while rows := list(products.filter(pk__gt=last)[:PART]):
        changed, last = changed + refresh_products(rows), rows[-1].pk
    return changed


def refresh_provider(provider: Provider) -> None:
    """Bring what is searched up to date after a provider was renamed or its services changed."""
    refresh_products(provider.products.select_related("provider__laboratory", "category__parent"))
    laboratory = Laboratory.objects.filter(provider=provider).select_related("provider").first()
    if laboratory is not None:
        refresh_laboratory(laboratory)


def locked(product: Product) -> Product:
    """The product as it is stored now, held after its provider: whoever holds one touches the others of that provider."""
    hold_row(Provider.objects.all(), product.provider_id)
    found: Product = hold_row(
        Product.objects.select_related("provider__unit", "provider__laboratory", "category__parent"), product.pk
    )
    return found


@door
def save_product(product: Product, *, by: Person, again: str | None = None, stored: Product | None = None) -> Product:
    """Keep what the provider wrote; mark and status are not his to write, and a new category takes the mark away.

    again: as records.twice reads it. stored: the product as `locked` has given it, where it is held already.
    """
    check_keeper(product.provider, by)
    if product.pk is None:
        hold_row(Provider.objects.all(), product.provider_id)  # of two equal ones the second sees the first
        minutes = PolicyVersion.objects.remembered().repeat_minutes
        check_first(product, Product.objects.all(), WRITTEN, minutes=minutes, again=again)
        product.is_marked, product.status = False, Product.Status.DRAFT
        told = ("row_made", "")
    else:
        stored = stored or locked(product)
        product.status = stored.status
        keep_mark(product, stored)
        told = (
            "row_changed",
            changes_between(stored, product, (name.removesuffix("_id") for name in (*WRITTEN, *FACTS))),
        )
    product.save()
    if all(told) or told[0] == "row_made":
        write(product, told[0], by=by, text=told[1])
    refresh_provider(product.provider)
    return product


@door
def keep_form(form_of: Callable[[Product], Any], product: Product, *, by: Person, again: str) -> Any:
    """Keep what a provider typed over the product, which is held from now on; the form says what is against it.

    form_of: makes the form of the product as it stands. again: as records.twice reads it.
    """
    stored = None if product.pk is None else locked(product)
    form = form_of(product if stored is None else copy(stored))
    if form.is_valid():
        try:
            save_product(form.instance, by=by, again=again, stored=stored)
        except Twice as twice:
            form.twice = twice
        except RuleBroken as refusal:
            form.add_error(None, refusal.sentence)
    return form


def keep_mark(product: Product, stored: Product) -> None:
    """Writing a product leaves its mark as the database holds it; a new category takes it away."""
    stays = stored.category_id == product.category_id
    product.is_marked, product.mark_rests = stored.is_marked and stays, stored.mark_rests and stays


@door
def set_mark(product: Product, *, marked: bool) -> Product:
    """Give a product the 创新券 mark or take it; category, provider and scope must allow it (domain.md §7)."""
    product = locked(product)
    objection = objection_to_mark(product) if marked else None
    if objection:
        raise objection
    product.is_marked, product.mark_rests = marked, False
    product.save(update_fields=["is_marked", "mark_rests", "updated_at"])
    return product


def objection_to_mark(product: Product) -> RuleBroken | None:
    """Why the product cannot bear the mark; the database refuses it for the last two reasons, too."""
    provider, category = product.provider, product.category
    if not category.may_be_marked:
        return RuleBroken("R-SCOPE", f"类别“{category}”不在创新券支持范围内，不能带创新券标识。")
    if not provider.is_admitted:
        return RuleBroken("R-QUAL", f"“{provider}”现在不是创新券服务机构，它的产品不能带创新券标识。")
    if not provider.covers(category):
        sentence = f"类别“{category}”不在“{provider}”的入驻服务范围内，不能带创新券标识。请机构在续期时增加这个范围。"
        return RuleBroken("R-SCOPE", sentence)
    return None


def objection_to_shelf(product: Product) -> RuleBroken | None:
    """Why the product cannot be put on the shelf."""
    if product.provider.is_active:
        return None
    return RuleBroken("R-SHELF", f"服务机构“{product.provider}”已停用，它的产品不能上架。")


@door
def set_status(product: Product, status: str, *, by: Person) -> Product:
    """Put a product on the shelf or take it off; its provider's members and administrators may."""
    product = locked(product)
    check_keeper(product.provider, by)
    objection = objection_to_shelf(product) if status == Product.Status.ON_SALE else None
    if objection:
        raise objection
    product.status = status
    product.save(update_fields=["status", "updated_at"])
    write(product, "shelf_on" if status == Product.Status.ON_SALE else "shelf_off", by=by)
    laboratory = Laboratory.objects.filter(provider=product.provider).select_related("provider").first()
    if laboratory is not None:
        refresh_laboratory(laboratory)
    return product
