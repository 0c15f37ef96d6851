"""The shelf by completed orders and by ratings: of those alone that have any, the others follow by their own order."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("catalog", "0044_renown_kept")]

    operations = [
        AddIndexConcurrently(
            "shelf",
            models.Index(fields=[name, "product"], condition=models.Q(**{f"{name}__gt": 0}), name=f"shelf_{name}"),
        )
        for name in ("orders_done", "stars_mean")
    ]
