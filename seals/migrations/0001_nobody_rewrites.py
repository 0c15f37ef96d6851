"""Functions know their schema, so that a dump can be restored; what is only ever added refuses TRUNCATE, and changes where it did not."""

from django.db import migrations

OWN = """
    SELECT p.oid::regprocedure AS name FROM pg_proc p
     WHERE p.pronamespace = current_schema()::regnamespace AND p.prokind = 'f'
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""
PATHS = f"""
DO $$
DECLARE own record;
BEGIN
    FOR own IN {OWN} LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', own.name, current_schema());
    END LOOP;
END $$
"""
NO_PATHS = f"""
DO $$
DECLARE own record;
BEGIN
    FOR own IN {OWN} LOOP
        EXECUTE format('ALTER FUNCTION %s RESET search_path', own.name);
    END LOOP;
END $$
"""
ADDED_ONLY = (
    "records_event",
    "vouchers_ledgerentry",
    "reviews_opinion",
    "reviews_remark",
    "reviews_question",
    "reviews_questionpaper",
    "reviews_reply",
    "registers_reply",
    "accounts_unitsnapshot",
    "accounts_signinevent",
)
WHOLE = "".join(
    f"CREATE TRIGGER {table}_kept_whole BEFORE TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change();\n"
    for table in ADDED_ONLY
)
NOT_WHOLE = "".join(f"DROP TRIGGER {table}_kept_whole ON {table};\n" for table in ADDED_ONLY)
KEPT = """
CREATE TRIGGER reviews_opinion_append_only BEFORE UPDATE OR DELETE ON reviews_opinion
    FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER accounts_signinevent_unchanged BEFORE UPDATE OF key, kind, method, address, agent, at ON accounts_signinevent
    FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER accounts_signinevent_kept BEFORE DELETE ON accounts_signinevent
    FOR EACH ROW WHEN (OLD.at > now() - interval '183 days') EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER records_document_hash_unchanged BEFORE UPDATE OF sha256, received_sha256 ON records_document
    FOR EACH ROW WHEN ((OLD.sha256, OLD.received_sha256) IS DISTINCT FROM (NEW.sha256, NEW.received_sha256))
    EXECUTE FUNCTION records_refuse_change();
"""
NOT_KEPT = """
DROP TRIGGER records_document_hash_unchanged ON records_document;
DROP TRIGGER accounts_signinevent_kept ON accounts_signinevent;
DROP TRIGGER accounts_signinevent_unchanged ON accounts_signinevent;
DROP TRIGGER reviews_opinion_append_only ON reviews_opinion;
"""


class Migration(migrations.Migration):
    dependencies = [  # whatever makes a function or a table that is named here
        ("accounts", "0025_email_failed_at"),
        ("catalog", "0033_shelves_kept_by_key"),
        ("policy", "0016_watch"),
        ("records", "0011_trail_is_searched"),
        ("redemption", "0016_appeals"),
        ("registers", "0002_append_only"),
        ("reviews", "0022_month_figures"),
        ("vouchers", "0012_appeals"),
    ]

    operations = [migrations.RunSQL(PATHS, NO_PATHS), migrations.RunSQL(WHOLE + KEPT, NOT_KEPT + NOT_WHOLE)]
