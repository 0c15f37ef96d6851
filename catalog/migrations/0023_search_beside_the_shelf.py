"""The terms of products that are not on sale: those that are stand on the shelf, whose texts have an index of their own."""

from django.db import migrations

FORWARD = """
CREATE INDEX product_terms_off_sale ON catalog_product USING gin (catalog_terms(search_text)) WHERE status <> 'on_sale'
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0022_desks")]

    operations = [migrations.RunSQL(FORWARD, "DROP INDEX product_terms_off_sale")]
