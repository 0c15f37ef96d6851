"""Articles are found by their words as products are: through an index of the terms of their text."""

from django.db import migrations

MAKE = "CREATE INDEX article_terms ON news_article USING gin (catalog_terms(document));"


class Migration(migrations.Migration):
    dependencies = [("news", "0001_initial"), ("catalog", "0034_many_at_once")]

    operations = [migrations.RunSQL(MAKE, "DROP INDEX article_terms;")]
