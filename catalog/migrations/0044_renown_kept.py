"""The shelf follows both figures; that of the ratings follows the ratings; both are filled from what is there."""

from importlib import import_module

from django.db import migrations

first, planned, many = (
    import_module(f"catalog.migrations.{name}")
    for name in ("0013_shelf_kept", "0032_planned_each_time", "0034_many_at_once")
)
ADDED = ("orders_done", "stars_mean")
ENOUGH = 3  # ratings, from which on they are shown (catalog/models/ratings.py)
PATH = "search_path = public, pg_temp"


def with_added(text: str) -> str:
    """The function that keeps the shelf, or the view of what it should hold, with both figures behind the other columns."""
    for columns, begin in ((first.EXCLUDED, "EXCLUDED."), (first.SHELF, "shelf."), (first.COLUMNS, "")):
        if columns not in text:
            raise ValueError(columns)
        text = text.replace(columns, columns + "".join(f", {begin}{name}" for name in ADDED))
    return text


def followed(*more: str) -> str:
    """The function of the trigger on products, which looks at these columns, too."""
    kept = ("status", "provider_id", "category_id", "is_marked", "price", "search_text")
    body = planned.FOLLOWS.format(
        function="catalog_shelve_product", found=first.changed("id", *kept, *more), shelve="catalog_shelve(changed)"
    )
    return f"{body}ALTER FUNCTION catalog_shelve_product() SET {PATH};"


DOCUMENT = "product.search_text AS document"
VIEW = first.VIEW.replace("CREATE VIEW", "CREATE OR REPLACE VIEW").replace(
    DOCUMENT, f"{DOCUMENT}, " + ", ".join(f"product.{name}" for name in ADDED)
)
SHELVE, FUNCTION = many.KEPT[0]
STARS = f"""
CREATE FUNCTION catalog_count_stars() RETURNS trigger LANGUAGE plpgsql SET {PATH} AS $$
DECLARE
    changed bigint[];
BEGIN
    EXECUTE 'SELECT array_agg(DISTINCT come.product_id) FROM come' INTO changed;
    -- who rates the same service at this moment ends first, so that both are counted
    PERFORM 1 FROM catalog_product WHERE id = ANY (changed) ORDER BY id FOR NO KEY UPDATE;
    UPDATE catalog_product product SET stars_mean = due.mean
      FROM (SELECT key.id, CASE WHEN count(rating.id) < {ENOUGH} THEN 0 ELSE round(avg(rating.stars) * 100) END AS mean
              FROM unnest(changed) AS key (id)
              LEFT JOIN catalog_rating rating ON rating.product_id = key.id AND rating.hidden_at IS NULL
             GROUP BY key.id) due
     WHERE product.id = due.id AND product.stars_mean <> due.mean;
    RETURN NULL;
END $$;
"""
COUNTS = "".join(
    f"""CREATE TRIGGER catalog_stars_follow_{act.lower()} AFTER {act} ON catalog_rating
    REFERENCING {side} TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION catalog_count_stars();
"""
    for act, side in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
)
FILL = f"""
UPDATE catalog_product product SET stars_mean = due.mean
  FROM (SELECT product_id, round(avg(stars) * 100) AS mean FROM catalog_rating WHERE hidden_at IS NULL
         GROUP BY product_id HAVING count(*) >= {ENOUGH}) due
 WHERE product.id = due.product_id;
DO $$
BEGIN
    IF to_regclass('public.orders_order') IS NOT NULL THEN  -- an app above this one, whose table is there or not yet
        EXECUTE 'UPDATE catalog_product product SET orders_done = due.many
                   FROM (SELECT product_id, count(*) AS many FROM public.orders_order WHERE state = ''completed'' GROUP BY product_id) due
                  WHERE product.id = due.product_id';
    END IF;
END $$;
"""
FORWARD = "".join(
    [VIEW, many.made(with_added(many.in_one_pass(SHELVE)), FUNCTION, "enable_nestloop = on"), followed(*ADDED), STARS, COUNTS, FILL]
)
BACK = "".join(
    [
        *(f"DROP TRIGGER catalog_stars_follow_{act} ON catalog_rating;" for act in ("insert", "update", "delete")),
        "DROP FUNCTION catalog_count_stars();",
        followed(),
        many.made(many.in_one_pass(SHELVE), FUNCTION, "enable_nestloop = on"),
        f"DROP VIEW catalog_shelf_due; {first.VIEW}",
    ]
)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0043_renown")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
