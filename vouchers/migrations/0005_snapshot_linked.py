"""Applications handed in before snapshots were kept point to the first one of their unit."""

from django.db import migrations

LINK = """
UPDATE vouchers_application AS handed_in
   SET snapshot_id = snapshot.id
  FROM accounts_unitsnapshot snapshot
 WHERE snapshot.unit_id = handed_in.unit_id AND snapshot.number = 1
   AND handed_in.submitted_at IS NOT NULL AND handed_in.snapshot_id IS NULL;
"""
UNLINK = "UPDATE vouchers_application SET snapshot_id = NULL WHERE snapshot_id IS NOT NULL;"


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0004_snapshot"), ("accounts", "0006_snapshots_kept")]

    operations = [migrations.RunSQL(LINK, UNLINK)]
