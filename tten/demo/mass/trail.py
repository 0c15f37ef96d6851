"""The trails of the copies, each line with its true hash: `records.models.Event.digest`, reckoned by the database.

`json.dumps` and PostgreSQL write strings alike, and the instants of copies have whole seconds, so that they read as
`isoformat` writes them; `tests/demo/test_mass.py` holds every line against `digest`.
"""

from records.models import Event
from tten.demo.mass.copying import INSTANT, PEOPLE, Family
from tten.demo.mass.sql import run

LINK = """
CREATE OR REPLACE FUNCTION pg_temp.mass_link(previous text, line text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to('["' || previous || line, 'UTF8')), 'hex')
$$;
DROP AGGREGATE IF EXISTS pg_temp.mass_chain(text);
CREATE AGGREGATE pg_temp.mass_chain(text) (SFUNC = pg_temp.mass_link, STYPE = text, INITCOND = '');
"""
LINE = """
'", ' || case_type_id || ', ' || case_id || ', ' || sequence || ', ' || to_json(step) || ', ' || to_json(from_state)
|| ', ' || to_json(to_state)
|| ', ' || actor_id || ', ' || to_json(office) || ', ' || to_json(text) || ', ' || attachments
|| ', "' || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') || '+00:00"]'
"""


def prepare_chain() -> None:
    """Teach the database, for this session, how a line is chained to the one before it."""
    run(LINK)


def copy_trail(family: Family) -> int:
    """Write the trails of the copies that stand in the family's table."""
    mould = family.moulds[Event]
    told = {
        "id": family.key(Event, "own.place"),
        "case_type_id": "row.case_type_id",
        "case_id": family.value_of(mould, Event._meta.get_field("case_id")),
        "sequence": "row.sequence",
        "step": "row.step",
        "from_state": "row.from_state",
        "to_state": "row.to_state",
        "actor_id": PEOPLE.format("actor_id"),
        "office": "CASE row.office WHEN q.office_name THEN c.office_name ELSE row.office END",
        "text": mould.values.get("text", "row.text"),
        "attachments": "row.attachments",
        "at": INSTANT.format("at"),
    }
    lines = ", ".join(f"{value} AS {name}" for name, value in told.items())
    columns = ", ".join(told)
    return run(f"""
        INSERT INTO records_event ({columns}, previous_hash, hash)
        SELECT {columns}, coalesce(lag(hash) OVER chain, ''), hash FROM (
            SELECT *, pg_temp.mass_chain({LINE}) OVER chain AS hash FROM (
                SELECT c.k, {lines} {family.source(mould)}
            ) told WINDOW chain AS (PARTITION BY k, case_type_id ORDER BY sequence ROWS UNBOUNDED PRECEDING)
        ) hashed WINDOW chain AS (PARTITION BY k, case_type_id ORDER BY sequence)
    """)
