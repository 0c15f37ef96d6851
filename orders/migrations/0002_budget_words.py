"""What was typed as 数量/预算 keeps its words; the number gets a column of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0001_initial'),
    ]

    operations = [
        migrations.RenameField(model_name='order', old_name='budget', new_name='budget_words'),
        migrations.AlterField(
            model_name='order',
            name='budget_words',
            field=models.CharField(blank=True, max_length=100, verbose_name='数量/预算（原文）'),
        ),
        migrations.AddField(
            model_name='order',
            name='budget',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='数量/预算'),
        ),
    ]
