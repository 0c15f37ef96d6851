"""What a provider received is read along an index, the newest first, all or of one state."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0003_budget_read")]

    operations = [
        migrations.RemoveIndex("order", "orders_orde_provide_932530_idx"),
        migrations.AddIndex("order", models.Index(fields=["provider", "id"], name="order_received")),
        migrations.AddIndex("order", models.Index(fields=["provider", "state", "id"], name="order_received_state")),
    ]
