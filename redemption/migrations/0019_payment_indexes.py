"""Indexes of payments, built beside whoever writes: the table of claims is in use while the portal is upgraded."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("redemption", "0018_ratings_given")]
    operations = [
        AddIndexConcurrently(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("paid_on", None), ("state", "passed")),
                fields=["passed_at", "id"],
                name="claim_waits_for_money",
            ),
        ),
        AddIndexConcurrently(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("paid_on__isnull", False)), fields=["-paid_on", "-id"], name="claim_paid"
            ),
        ),
    ]
