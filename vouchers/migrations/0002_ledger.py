"""Entries are append-only, and carry themselves to the account: its sums change in no other way."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION vouchers_carry_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE vouchers_quotaaccount
       SET reserved = reserved + NEW.reserved, approved = approved + NEW.approved, used = used + NEW.used
     WHERE id = NEW.account_id;
    RETURN NULL;
END $$;

CREATE TRIGGER vouchers_entry_carried AFTER INSERT ON vouchers_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION vouchers_carry_entry();

CREATE TRIGGER vouchers_entry_append_only BEFORE UPDATE OR DELETE ON vouchers_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION records_refuse_change();

CREATE FUNCTION vouchers_guard_sums() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() = 1 THEN
        RAISE EXCEPTION 'the sums of a quota account come from its entries alone'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER vouchers_sums_guarded
    BEFORE UPDATE OF reserved, approved, used ON vouchers_quotaaccount FOR EACH ROW
    WHEN ((OLD.reserved, OLD.approved, OLD.used) IS DISTINCT FROM (NEW.reserved, NEW.approved, NEW.used))
    EXECUTE FUNCTION vouchers_guard_sums();

CREATE FUNCTION vouchers_guard_opening() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.reserved, NEW.approved, NEW.used) <> (0, 0, 0) THEN
        RAISE EXCEPTION 'a quota account opens empty' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER vouchers_opens_empty BEFORE INSERT ON vouchers_quotaaccount
    FOR EACH ROW EXECUTE FUNCTION vouchers_guard_opening();
"""
BACKWARD = """
DROP TRIGGER vouchers_opens_empty ON vouchers_quotaaccount;
DROP FUNCTION vouchers_guard_opening();
DROP TRIGGER vouchers_sums_guarded ON vouchers_quotaaccount;
DROP FUNCTION vouchers_guard_sums();
DROP TRIGGER vouchers_entry_append_only ON vouchers_ledgerentry;
DROP TRIGGER vouchers_entry_carried ON vouchers_ledgerentry;
DROP FUNCTION vouchers_carry_entry();
"""


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0001_initial"), ("records", "0002_append_only")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
