"""How many orders of a service were completed, and what its ratings come to: kept as figures, so that the mall is sorted by them."""

from django.db import migrations, models

FIGURES = {
    "orders_done": ("已完成订单", models.PositiveIntegerField),
    "stars_mean": ("评分均值（百分之一星）", models.PositiveSmallIntegerField),
}


class Migration(migrations.Migration):
    dependencies = [("catalog", "0042_seen")]

    operations = [
        migrations.AddField(model, name, kind(default=0, db_default=0, editable=False, verbose_name=words))
        for model in ("product", "shelf")
        for name, (words, kind) in FIGURES.items()
    ]
