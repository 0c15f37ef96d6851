"""The trail refuses UPDATE and DELETE; case numbers come from one sequence."""

from django.db import migrations

FORWARD = """
CREATE SEQUENCE records_case_number;

CREATE FUNCTION records_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only table %: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER records_event_append_only BEFORE UPDATE OR DELETE ON records_event
    FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
"""
BACKWARD = """
DROP TRIGGER records_event_append_only ON records_event;
DROP FUNCTION records_refuse_change();
DROP SEQUENCE records_case_number;
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
