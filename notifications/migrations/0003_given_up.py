from django.db import migrations


class Migration(migrations.Migration):
    """A mail that was given up after five tries stays given up, now that there are eight."""

    dependencies = [("notifications", "0002_delivery_due")]

    operations = [
        migrations.RunSQL(
            "UPDATE notifications_delivery SET tries = 8 WHERE sent_at IS NULL AND tries >= 5",
            "UPDATE notifications_delivery SET tries = 5 WHERE sent_at IS NULL AND tries >= 5",
        )
    ]
