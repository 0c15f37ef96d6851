"""Bulk acts of the desks, and the orders in which their long lists are read."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("catalog", "0021_sheets"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeskAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=40, verbose_name="操作")),
                ("matter", models.CharField(max_length=20, verbose_name="对象")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="原因")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("lines", models.JSONField(default=list, verbose_name="逐行结果")),
                ("told", models.PositiveIntegerField(default=0, verbose_name="通知的订单")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="操作人",
                    ),
                ),
            ],
            options={
                "verbose_name": "批量操作",
                "verbose_name_plural": "批量操作",
                "ordering": ("-pk",),
                "default_permissions": (),
            },
        ),
        migrations.AddIndex("deskact", models.Index(fields=["by", "id"], name="desk_act_of")),
        migrations.AddIndex("product", models.Index(fields=["provider", "id"], name="product_provider_new")),
        migrations.AddIndex("product", models.Index(fields=["status", "id"], name="product_status_new")),
        migrations.AlterField(
            "product",
            "provider",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="products",
                to="catalog.provider",
                verbose_name="服务机构",
            ),
        ),
    ]
