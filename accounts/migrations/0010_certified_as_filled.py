"""Every unit points to the latest of its snapshots."""

from django.db import migrations

FILL = """
UPDATE accounts_unit AS unit
   SET certified_as_id = latest.id
  FROM (SELECT DISTINCT ON (unit_id) unit_id, id FROM accounts_unitsnapshot ORDER BY unit_id, number DESC) latest
 WHERE latest.unit_id = unit.id;
"""
EMPTY = "UPDATE accounts_unit SET certified_as_id = NULL WHERE certified_as_id IS NOT NULL;"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_certified_as")]

    operations = [migrations.RunSQL(FILL, EMPTY)]
