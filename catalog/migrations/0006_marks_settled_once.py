"""Marks follow a scope once a statement, not once for each of its categories: each time asks about every product."""

from django.db import migrations

FORWARD = """
DROP TRIGGER catalog_marks_follow_scope ON catalog_provider_scope;
DROP FUNCTION catalog_follow_scope();

CREATE FUNCTION catalog_follow_scope() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM catalog_settle_marks(provider_id) FROM (SELECT DISTINCT provider_id FROM changed ORDER BY provider_id) told;
    RETURN NULL;
END $$;

CREATE TRIGGER catalog_marks_follow_more_scope AFTER INSERT ON catalog_provider_scope
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalog_follow_scope();

CREATE TRIGGER catalog_marks_follow_less_scope AFTER DELETE ON catalog_provider_scope
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalog_follow_scope();

CREATE FUNCTION catalog_follow_other_scope() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM catalog_settle_marks(provider_id)
       FROM (SELECT provider_id FROM gone UNION SELECT provider_id FROM come ORDER BY provider_id) told;
    RETURN NULL;
END $$;

CREATE TRIGGER catalog_marks_follow_other_scope AFTER UPDATE ON catalog_provider_scope
    REFERENCING OLD TABLE AS gone NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION catalog_follow_other_scope();
"""
BACK = """
DROP TRIGGER catalog_marks_follow_other_scope ON catalog_provider_scope;
DROP FUNCTION catalog_follow_other_scope();
DROP TRIGGER catalog_marks_follow_less_scope ON catalog_provider_scope;
DROP TRIGGER catalog_marks_follow_more_scope ON catalog_provider_scope;
DROP FUNCTION catalog_follow_scope();

CREATE FUNCTION catalog_follow_scope() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM catalog_settle_marks(OLD.provider_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM catalog_settle_marks(NEW.provider_id);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER catalog_marks_follow_scope AFTER INSERT OR UPDATE OR DELETE ON catalog_provider_scope
    FOR EACH ROW EXECUTE FUNCTION catalog_follow_scope();
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0005_unit_case")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
