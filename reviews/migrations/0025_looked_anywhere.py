"""全部事项 is narrowed by what the checks came to: an index of all offices (docs/adr/0184)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0024_ratings_sealed")]

    operations = [
        migrations.AddIndex(
            model_name="turn", index=models.Index(fields=["lies", "looked", "id"], name="turn_any_looked")
        )
    ]
