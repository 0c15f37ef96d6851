"""A redemption that is under way needs a voucher that lives, and a voucher does not end while one is under way."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION redemption_is_under_way(state text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT state IN ('district', 'district_returned', 'formal', 'formal_returned', 'accepted', 'experts', 'form_returned')
$$;

CREATE FUNCTION redemption_needs_voucher() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM vouchers_application WHERE id = NEW.application_id FOR NO KEY UPDATE;
    IF NOT EXISTS (SELECT 1 FROM vouchers_application WHERE id = NEW.application_id AND state = 'approved') THEN
        RAISE EXCEPTION 'claim_needs_living_voucher: a redemption is under way only while its voucher lives'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_needs_living_voucher';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER redemption_new_claim_needs_voucher BEFORE INSERT ON redemption_claim
    FOR EACH ROW WHEN (redemption_is_under_way(NEW.state)) EXECUTE FUNCTION redemption_needs_voucher();

CREATE TRIGGER redemption_claim_needs_voucher BEFORE UPDATE OF state, application_id ON redemption_claim
    FOR EACH ROW WHEN (redemption_is_under_way(NEW.state)
        AND (NEW.state <> OLD.state OR NEW.application_id <> OLD.application_id))
    EXECUTE FUNCTION redemption_needs_voucher();

CREATE FUNCTION redemption_keeps_voucher() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM redemption_claim WHERE application_id = NEW.id AND redemption_is_under_way(state)) THEN
        RAISE EXCEPTION 'voucher_lives_while_redeemed: a redemption of the voucher is under way'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'voucher_lives_while_redeemed';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER redemption_voucher_kept BEFORE UPDATE OF state ON vouchers_application
    FOR EACH ROW WHEN (OLD.state = 'approved' AND NEW.state <> 'approved') EXECUTE FUNCTION redemption_keeps_voucher();
"""
BACK = """
DROP TRIGGER redemption_voucher_kept ON vouchers_application;
DROP FUNCTION redemption_keeps_voucher();
DROP TRIGGER redemption_claim_needs_voucher ON redemption_claim;
DROP TRIGGER redemption_new_claim_needs_voucher ON redemption_claim;
DROP FUNCTION redemption_needs_voucher();
DROP FUNCTION redemption_is_under_way(text);
"""


class Migration(migrations.Migration):
    dependencies = [("redemption", "0009_submitted_exactly"), ("vouchers", "0010_submitted_exactly")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
