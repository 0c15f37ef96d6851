"""Each account gets the code that was certified when its first application was handed in.

Where one code has two accounts of a cycle, since its unit had registered anew, the older one gets the code. The other keeps
what it holds and is still counted, through its unit and its applications.
"""

from django.db import migrations

FILL = """
UPDATE vouchers_quotaaccount AS account
   SET uscc = known.uscc
  FROM (SELECT told.id, told.uscc, row_number() OVER (PARTITION BY told.uscc, told.cycle, told.pool ORDER BY told.id) AS place
          FROM (SELECT a.id, a.cycle, a.pool,
                       coalesce((SELECT s.uscc FROM vouchers_application p JOIN accounts_unitsnapshot s ON s.id = p.snapshot_id
                                  WHERE p.account_id = a.id ORDER BY p.id LIMIT 1), latest.uscc, unit.uscc) AS uscc
                  FROM vouchers_quotaaccount a
                  JOIN accounts_unit unit ON unit.id = a.unit_id
                  LEFT JOIN accounts_unitsnapshot latest ON latest.id = unit.certified_as_id) told) known
 WHERE known.id = account.id AND known.place = 1
"""


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0007_quota_code")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
