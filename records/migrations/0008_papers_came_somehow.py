from django.db import migrations, models


class Migration(migrations.Migration):
    """From now on no paper is without the hash of what came."""

    dependencies = [("records", "0007_papers_came_as_kept")]

    operations = [
        migrations.AlterField("document", "received_sha256", models.CharField("收到时的 SHA-256", max_length=64)),
    ]
