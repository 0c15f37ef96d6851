"""How a person looks at the mall's list, for as long as he has an account."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0026_phone_failed_at")]

    operations = [
        migrations.AddField(
            "user",
            "mall_look",
            models.CharField("科淘平台显示方式", max_length=5, blank=True, default="", db_default="", editable=False),
        ),
    ]
