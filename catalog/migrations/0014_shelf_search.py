"""The words of the shelf have an index: Chinese in pairs of characters, since most searches have two; Latin and digits by word."""

from django.db import migrations

FORWARD = r"""
CREATE FUNCTION catalog_terms(document text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT array_to_tsvector(coalesce(array_agg(DISTINCT term), '{}')) FROM (
        SELECT left(latin[1], 60) FROM regexp_matches(document, '[a-z0-9]+', 'g') latin
        UNION ALL
        SELECT substr(han[1], start, 2)
          FROM regexp_matches(document, '[^\x01-\x7f]+', 'g') han, generate_series(1, length(han[1])) start
    ) terms (term)
$$;
CREATE INDEX shelf_terms ON catalog_shelf USING gin (catalog_terms(document));
"""
BACK = "DROP INDEX shelf_terms; DROP FUNCTION catalog_terms(text);"


class Migration(migrations.Migration):
    dependencies = [("catalog", "0013_shelf_kept")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
