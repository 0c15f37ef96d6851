"""An answer refuses UPDATE and DELETE."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER registers_reply_append_only BEFORE UPDATE OR DELETE ON registers_reply
    FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
"""
BACKWARD = "DROP TRIGGER registers_reply_append_only ON registers_reply;"


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial"), ("records", "0002_append_only")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
