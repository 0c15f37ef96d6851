"""What is searched of a product stands in a line for each tier, and the index keeps the terms of the first three apart."""

from django.db import migrations

TERMS = r"""
CREATE OR REPLACE FUNCTION catalog_terms(document text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
    SELECT array_to_tsvector(coalesce(array_agg(DISTINCT term), '{}')) FROM (
        SELECT unnest(CASE WHEN tier < 4 THEN ARRAY[cut, substr('^~`', tier::int, 1) || cut] ELSE ARRAY[cut] END)
          FROM unnest(string_to_array(document, E'\n')) WITH ORDINALITY lines (line, tier), LATERAL (
            SELECT left(latin[1], 60) FROM regexp_matches(line, '[a-z0-9]+', 'g') latin
            UNION ALL
            SELECT substr(han[1], start, 2)
              FROM regexp_matches(line, '[^\x01-\x7f]+', 'g') han, generate_series(1, length(han[1])) start
          ) cuts (cut)
    ) terms (term)
$$;
"""
BEFORE = r"""
CREATE OR REPLACE FUNCTION catalog_terms(document text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100 AS $$
    SELECT array_to_tsvector(coalesce(array_agg(DISTINCT term), '{}')) FROM (
        SELECT left(latin[1], 60) FROM regexp_matches(document, '[a-z0-9]+', 'g') latin
        UNION ALL
        SELECT substr(han[1], start, 2)
          FROM regexp_matches(document, '[^\x01-\x7f]+', 'g') han, generate_series(1, length(han[1])) start
    ) terms (term)
$$;
"""
TEXT = """
UPDATE catalog_product product SET search_text = {text}
  FROM catalog_category category, catalog_category top, catalog_provider provider
 WHERE category.id = product.category_id AND top.id = coalesce(category.parent_id, category.id) AND provider.id = product.provider_id;
"""
LINES = """concat_ws(E'\\n', lower(normalize(concat_ws(' ', product.number, product.name), NFKC)),
    lower(normalize(concat_ws(' ', category.name, top.name), NFKC)),
    lower(normalize(concat_ws(' ', provider.name, provider.city, provider.qualifications), NFKC)),
    lower(normalize(concat_ws(' ', product.summary, replace(left(product.description, 500), E'\\n', ' ')), NFKC)))"""  # standards and the other spellings come with the next night
ONE = """lower(normalize(concat_ws(' ', product.number, product.name, product.summary, category.name, provider.name, top.name), NFKC))"""
DROP, MAKE = "DROP INDEX shelf_terms;", "CREATE INDEX shelf_terms ON catalog_shelf USING gin (catalog_terms(document));"
STATISTICS = "".join(  # so that the planner knows which words many lines hold
    [
        "ALTER INDEX shelf_terms ALTER COLUMN 1 SET STATISTICS 1000;",
        *(rf"CREATE STATISTICS shelf_line_{line} ON (split_part(document, E'\n', {line})) FROM catalog_shelf;" for line in (1, 2, 3)),
    ]
)
NO_STATISTICS = "DROP STATISTICS shelf_line_1, shelf_line_2, shelf_line_3;"


class Migration(migrations.Migration):
    dependencies = [("catalog", "0014_shelf_search")]

    operations = [
        migrations.RunSQL(
            DROP + TERMS + TEXT.format(text=LINES) + MAKE + STATISTICS, NO_STATISTICS + DROP + BEFORE + TEXT.format(text=ONE) + MAKE
        )
    ]
