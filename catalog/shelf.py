"""What the shelf and the list of laboratories hold as numbers, and whether they hold what they should."""

from django.db import connection

from ui.reading import line

AMISS = """
SELECT product.number FROM catalog_product product
 WHERE product.id IN (SELECT coalesce(held.product_id, due.product_id) FROM catalog_shelf held
       FULL JOIN catalog_shelf_due due USING (product_id)
       WHERE (held.provider_id, held.category_id, held.top_id, held.region, held.is_marked, held.price, held.place, held.document,
              held.orders_done, held.stars_mean)
             IS DISTINCT FROM
             (due.provider_id, due.category_id, due.top_id, due.region, due.is_marked, due.price, due.place, due.document,
              due.orders_done, due.stars_mean))
 ORDER BY product.id
"""
LABS_AMISS = """
SELECT laboratory.number FROM catalog_laboratory laboratory
 WHERE laboratory.id IN (SELECT coalesce(held.laboratory_id, due.laboratory_id) FROM catalog_labshelf held
       FULL JOIN catalog_labshelf_due due USING (laboratory_id)
       WHERE (held.batch_id, held.region, held.area, held.kind, held.fields, held.is_listed, held.place, held.document)
             IS DISTINCT FROM
             (due.batch_id, due.region, due.area, due.kind, due.fields, due.is_listed, due.place, due.document))
 ORDER BY laboratory.id
"""
COUNTS_AMISS = """
SELECT coalesce(held.region, due.region) || ' ' || coalesce(held.area, due.area) FROM catalog_labcount held
  FULL JOIN (SELECT region, area, batch_id, count(*) AS named, count(*) FILTER (WHERE is_listed) AS listed
               FROM catalog_labshelf GROUP BY region, area, batch_id) due USING (region, area, batch_id)
 WHERE (coalesce(held.named, 0), coalesce(held.listed, 0)) <> (coalesce(due.named, 0), coalesce(due.listed, 0))
 ORDER BY 1
"""
NUMBERS = """
SELECT (SELECT count(*) FROM (SELECT 1 FROM catalog_shelf WHERE is_marked LIMIT %(most)s) marked),
       (SELECT count(*) FROM (SELECT 1 FROM catalog_provider WHERE is_active AND is_admitted LIMIT %(most)s) admitted),
       (SELECT coalesce(sum(listed), 0) FROM catalog_labcount)
"""


def numbers(most: int) -> tuple[int, int, int]:
    """Marked products and admitted institutions, each up to one more than `most`, and all laboratories that take orders."""
    with line().cursor() as cursor:
        cursor.execute(NUMBERS, {"most": most + 1})
        products, providers, laboratories = cursor.fetchone()
    return products, providers, int(laboratories)


def labs_amiss() -> list[str]:
    """The numbers of the laboratories that their list holds wrongly, then the places whose counts are wrong."""
    found = []
    with connection.cursor() as cursor:
        for question in (LABS_AMISS, COUNTS_AMISS):
            cursor.execute(question)
            found += [name for (name,) in cursor.fetchall()]
    return found


def amiss() -> list[str]:
    """The numbers of the products that the shelf holds wrongly, or not although it should; empty as long as all is well."""
    with connection.cursor() as cursor:
        cursor.execute(AMISS)
        return [number for (number,) in cursor.fetchall()]
