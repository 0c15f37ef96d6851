"""What was decided changes with a step alone; an entry carries itself to its account by the owner's right."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION seals_refuse_decided() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% of % changes with a step alone', TG_ARGV[0], TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER vouchers_amount_decided BEFORE UPDATE OF approved_amount ON vouchers_application FOR EACH ROW
    WHEN (OLD.approved_amount IS NOT NULL AND NEW.approved_amount IS DISTINCT FROM OLD.approved_amount AND NEW.state = OLD.state)
    EXECUTE FUNCTION seals_refuse_decided('approved_amount');
CREATE TRIGGER vouchers_number_given BEFORE UPDATE OF voucher_number ON vouchers_application FOR EACH ROW
    WHEN (OLD.voucher_number IS NOT NULL AND NEW.voucher_number IS DISTINCT FROM OLD.voucher_number)
    EXECUTE FUNCTION seals_refuse_decided('voucher_number');
CREATE TRIGGER redemption_amount_decided BEFORE UPDATE OF final_amount ON redemption_claim FOR EACH ROW
    WHEN (OLD.final_amount IS NOT NULL AND NEW.final_amount IS DISTINCT FROM OLD.final_amount AND NEW.state = OLD.state)
    EXECUTE FUNCTION seals_refuse_decided('final_amount');

ALTER FUNCTION vouchers_carry_entry() SECURITY DEFINER;
"""
BACKWARD = """
ALTER FUNCTION vouchers_carry_entry() SECURITY INVOKER;
DROP TRIGGER redemption_amount_decided ON redemption_claim;
DROP TRIGGER vouchers_number_given ON vouchers_application;
DROP TRIGGER vouchers_amount_decided ON vouchers_application;
DROP FUNCTION seals_refuse_decided();
"""


class Migration(migrations.Migration):
    dependencies = [("seals", "0002_tree"), ("vouchers", "0012_appeals"), ("redemption", "0016_appeals")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
