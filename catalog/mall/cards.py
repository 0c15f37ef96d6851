"""What the card of a product says, read in one query for a whole page and without a model for each row."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.urls import reverse

from catalog.gallery.addresses import address as picture_address
from catalog.mall.benefit import benefit_of
from catalog.models import Provider
from catalog.models.gallery import fitted
from policy.arithmetic import Terms
from policy.models import PolicyVersion
from records.pictures.sizes import CARD
from ui.reading import line
from ui.templatetags.cards import Card, CardPicture
from ui.templatetags.ui import money

READ = """
SELECT product.id, product.number, product.name, provider.name, provider.region, provider.city, product.price,
       product.price_unit, top.name, product.is_marked,
       main.key, main.width, main.height
  FROM catalog_product product
  JOIN catalog_provider provider ON provider.id = product.provider_id
  JOIN catalog_category category ON category.id = product.category_id
  JOIN catalog_category top ON top.id = coalesce(category.parent_id, category.id)
  LEFT JOIN LATERAL (
       SELECT key, width, height FROM catalog_picture
        WHERE product_id = product.id AND made_at IS NOT NULL ORDER BY place, id LIMIT 1) main ON true
 WHERE product.id = ANY (%s)
"""
SAMPLE = "KT000000"


def cards(rows: Iterable[Any]) -> list[Card]:
    """The cards of these rows of the shelf, in their order."""
    keys = [row.pk for row in rows]
    if not keys:
        return []
    with line().cursor() as cursor:
        cursor.execute(READ, [keys])
        found = {row[0]: row for row in cursor.fetchall()}
    terms = PolicyVersion.objects.remembered().terms
    return [card(found[key], terms) for key in keys if key in found]


def card(row: Sequence[Any], terms: Terms) -> Card:
    """One of them; row: as it was read."""
    key, number, name, provider, region, city, price, unit, top, is_marked, picture, width, height = row
    benefit = benefit_of(price, terms) if is_marked else None
    return Card(
        name,
        address(number),
        provider,
        place_words(region, city),
        f"{money(price)}/{unit}" if unit else money(price),
        top,
        is_marked=is_marked,
        after=benefit.after if benefit else None,
        why_none=benefit.why_none if benefit else "",
        pk=key,
        picture=CardPicture(picture_address(picture, CARD), *fitted(width, height, CARD)) if picture else None,
        number=number,
    )


def address(number: str) -> str:
    """The page of the product with this number."""
    return sample_address().replace(SAMPLE, number)


@lru_cache(maxsize=1)
def sample_address() -> str:
    """The page of one product: working out the address of each costs more than drawing its card."""
    return reverse("product_detail", args=[SAMPLE])


@lru_cache(maxsize=500)
def place_words(region: str, city: str) -> str:
    """Where a provider is."""
    return Provider(region=region, city=city).region_words
