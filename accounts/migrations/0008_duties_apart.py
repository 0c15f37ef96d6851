"""Whoever audits is at no office: the database says no, too, also to two people at once (docs/adr/0066)."""

from django.db import migrations

GUARD = """
CREATE FUNCTION office_place_is_no_auditors() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE held text;
BEGIN
    IF NEW.ended_at IS NULL THEN
        SELECT duty INTO held FROM accounts_user WHERE id = NEW.user_id FOR SHARE;
        IF held = 'audit' THEN
            RAISE EXCEPTION 'office_place_is_no_auditors' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER office_place_is_no_auditors BEFORE INSERT OR UPDATE ON reviews_officemember
    FOR EACH ROW EXECUTE FUNCTION office_place_is_no_auditors();

CREATE FUNCTION user_auditor_is_at_no_office() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM reviews_officemember WHERE user_id = NEW.id AND ended_at IS NULL) THEN
        RAISE EXCEPTION 'user_auditor_is_at_no_office' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER user_auditor_is_at_no_office BEFORE INSERT OR UPDATE OF duty ON accounts_user
    FOR EACH ROW WHEN (NEW.duty = 'audit') EXECUTE FUNCTION user_auditor_is_at_no_office();
"""
UNGUARD = """
DROP TRIGGER user_auditor_is_at_no_office ON accounts_user;
DROP FUNCTION user_auditor_is_at_no_office();
DROP TRIGGER office_place_is_no_auditors ON reviews_officemember;
DROP FUNCTION office_place_is_no_auditors();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_joining"), ("reviews", "0005_places")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
