"""Nothing leans on a session of its own at the database: behind a pooler the next statement may reach another (ADR 0222)."""

import re

import pytest

from tten.local.paths import ROOT
from tten.local.quality import APPS, sources

KINDS = {  # what lasts longer than its transaction → how it is written
    "a cursor at the server": r"\.iterator\(",
    "a setting of the session": r"""["'\n;]\s*SET\s+(?!LOCAL\b|CONSTRAINTS\b)(SESSION\s+)?\w+\s*(=|\bTO\b)""",
    "a setting of the session by a function": r"\bset_config\([^)]*,\s*false\s*\)",
    "a role or a user of the session": r"""["'\n;]\s*(SET\s+(SESSION\s+)?(ROLE|AUTHORIZATION)|RESET)\b""",
    "a lock of the session": r"\bpg_(try_)?advisory_(lock|unlock)(_shared|_all)?\b",
    "a prepared statement": r"""["'\n;]\s*(PREPARE|EXECUTE|DEALLOCATE)\s+\w+""",
    "news of the server": r"""["'\n;]\s*(UN)?LISTEN\s+\w+""",
    "a table of the session": r"\bCREATE\s+TEMP(ORARY)?\s+TABLE\b(?![^\"']*ON COMMIT DROP)",
    "a cursor that outlives its transaction": r"\bWITH HOLD\b|withhold=True|\.cursor\(name",
}
PLANTED = {
    "a cursor at the server": "for row in Row.objects.iterator(chunk_size=5):",
    "a setting of the session": 'cursor.execute("SET statement_timeout = 5")',
    "a setting of the session by a function": "SELECT set_config('jit', 'off', false)",
    "a role or a user of the session": 'cursor.execute("SET ROLE other")',
    "a lock of the session": 'cursor.execute("SELECT pg_advisory_lock(1)")',
    "a prepared statement": 'cursor.execute("PREPARE rows AS SELECT 1")',
    "news of the server": 'cursor.execute("LISTEN cases")',
    "a table of the session": 'cursor.execute("CREATE TEMPORARY TABLE kept (id int)")',
    "a cursor that outlives its transaction": 'connection.cursor(name="kept")',
}
FINE = (
    'cursor.execute("SET LOCAL join_collapse_limit = 1")',
    'cursor.execute("SET CONSTRAINTS ALL DEFERRED")',
    'cursor.execute("SELECT pg_advisory_xact_lock(1)")',
    'run(f"CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS {question}")',
    "SELECT set_config('enable_nestloop', 'off', true)",
)


def found(kind, text):
    return re.findall(KINDS[kind], text)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.heavy
def test_nothing_lasts_beyond_its_transaction(kind):
    """Migrations are the owner's, who passes the pooler by; so are the lines of a restored database."""
    seen = {str(path.relative_to(ROOT)) for path in sources(*APPS) if found(kind, path.read_text())}
    assert seen - {"backups/comparing.py"} == set()


@pytest.mark.parametrize("kind", PLANTED)
def test_each_kind_is_seen_where_it_is_planted(kind):
    assert found(kind, PLANTED[kind])


@pytest.mark.parametrize("text", FINE)
def test_what_ends_with_its_transaction_is_fine(text):
    assert not any(found(kind, text) for kind in KINDS)
