"""A mark is in force while its provider is admitted and its category in scope: the database lets it rest and wakes it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION catalog_may_be_marked(of_provider bigint, of_category bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT provider.is_admitted AND (
        NOT EXISTS (SELECT 1 FROM catalog_provider_scope scope WHERE scope.provider_id = provider.id)
        OR EXISTS (
            SELECT 1 FROM catalog_provider_scope scope JOIN catalog_category category ON category.id = of_category
             WHERE scope.provider_id = provider.id AND scope.category_id IN (category.id, category.parent_id)
        )
    ) FROM catalog_provider provider WHERE provider.id = of_provider
$$;

CREATE FUNCTION catalog_guard_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM catalog_provider WHERE id = NEW.provider_id FOR SHARE;
    IF NOT catalog_may_be_marked(NEW.provider_id, NEW.category_id) THEN
        RAISE EXCEPTION 'product_mark_needs_admission: the provider is not admitted, or not for this category'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'product_mark_needs_admission';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER catalog_new_mark_guarded BEFORE INSERT ON catalog_product
    FOR EACH ROW WHEN (NEW.is_marked) EXECUTE FUNCTION catalog_guard_mark();

CREATE TRIGGER catalog_mark_guarded BEFORE UPDATE ON catalog_product
    FOR EACH ROW WHEN (NEW.is_marked AND (NOT OLD.is_marked OR NEW.provider_id <> OLD.provider_id
        OR NEW.category_id <> OLD.category_id)) EXECUTE FUNCTION catalog_guard_mark();

CREATE FUNCTION catalog_settle_marks(of_provider bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM catalog_provider WHERE id = of_provider FOR UPDATE;
    UPDATE catalog_product product SET is_marked = told.may, mark_rests = NOT told.may
      FROM (
        SELECT id, catalog_may_be_marked(provider_id, category_id) AS may FROM catalog_product
         WHERE provider_id = of_provider AND (is_marked OR mark_rests)
      ) told
     WHERE product.id = told.id AND (product.is_marked OR product.mark_rests) AND product.is_marked <> told.may;
END $$;

CREATE FUNCTION catalog_follow_admission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM catalog_settle_marks(NEW.id);
    RETURN NULL;
END $$;

CREATE TRIGGER catalog_marks_follow_admission AFTER UPDATE OF is_admitted ON catalog_provider
    FOR EACH ROW WHEN (OLD.is_admitted <> NEW.is_admitted) EXECUTE FUNCTION catalog_follow_admission();

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

UPDATE catalog_product SET is_marked = false, mark_rests = true
 WHERE is_marked AND NOT catalog_may_be_marked(provider_id, category_id);

ALTER TABLE catalog_admission ADD CONSTRAINT admission_one_in_force
    EXCLUDE USING btree (unit_id WITH =) WHERE (state IN ('admitted', 'suspended')) DEFERRABLE INITIALLY DEFERRED;
"""
BACK = """
ALTER TABLE catalog_admission DROP CONSTRAINT admission_one_in_force;
DROP TRIGGER catalog_marks_follow_scope ON catalog_provider_scope;
DROP FUNCTION catalog_follow_scope();
DROP TRIGGER catalog_marks_follow_admission ON catalog_provider;
DROP FUNCTION catalog_follow_admission();
DROP FUNCTION catalog_settle_marks(bigint);
DROP TRIGGER catalog_mark_guarded ON catalog_product;
DROP TRIGGER catalog_new_mark_guarded ON catalog_product;
DROP FUNCTION catalog_guard_mark();
DROP FUNCTION catalog_may_be_marked(bigint, bigint);
UPDATE catalog_product SET is_marked = true, mark_rests = false WHERE mark_rests;
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_admission")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
