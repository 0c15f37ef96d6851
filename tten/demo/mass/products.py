"""Products in any number: each in the scope of its provider, marked where it may be; few providers have many of them."""

from catalog.models import Product, Provider
from tten.demo.mall import DESCRIPTION, UNITS
from tten.demo.mass.copying import Family
from tten.demo.mass.names import MORE_ABOUT, OBJECTS
from tten.demo.mass.sql import drawn, free_id, keep_table, reserve, run

A_PROVIDER = 50  # products, on an average
LEAST = 8  # providers
STEEP = 1.7  # how much more the first providers have than the last ones
MARKED, ON_SALE = 0.8, 0.97  # shares
DELIVERABLES = ("检测报告", "研发成果与数据", "分析报告", "样机", "软件与文档")


def providers_for(count: int) -> int:
    """How many providers so many products have."""
    return max(LEAST, count // A_PROVIDER)


def make_products(count: int, desks: Family, seed: int) -> None:
    """Make so many products of the providers that were just made."""
    keep_table("mass_scope", SCOPE.format(start=desks.moulds[Provider].start))
    keep_table("mass_shelf", "SELECT provider_id, count(*) AS size FROM mass_scope GROUP BY provider_id")
    start, number = free_id(Product), reserve("catalog_product_number", count)
    run(
        INSERT.format(
            provider=f"{desks.moulds[Provider].start} + floor(power({drawn(seed, 1)}, {STEEP}) * {providers_for(count)})",
            leaf=drawn(seed, 2),
            about=picked(MORE_ABOUT, drawn(seed, 3)),
            thing=picked(OBJECTS, drawn(seed, 4)),
            deliverable=picked(DELIVERABLES, drawn(seed, 5)),
            price=f"(1 + floor(5 / (1.005 - {drawn(seed, 6)}))) * 100",
            unit=picked(UNITS, drawn(seed, 7)),
            length=f"3 + floor({drawn(seed, 8)} * 57)",
            marked=f"{drawn(seed, 9)} < {MARKED}",
            on_sale=f"{drawn(seed, 10)} < {ON_SALE}",
            age=f"{drawn(seed, 11)} * interval '700 days'",
            description=DESCRIPTION,
            start=start,
            number=number,
            last=count - 1,
        )
    )


def picked(words: tuple[str, ...], number: str) -> str:
    """One of the words, by a number from 0 to below 1."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f"(ARRAY[{listed}])[1 + floor({number} * {len(words)})::integer]"


SCOPE = """
    SELECT provider.id AS provider_id, provider.name AS provider_name, provider.is_admitted, category.id AS category_id,
           category.name AS category_name, parent.name AS parent_name, category.may_be_marked,
           row_number() OVER (PARTITION BY provider.id ORDER BY category.id) - 1 AS place
      FROM catalog_provider provider
      JOIN catalog_category category ON NOT EXISTS (SELECT 1 FROM catalog_category c WHERE c.parent_id = category.id)
      LEFT JOIN catalog_category parent ON parent.id = category.parent_id
     WHERE provider.id >= {start} AND (
           NOT EXISTS (SELECT 1 FROM catalog_provider_scope s WHERE s.provider_id = provider.id)
           OR EXISTS (SELECT 1 FROM catalog_provider_scope s WHERE s.provider_id = provider.id
                       AND s.category_id IN (category.id, category.parent_id)))
"""
INSERT = """
INSERT INTO catalog_product (id, number, provider_id, category_id, name, summary, description, deliverable, price,
       price_unit, duration, is_marked, mark_rests, status, search_text, created_at, updated_at)
SELECT {start} + i, number, provider_id, category_id, name, summary, '{description}', deliverable, price, price_unit,
       duration, is_marked, mark_rests, status,
       lower(normalize(concat_ws(' ', number, name, summary, category_name, provider_name, parent_name), NFKC)), at, at
  FROM (
    SELECT i, 'KT' || lpad(({number} + i)::text, greatest(6, length(({number} + i)::text)), '0') AS number,
           scope.*, {about} || {thing} || scope.category_name AS name, '方案、实施、报告一次完成，可加急。' AS summary,
           {deliverable} AS deliverable, {price} AS price, {unit} AS price_unit, ({length}) || ' 个工作日' AS duration,
           {marked} AND may_be_marked AND is_admitted AS is_marked,
           {marked} AND may_be_marked AND NOT is_admitted AS mark_rests,
           CASE WHEN {on_sale} THEN 'on_sale' ELSE 'withdrawn' END AS status,
           date_trunc('second', now() - {age}) AS at
      FROM generate_series(0, {last}::bigint) i
      JOIN mass_shelf shelf ON shelf.provider_id = {provider}
      JOIN mass_scope scope ON scope.provider_id = shelf.provider_id AND scope.place = floor({leaf} * shelf.size)
  ) made
"""
