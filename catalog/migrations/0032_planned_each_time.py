"""What keeps the shelves is planned for the rows that change: a plan made for three is not used for fifty thousand."""

from importlib import import_module

from django.db import migrations

products, labs = (import_module(f"catalog.migrations.{name}") for name in ("0013_shelf_kept", "0020_lab_shelf_kept"))
SHELVES = ("catalog_shelve(bigint[])", "catalog_lab_shelve(bigint[], boolean, boolean)")
# A statement without parameters keeps its first plan for as long as the session lasts, so that it is handed over as text.
FOLLOWS = """
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed bigint[];
BEGIN
    EXECUTE 'SELECT array_agg(found.id) FROM ({found}) found' INTO changed;
    PERFORM {shelve};
    RETURN NULL;
END $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM {shelve};
    RETURN NULL;
END $$;
"""
GONE = """
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {delete};
    RETURN NULL;
END $$;
"""
UNSHELVE = (
    ("catalog_unshelve", "DELETE FROM catalog_shelf WHERE product_id IN (SELECT id FROM gone)"),
    ("catalog_lab_unshelve", "DELETE FROM catalog_labshelf WHERE laboratory_id IN (SELECT id FROM gone)"),
)


def follows(body: str, changed: str) -> str:
    """The functions of all triggers; changed: the keys, as the body says them."""
    made = [
        body.format(function=f"catalog_shelve_{what}", found=found, shelve=f"catalog_shelve({changed.format(found)})")
        for what, _, _, _, found in products.TRIGGERS
    ]
    for what, _, _, _, found, holds in labs.TRIGGERS:
        shelve = f"catalog_lab_shelve({changed.format(found)}, {holds})"
        made.append(body.format(function=f"catalog_lab_shelve_{what}", found=found, shelve=shelve))
    return "".join(made)


FORWARD = "".join(
    [
        *(f"ALTER FUNCTION {shelve} SET plan_cache_mode = force_custom_plan;" for shelve in SHELVES),
        follows(FOLLOWS, "changed"),
        *(GONE.format(function=function, delete=f"EXECUTE '{delete}'") for function, delete in UNSHELVE),
    ]
)
BACK = "".join(
    [
        *(f"ALTER FUNCTION {shelve} RESET plan_cache_mode;" for shelve in SHELVES),
        follows(BEFORE, "(SELECT array_agg(found.id) FROM ({}) found)"),
        *(GONE.format(function=function, delete=delete) for function, delete in UNSHELVE),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0031_hidden_batches")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
