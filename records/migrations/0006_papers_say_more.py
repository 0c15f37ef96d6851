from django.db import migrations, models


class Migration(migrations.Migration):
    """What a paper was when it came, whether its issuer has locked it, and when its case let go of it."""

    dependencies = [("records", "0005_changes_know_before")]

    operations = [
        migrations.AddField(
            "document", "received_sha256", models.CharField("收到时的 SHA-256", max_length=64, null=True)
        ),
        migrations.AddField("document", "is_locked", models.BooleanField("发放方限制编辑", default=False)),
        migrations.AddField("document", "dropped_at", models.DateTimeField("移除时间", null=True, blank=True)),
    ]
