"""The database, too, refuses to change or delete a published version whose day has come."""

from django.db import migrations

GUARD = """
CREATE FUNCTION policy_version_in_force_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'policy version % is in force and cannot change', OLD.name USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER policy_version_in_force_is_fixed BEFORE UPDATE OR DELETE ON policy_policyversion FOR EACH ROW
WHEN (OLD.published AND OLD.effective_from <= (now() AT TIME ZONE 'Asia/Shanghai')::date)
EXECUTE FUNCTION policy_version_in_force_is_fixed();
"""
RELEASE = """
DROP TRIGGER policy_version_in_force_is_fixed ON policy_policyversion;
DROP FUNCTION policy_version_in_force_is_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [("policy", "0002_shipped_versions")]

    operations = [migrations.RunSQL(GUARD, RELEASE)]
