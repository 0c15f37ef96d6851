from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("catalog", "0045_renown_sorted"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="inquiry",
            index=models.Index(fields=["asker", "-asked_at", "-id"], name="inquiry_of_asker"),
        ),
    ]
