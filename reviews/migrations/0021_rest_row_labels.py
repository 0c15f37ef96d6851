from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("reviews", "0020_panels"),
    ]

    operations = [
        migrations.AddField(
            model_name="rest",
            name="row_labels",
            field=models.JSONField(blank=True, default=dict, verbose_name="需修改的行"),
        ),
    ]
