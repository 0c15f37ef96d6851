"""The shelf follows products, providers, laboratories, batches and categories: one view says what it should hold."""

from django.db import migrations

COLUMNS = "product_id, provider_id, category_id, top_id, region, is_marked, price, place, document"
EXCLUDED = ", ".join(f"EXCLUDED.{column}" for column in COLUMNS.split(", "))
SHELF = EXCLUDED.replace("EXCLUDED.", "shelf.")
VIEW = """
CREATE VIEW catalog_shelf_due AS
SELECT product.id AS product_id, product.provider_id, product.category_id,
       coalesce(category.parent_id, category.id) AS top_id, provider.region, product.is_marked, product.price,
       1000000000000 * (CASE WHEN laboratory.id IS NULL THEN 0 ELSE 2 END + CASE WHEN product.is_marked THEN 0 ELSE 1 END)
           - product.id AS place,
       product.search_text AS document
  FROM catalog_product product
  JOIN catalog_provider provider ON provider.id = product.provider_id
  JOIN catalog_category category ON category.id = product.category_id
  LEFT JOIN catalog_laboratory laboratory ON laboratory.provider_id = provider.id
  LEFT JOIN catalog_labbatch batch ON batch.id = laboratory.batch_id
 WHERE product.status = 'on_sale' AND provider.is_active
   AND (laboratory.id IS NULL OR (laboratory.status = 'listed' AND batch.published_on IS NOT NULL));
"""
SHELVE = f"""
CREATE FUNCTION catalog_shelve(changed bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF changed IS NULL THEN
        RETURN;
    END IF;
    -- whoever changes the provider at this moment ends first, so that the view is read as it stands then
    PERFORM 1 FROM catalog_provider WHERE id IN (SELECT provider_id FROM catalog_product WHERE id = ANY (changed))
      ORDER BY id FOR SHARE;
    DELETE FROM catalog_shelf shelf WHERE product_id = ANY (changed)
       AND NOT EXISTS (SELECT 1 FROM catalog_shelf_due due WHERE due.product_id = shelf.product_id);
    INSERT INTO catalog_shelf AS shelf ({COLUMNS})
    SELECT {COLUMNS} FROM catalog_shelf_due WHERE product_id = ANY (changed)
        ON CONFLICT (product_id) DO UPDATE SET ({COLUMNS}) = ({EXCLUDED})
     WHERE ({SHELF}) IS DISTINCT FROM ({EXCLUDED});
END $$;
"""
FOLLOWS = """
CREATE FUNCTION catalog_shelve_{what}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM catalog_shelve((SELECT array_agg(found.id) FROM ({found}) found));
    RETURN NULL;
END $$;
CREATE TRIGGER catalog_shelf_follows_{what} AFTER {act} ON {table} {rows} FOR EACH STATEMENT
    EXECUTE FUNCTION catalog_shelve_{what}();
"""
OLD, NEW, BOTH = "REFERENCING OLD TABLE AS gone", "REFERENCING NEW TABLE AS come", "REFERENCING OLD TABLE AS gone NEW TABLE AS come"
OF_PROVIDERS = "SELECT product.id FROM catalog_product product WHERE product.provider_id IN ({})"
CHANGED = "SELECT come.{} FROM gone JOIN come USING (id) WHERE ({}) IS DISTINCT FROM ({})"


def changed(key: str, *columns: str) -> str:
    """The keys of rows of which one of these columns has changed."""
    return CHANGED.format(key, *(", ".join(f"{side}.{column}" for column in columns) for side in ("gone", "come")))


LABORATORY = changed("provider_id", "status", "batch_id", "provider_id")
TRIGGERS = (
    ("new_product", "INSERT", "catalog_product", NEW, "SELECT id FROM come"),
    (
        "product",
        "UPDATE",
        "catalog_product",
        BOTH,
        changed("id", "status", "provider_id", "category_id", "is_marked", "price", "search_text"),
    ),
    ("provider", "UPDATE", "catalog_provider", BOTH, OF_PROVIDERS.format(changed("id", "is_active", "region"))),
    ("new_laboratory", "INSERT", "catalog_laboratory", NEW, OF_PROVIDERS.format("SELECT provider_id FROM come")),
    (
        "laboratory",
        "UPDATE",
        "catalog_laboratory",
        BOTH,
        OF_PROVIDERS.format(f"{LABORATORY} UNION {LABORATORY.replace('come.provider_id FROM', 'gone.provider_id FROM')}"),
    ),
    ("old_laboratory", "DELETE", "catalog_laboratory", OLD, OF_PROVIDERS.format("SELECT provider_id FROM gone")),
    (
        "batch",
        "UPDATE",
        "catalog_labbatch",
        BOTH,
        OF_PROVIDERS.format(
            f"SELECT provider_id FROM catalog_laboratory WHERE batch_id IN ({changed('id', 'published_on')})"
        ),
    ),
    (
        "category",
        "UPDATE",
        "catalog_category",
        BOTH,
        f"SELECT product.id FROM catalog_product product WHERE product.category_id IN ({changed('id', 'parent_id')})",
    ),
)
GONE = """
CREATE FUNCTION catalog_unshelve() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM catalog_shelf WHERE product_id IN (SELECT id FROM gone);
    RETURN NULL;
END $$;
CREATE TRIGGER catalog_shelf_follows_old_product AFTER DELETE ON catalog_product
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION catalog_unshelve();
"""
FILL = f"INSERT INTO catalog_shelf ({COLUMNS}) SELECT {COLUMNS} FROM catalog_shelf_due;"
FORWARD = "".join(
    [
        VIEW,
        SHELVE,
        *(
            FOLLOWS.format(what=what, act=act, table=table, rows=rows, found=found)
            for what, act, table, rows, found in TRIGGERS
        ),
        GONE,
        FILL,
    ]
)
BACK = "".join(
    [
        *(
            f"DROP TRIGGER catalog_shelf_follows_{what} ON {table}; DROP FUNCTION catalog_shelve_{what}();"
            for what, _, table, _, _ in TRIGGERS
        ),
        "DROP TRIGGER catalog_shelf_follows_old_product ON catalog_product; DROP FUNCTION catalog_unshelve();",
        "DROP FUNCTION catalog_shelve(bigint[]); DROP VIEW catalog_shelf_due; DELETE FROM catalog_shelf;",
    ]
)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0012_shelf")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
