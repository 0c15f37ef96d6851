"""What no longer belongs on a shelf is found by keys, not by a join that statistics of an empty table plan row by row."""

from importlib import import_module

from django.db import migrations

products, labs = (import_module(f"catalog.migrations.{name}") for name in ("0013_shelf_kept", "0020_lab_shelf_kept"))
# function, its text, the shelf, the view of what is due, the key
KEPT = (
    ("catalog_shelve(bigint[])", products.SHELVE, "catalog_shelf shelf", "catalog_shelf_due", "product_id"),
    (
        "catalog_lab_shelve(bigint[], boolean, boolean)",
        labs.SHELVE,
        "catalog_labshelf held",
        "catalog_labshelf_due",
        "laboratory_id",
    ),
)
JOINED = """DELETE FROM {shelf} WHERE {key} = ANY (changed)
       AND NOT EXISTS (SELECT 1 FROM {due} due WHERE due.{key} = {row}.{key});"""
BY_KEY = """due := array(SELECT {key} FROM {due} WHERE {key} = ANY (changed));
    DELETE FROM {shelf} WHERE {key} = ANY (changed) AND {key} <> ALL (due);"""


def replaced(text: str, function: str) -> str:
    """The function in place of the one before; planned anew each time (0032), which a replacement forgets."""
    made = text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    return f"{made}ALTER FUNCTION {function} SET plan_cache_mode = force_custom_plan;"


def by_key(text: str, shelf: str, due: str, key: str) -> str:
    """The function's text with the keys of what is due asked for first."""
    names = {"shelf": shelf, "due": due, "key": key, "row": shelf.partition(" ")[2]}
    joined = JOINED.format(**names)
    if joined not in text:
        raise ValueError(shelf)
    return text.replace(joined, BY_KEY.format(**names)).replace("$$\nBEGIN", "$$\nDECLARE\n    due bigint[];\nBEGIN")


FORWARD = "".join(replaced(by_key(text, *names), function) for function, text, *names in KEPT)
BACK = "".join(replaced(text, function) for function, text, *_ in KEPT)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0032_planned_each_time")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
