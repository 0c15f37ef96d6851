"""One code, one unit that has handed it in: drafts stand in nobody's way."""

from django.db import migrations, models

NAME = "unit_one_per_credit_code"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0015_held_code_filled")]

    operations = [
        migrations.RemoveConstraint(model_name="unit", name=NAME),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(
                condition=models.Q(models.Q(("state", "rejected"), _negated=True), models.Q(("held_uscc", ""), _negated=True)),
                fields=("held_uscc",),
                name=NAME,
                violation_error_message="该统一社会信用代码的单位已在本站登记。",
            ),
        ),
    ]
