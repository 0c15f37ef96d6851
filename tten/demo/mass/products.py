"""Products in any number: each in the scope of its provider, marked where it may be; few providers have many of them."""

from collections.abc import Iterator, Sequence

from catalog.models import Product, Provider, Region
from catalog.search import APART, TOLD, in_lines, named_in
from tten.demo.mass.copying import Family
from tten.demo.mass.names import THINGS
from tten.demo.mass.profile import Profile, bounds, how_many, shares
from tten.demo.mass.sql import drawn, fill, free_id, keep_table, read, reserve, run
from tten.demo.services import Service, all_services
from ui.words import folded

A_PROVIDER = 50  # products, on an average
LEAST = 8  # providers
PIECE = 50_000  # products of one statement: a million at once are joined on disk, in 34 GB
AS_WRITTEN = "SET LOCAL join_collapse_limit = 1"  # else the long texts of all services are joined to every provider's categories first
AS_PLANNED = "SET LOCAL join_collapse_limit = DEFAULT"
STEEP = 1.7  # how much more the first providers have than the last ones
MARKED, ON_SALE = 0.8, 0.97  # shares
CHEAP, DEAR = 0.8, 1.3  # what an institution asks, as shares of the usual price
SERVICE = """
    leaf text, place integer, width integer, service text, summary text, description text, deliverable text,
    price_unit text, duration text, usual numeric, spellings text, named text,
    codes text, told text
"""


def providers_for(count: int, like: Profile) -> int:
    """How many providers so many products have."""
    told = how_many(like.products_of_providers) * count // like.products if like.products else 0
    return max(LEAST, told or count // A_PROVIDER)


def make_products(count: int, desks: Family, seed: int, like: Profile) -> None:
    """Make so many products of the providers that were just made."""
    keep_table("mass_scope", SCOPE.format(start=desks.moulds[Provider].start, region=REGION))
    fill("mass_liked", "category_id bigint, weight float8", _liked(like))
    keep_table("mass_shelf", SHELF)
    fill("mass_service", SERVICE, _rows())
    words = _words(count, desks, seed, like)
    run(AS_WRITTEN)
    for first in range(0, count, PIECE):
        run(INSERT.format(**words, first=first, last=min(first + PIECE, count) - 1))
    run(AS_PLANNED)


def _words(count: int, desks: Family, seed: int, like: Profile) -> dict[str, object]:
    """How each column is drawn, and the first numbers: what the pieces share."""
    return {
        "provider": f"{desks.moulds[Provider].start} + {_provider(drawn(seed, 1), providers_for(count, like), like)}",
        "leaf": drawn(seed, 2),
        "one": f"floor({drawn(seed, 3)} * service.width)",
        "thing": picked(THINGS.split(), drawn(seed, 4)),
        "price": f"service.usual * ({CHEAP} + {drawn(seed, 6)} * {DEAR - CHEAP})",
        "marked": f"{drawn(seed, 9)} < {MARKED}",
        "on_sale": f"{drawn(seed, 10)} < {ON_SALE}",
        "age": f"{drawn(seed, 11)} * interval '700 days'",
        "folded_name": searched("concat_ws(' ', number, name)"),
        "folded_path": searched("concat_ws(' ', category_name, parent_name, nullif(named, ''))"),
        "folded_about": searched("about"),
        "start": free_id(Product),
        "number": reserve("catalog_product_number", count),
    }


def _provider(number: str, count: int, like: Profile) -> str:
    """SQL: which of so many providers, the one with the most first."""
    if like.products_of_providers:
        return f"width_bucket({number}, {bounds(shares(like.products_of_providers, count))})"
    return f"floor(power({number}, {STEEP}) * {count})"


def _liked(like: Profile) -> Iterator[tuple[int, float]]:
    """Each leaf category and how much of a provider's products it has beside its others."""
    leaves = [row[0] for row in read("SELECT DISTINCT category_id FROM mass_scope ORDER BY category_id")]
    told = like.products_of_categories
    yield from zip(leaves, shares(told, len(leaves)) if told else [1.0] * len(leaves), strict=True)


def _rows() -> Iterator[tuple[object, ...]]:
    """The services, numbered within their category."""
    leaves: dict[str, list[Service]] = {}
    for service in all_services():
        leaves.setdefault(service.leaf, []).append(service)
    for leaf, found in leaves.items():
        for place, service in enumerate(found):
            words = service.name, service.summary, service.description, service.deliverable
            yield leaf, place, len(found), *words, service.unit, service.duration, service.price, *_searched(service)


def _searched(service: Service) -> tuple[str, str, str, str]:
    """What is searched of it: other spellings of its name, what it names, other spellings of that, what it promises."""
    named = " ".join(named_in(service.description))
    told = in_lines([service.summary, service.deliverable, service.description[:TOLD]])
    return _spellings(service.name), named, _spellings(named), told


def _spellings(text: str) -> str:
    plain = in_lines([text])
    return plain[len(APART.sub("", folded(text))) :].strip()


def searched(text: str) -> str:
    """A text as the search reads it, by the database: folded, without blanks between Latin and Chinese."""
    plain = f"lower(normalize({text}, NFKC))"
    behind = rf"regexp_replace({plain}, '(?<=[a-z0-9]) (?=[^\x01-\x7f])', '', 'g')"
    return rf"regexp_replace({behind}, '(?<=[^\x01-\x7f]) (?=[a-z0-9])', '', 'g')"


def picked(words: Sequence[str], number: str) -> str:
    """One of the words, by a number from 0 to below 1."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f"(ARRAY[{listed}])[1 + floor({number} * {len(words)})::integer]"


WHENS = " ".join(f"WHEN '{code}' THEN '{name}'" for code, name in Region.choices)
REGION = f"CASE provider.region {WHENS} END"
SCOPE = """
    SELECT provider.id AS provider_id, provider.name AS provider_name, provider.is_admitted, category.id AS category_id,
           category.name AS category_name, parent.name AS parent_name, category.may_be_marked,
           concat_ws(' ', provider.name, {region}, nullif(provider.city, ''), nullif(provider.qualifications, '')) AS about,
           row_number() OVER (PARTITION BY provider.id ORDER BY category.id) - 1 AS place
      FROM catalog_provider provider
      JOIN catalog_category category ON NOT EXISTS (SELECT 1 FROM catalog_category c WHERE c.parent_id = category.id)
      LEFT JOIN catalog_category parent ON parent.id = category.parent_id
     WHERE provider.id >= {start} AND (
           NOT EXISTS (SELECT 1 FROM catalog_provider_scope s WHERE s.provider_id = provider.id)
           OR EXISTS (SELECT 1 FROM catalog_provider_scope s WHERE s.provider_id = provider.id
                       AND s.category_id IN (category.id, category.parent_id)))
"""
SHELF = """
    SELECT provider_id, array_agg(weight / whole ORDER BY place) FILTER (WHERE place < size - 1) AS bounds FROM (
        SELECT provider_id, place, count(*) OVER provider AS size, sum(weight) OVER provider AS whole,
               sum(weight) OVER (provider ORDER BY place) AS weight
          FROM mass_scope JOIN mass_liked USING (category_id) WINDOW provider AS (PARTITION BY provider_id)
    ) leaf GROUP BY provider_id
"""
INSERT = """
INSERT INTO catalog_product (id, number, provider_id, category_id, name, summary, description, deliverable, price,
       price_unit, duration, is_marked, mark_rests, status, search_text, created_at, updated_at)
SELECT {start} + i, number, provider_id, category_id, name, summary, description, deliverable, price, price_unit,
       duration, is_marked, mark_rests, status,
       concat_ws(E'\n', concat_ws(' ', {folded_name}, nullif(spellings, '')),
                 concat_ws(' ', {folded_path}, nullif(codes, '')), {folded_about}, told), at, at
  FROM (
    SELECT i, 'KT' || lpad(({number} + i)::text, greatest(6, length(({number} + i)::text)), '0') AS number,
           scope.*, service.service || '（' || {thing} || '）' AS name, summary, description, deliverable, price_unit,
           duration, spellings, named, codes, told,
           greatest(1, round(({price})::numeric, CASE WHEN usual < 1000 THEN 0 ELSE -2 END)) AS price,
           {marked} AND may_be_marked AND is_admitted AS is_marked,
           {marked} AND may_be_marked AND NOT is_admitted AS mark_rests,
           CASE WHEN {on_sale} THEN 'on_sale' ELSE 'withdrawn' END AS status,
           date_trunc('second', now() - {age}) AS at
      FROM generate_series({first}::bigint, {last}::bigint) i
      JOIN mass_shelf shelf ON shelf.provider_id = {provider}
      JOIN mass_scope scope ON scope.provider_id = shelf.provider_id AND scope.place = coalesce(width_bucket({leaf}, shelf.bounds), 0)
      JOIN mass_service service ON service.leaf = scope.category_name AND service.place = {one}
  ) made
"""
