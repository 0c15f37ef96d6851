"""One code, one account of a cycle and pool."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0008_quota_code_filled")]

    operations = [
        migrations.AddConstraint(
            model_name="quotaaccount",
            constraint=models.UniqueConstraint(
                condition=models.Q(("uscc", ""), _negated=True),
                fields=("uscc", "cycle", "pool"),
                name="quota_one_account_per_code",
            ),
        ),
    ]
