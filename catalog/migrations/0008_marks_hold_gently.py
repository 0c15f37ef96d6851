"""Who settles the marks of a provider holds its row against change alone: others may go on referring to it."""

from django.db import migrations

SETTLE = """
CREATE OR REPLACE FUNCTION catalog_settle_marks(of_provider bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM catalog_provider WHERE id = of_provider FOR {};
    UPDATE catalog_product product SET is_marked = told.may, mark_rests = NOT told.may
      FROM (
        SELECT id, catalog_may_be_marked(provider_id, category_id) AS may FROM catalog_product
         WHERE provider_id = of_provider AND (is_marked OR mark_rests)
      ) told
     WHERE product.id = told.id AND (product.is_marked OR product.mark_rests) AND product.is_marked <> told.may;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0007_keys_as_read")]

    operations = [migrations.RunSQL(SETTLE.format("NO KEY UPDATE"), SETTLE.format("UPDATE"))]
