"""Many that change at once are joined with what stands beside them in one pass, whatever the statistics say (see 0033).

Where a table seems empty, to look through it for each row seems to cost nothing, by an index or without one: a plan of nested
loops, which is right for a few rows, does that for fifty thousand, too. Above FEW such plans are not chosen.
"""

from importlib import import_module

from django.db import migrations

earlier = import_module("catalog.migrations.0033_shelves_kept_by_key")
FEW = 100
NOTHING = "        RETURN;\n    END IF;\n"
MANY = f"""    IF cardinality(changed) > {FEW} THEN
        PERFORM set_config('enable_nestloop', 'off', true);  -- until the function ends: it has the setting for its own
    END IF;
"""


def in_one_pass(text: str) -> str:
    """The function's text, which first looks at how many have changed."""
    if NOTHING not in text:
        raise ValueError(text)
    return text.replace(NOTHING, NOTHING + MANY, 1)


def made(text: str, function: str, *settings: str) -> str:
    """The function in place of the one before, with what a replacement forgets."""
    own = ("plan_cache_mode = force_custom_plan", "search_path = public, pg_temp", *settings)
    changes = "".join(f"ALTER FUNCTION {function} SET {setting};" for setting in own)
    return text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION") + changes


KEPT = [(earlier.by_key(text, *names), function) for function, text, *names in earlier.KEPT]
FORWARD = "".join(made(in_one_pass(text), function, "enable_nestloop = on") for text, function in KEPT)
BACK = "".join(made(text, function) for text, function in KEPT)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0033_shelves_kept_by_key")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
