"""A mail address counts once a code has proved it; of those that stand there, none has been."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_certified_as_filled")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="email_verified_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="邮箱验证时间"),
        ),
    ]
