"""The credit code to which a quota belongs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0006_unit_case"), ("accounts", "0010_certified_as_filled")]

    operations = [
        migrations.AddField(
            model_name="quotaaccount",
            name="uscc",
            field=models.CharField(blank=True, default="", max_length=18, verbose_name="统一社会信用代码"),
            preserve_default=False,
        ),
    ]
