"""An answered request to join names the role that came of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_email_verified")]

    operations = [
        migrations.AddField(
            "joinrequest",
            "role",
            models.CharField(
                blank=True,
                choices=[("admin", "管理员"), ("handler", "经办人"), ("reader", "只读")],
                default="",
                max_length=10,
                verbose_name="给予的角色",
            ),
        )
    ]
