"""The credit code that a unit holds: as handed in last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0013_reply_due")]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="held_uscc",
            field=models.CharField(blank=True, default="", editable=False, max_length=18, verbose_name="占用的代码"),
            preserve_default=False,
        ),
    ]
