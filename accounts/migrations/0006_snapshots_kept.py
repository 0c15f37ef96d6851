"""Snapshots get their hash from the database, and nobody changes them; units certified already get their first one."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION accounts_snapshot_digest(snapshot accounts_unitsnapshot) RETURNS text
LANGUAGE sql STABLE SET timezone = 'UTC' AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        snapshot.unit_id, snapshot.number, snapshot.occasion, snapshot.at, snapshot.name, snapshot.uscc, snapshot.kind,
        snapshot.district_id, snapshot.address, snapshot.founded_on, snapshot.legal_representative, snapshot.capital,
        snapshot.industry, snapshot.honours, snapshot.staff_count, snapshot.revenue, snapshot.research_spend,
        snapshot.handler_name, snapshot.handler_phone, snapshot.licence_id, snapshot.licence_until,
        snapshot.licence_permanent
    )::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION accounts_seal_snapshot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.hash := accounts_snapshot_digest(NEW);
    RETURN NEW;
END $$;

CREATE TRIGGER accounts_snapshot_sealed BEFORE INSERT ON accounts_unitsnapshot
    FOR EACH ROW EXECUTE FUNCTION accounts_seal_snapshot();

CREATE TRIGGER accounts_snapshot_append_only BEFORE UPDATE OR DELETE ON accounts_unitsnapshot
    FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
"""
NO_GUARDS = """
DROP TRIGGER accounts_snapshot_append_only ON accounts_unitsnapshot;
DROP TRIGGER accounts_snapshot_sealed ON accounts_unitsnapshot;
DROP FUNCTION accounts_seal_snapshot();
DROP FUNCTION accounts_snapshot_digest(accounts_unitsnapshot);
"""
FILL = """
INSERT INTO accounts_unitsnapshot (
    unit_id, number, occasion, at, hash, name, uscc, kind, district_id, address, founded_on, legal_representative, capital,
    industry, honours, staff_count, revenue, research_spend, handler_name, handler_phone, licence_id, licence_until,
    licence_permanent
)
SELECT unit.id, 1, 'certified', coalesce(passed.at, unit.updated_at), '', unit.name, unit.uscc, unit.kind,
       unit.district_id, unit.address, unit.founded_on, unit.legal_representative, unit.capital, unit.industry,
       unit.honours, unit.staff_count, unit.revenue, unit.research_spend, unit.handler_name, unit.handler_phone,
       unit.licence_id, unit.licence_until, unit.licence_permanent
  FROM accounts_unit unit
  LEFT JOIN LATERAL (
       SELECT max(event.at) AS at
         FROM records_event event JOIN django_content_type kind ON kind.id = event.case_type_id
        WHERE kind.app_label = 'accounts' AND kind.model = 'unit'
          AND event.case_id = unit.id AND event.step = 'pass_review'
       ) passed ON true
 WHERE unit.state IN ('certified', 'frozen', 'expired') OR passed.at IS NOT NULL
 ORDER BY unit.id;
"""
EMPTY = "TRUNCATE accounts_unitsnapshot;"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_snapshots")]

    operations = [migrations.RunSQL(GUARDS, NO_GUARDS), migrations.RunSQL(FILL, EMPTY)]
