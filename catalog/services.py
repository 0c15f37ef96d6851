"""Verbs of the catalog."""

from typing import Any

from django.db import connection, transaction

from catalog.models import Laboratory, Product
from records.rules import RuleBroken


def next_product_number() -> str:
    """The next product number, e.g. KT000123."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('catalog_product_number')")
        return f"KT{cursor.fetchone()[0]:06d}"


def search_text_of(product: Product) -> str:
    """What the keyword search reads: name, summary, category and provider, lower-cased."""
    provider = product.provider
    parts = [product.name, product.summary, product.category.name, provider.name]
    if product.category.parent:
        parts.append(product.category.parent.name)
    return " ".join(parts).lower()


def refresh_laboratory(laboratory: Laboratory) -> None:
    """Bring the laboratory's search text up to date: institution, host, services, instruments."""
    services = laboratory.provider.products.on_shelf().values_list("name", flat=True)
    parts = [
        laboratory.provider.name,
        laboratory.host_name,
        laboratory.instruments,
        *laboratory.field_labels,
        *services,
    ]
    laboratory.search_text = " ".join(parts).lower()
    laboratory.save(update_fields=["search_text"])


@transaction.atomic
def set_mark(product: Product, *, marked: bool) -> Product:
    """Give a product the 创新券 mark or take it; the category and the provider must allow it (domain.md §7)."""
    if marked and not product.category.may_be_marked:
        raise RuleBroken("R-SCOPE", f"类别“{product.category}”不在创新券支持范围内，不能带创新券标识。")
    if marked and not product.provider.is_admitted:
        raise RuleBroken("R-QUAL", f"“{product.provider}”还不是创新券服务机构，它的产品不能带创新券标识。")
    product.is_marked = marked
    product.save()
    return product


@transaction.atomic
def set_status(product: Product, status: str, *, by: Any) -> Product:
    """Put a product on the shelf or take it off; its provider's members and administrators may."""
    if not (by.is_staff or product.provider.has_member(by)):
        raise RuleBroken("R-PERM", "只有产品所属服务机构的成员可以上架或下架这个产品。")
    product.status = status
    product.save()
    return product
