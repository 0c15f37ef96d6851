"""The model's own default again, in the state alone: the policy has its figure."""

import accounts.models.joining
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0012_join_role"), ("policy", "0006_figures_required")]

    operations = [
        migrations.AlterField(
            model_name="joinrequest",
            name="due_on",
            field=models.DateField(default=accounts.models.joining.reply_due, verbose_name="答复期限"),
        ),
    ]
