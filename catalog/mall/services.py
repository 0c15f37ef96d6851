"""Verbs of the mall: products, their marks, and what is searched."""

from django.db import transaction

from accounts.models import Duty
from accounts.permissions import check_writer
from catalog.models import Laboratory, Product, Provider
from catalog.search import search_text_of, search_text_of_laboratory
from records.people import Person
from records.rules import RuleBroken


def refresh_laboratory(laboratory: Laboratory) -> None:
    """Bring the laboratory's search text up to date."""
    services = laboratory.provider.products.filter(status=Product.Status.ON_SALE).values_list("name", flat=True)
    laboratory.search_text = search_text_of_laboratory(laboratory, services)
    laboratory.save(update_fields=["search_text"])


def refresh_provider(provider: Provider) -> None:
    """Bring what is searched up to date after a provider was renamed or its services changed."""
    products = list(provider.products.select_related("provider", "category__parent"))
    for product in products:
        product.search_text = search_text_of(product)
    Product.objects.bulk_update(products, ["search_text"], batch_size=500)
    laboratory = Laboratory.objects.filter(provider=provider).select_related("provider").first()
    if laboratory is not None:
        refresh_laboratory(laboratory)


def locked(product: Product) -> Product:
    """The product as it is stored now, held until the transaction ends."""
    stored = Product.objects.select_for_update(of=("self",), no_key=True).select_related(
        "provider__unit", "category__parent"
    )
    found: Product = stored.get(pk=product.pk)
    return found


def check_keeper(provider: Provider, by: Person) -> None:
    """Raise RuleBroken unless the person keeps the provider's desk or the catalog."""
    if not (by.duty == Duty.CATALOG or provider.has_member(by)):
        raise RuleBroken("R-PERM", "只有产品所属服务机构的成员可以编辑、上架或下架这个产品。")
    if provider.unit is not None:
        check_writer(provider.unit, by)


@transaction.atomic
def save_product(product: Product, *, by: Person) -> Product:
    """Keep what the provider wrote; mark and status are not his to write, and a new category takes the mark away."""
    check_keeper(product.provider, by)
    if product.pk is None:
        product.is_marked, product.status = False, Product.Status.DRAFT
    else:
        stored = locked(product)
        product.status = stored.status
        keep_mark(product, stored)
    product.save()
    refresh_provider(product.provider)
    return product


def keep_mark(product: Product, stored: Product) -> None:
    """Writing a product leaves its mark as the database holds it; a new category takes it away."""
    stays = stored.category_id == product.category_id
    product.is_marked, product.mark_rests = stored.is_marked and stays, stored.mark_rests and stays


@transaction.atomic
def set_mark(product: Product, *, marked: bool) -> Product:
    """Give a product the 创新券 mark or take it; category, provider and scope must allow it (domain.md §7)."""
    Provider.objects.select_for_update(of=("self",), no_key=True).get(
        pk=product.provider_id
    )  # before the product, as `settle` does
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


@transaction.atomic
def set_status(product: Product, status: str, *, by: Person) -> Product:
    """Put a product on the shelf or take it off; its provider's members and administrators may."""
    product = locked(product)
    check_keeper(product.provider, by)
    if status == Product.Status.ON_SALE and not product.provider.is_active:
        raise RuleBroken("R-SHELF", f"服务机构“{product.provider}”已停用，它的产品不能上架。")
    product.status = status
    product.save(update_fields=["status", "updated_at"])
    refresh_provider(product.provider)
    return product
