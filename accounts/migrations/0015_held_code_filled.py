"""Every unit that was handed in holds its code; a draft never was."""

from django.db import migrations

FILL = "UPDATE accounts_unit SET held_uscc = uscc WHERE state <> 'uncertified'"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0014_held_code")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
