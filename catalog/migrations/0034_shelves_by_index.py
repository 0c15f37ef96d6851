"""What keeps the shelves goes by keys whatever the statistics say of the tables beside them (see 0033).

Both functions are given the keys of what changes. Where a table seems empty, to look through it for each of them seems
to cost nothing, and that is how it is done with fifty thousand at once.
"""

from django.db import migrations

KEEPERS = ("catalog_shelve(bigint[])", "catalog_lab_shelve(bigint[], boolean, boolean)")
FORWARD = "".join(f"ALTER FUNCTION {keeper} SET enable_seqscan = off;" for keeper in KEEPERS)
BACK = "".join(f"ALTER FUNCTION {keeper} RESET enable_seqscan;" for keeper in KEEPERS)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0033_shelves_kept_by_key")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
