"""The accounts behind a pooler: rights of the application role, time-outs and plans of their own."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from seals import pooled
from seals.auditing import audit
from tests.helpers import by_owner

pytestmark = pytest.mark.django_db
PROBE = "tten_probe"


@pytest.fixture
def accounts(settings):
    """Both accounts of a role of this test's own."""
    settings.SEALING = settings.SEALING | {"role": PROBE, "password": "geheim"}
    with by_owner():
        call_command("roles", "--pooled", stdout=io.StringIO())


def told(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return [row[0] for row in cursor.fetchall()]


HELD = """SELECT unnest(setconfig) FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole WHERE rolname = %s"""


@pytest.mark.parametrize(
    ("part", "ends"), [("web", {"20s", "5s", "30s"}), ("worker", {"300s", "10s", "60s"})], ids=["web", "worker"]
)
def test_each_account_has_its_time_outs_in_the_database(accounts, part, ends):
    held = dict(one.split("=") for one in told(HELD, f"{PROBE}_{part}"))
    assert {value for name, value in held.items() if name.endswith("_timeout")} == ends
    assert (held["TimeZone"], held.get("enable_seqscan")) == ("UTC", "off" if part == "web" else None)


def test_an_account_writes_what_the_role_may_and_no_more(accounts):
    rights = "SELECT has_table_privilege(%s, %s, 'INSERT') AND NOT has_table_privilege(%s, %s, 'DELETE')"
    for name in (f"{PROBE}_web", f"{PROBE}_worker"):
        assert told(rights, name, "records_event", name, "records_event") == [True]
    assert list(pooled.differences()) == []


def test_making_them_again_changes_nothing(accounts):
    before = told(HELD, f"{PROBE}_web")
    with by_owner():
        call_command("roles", "--pooled", stdout=io.StringIO())
    assert told(HELD, f"{PROBE}_web") == before


def test_without_the_word_none_is_made(db, settings):
    settings.SEALING = settings.SEALING | {"role": PROBE}
    with by_owner():
        call_command("roles", stdout=io.StringIO())
    assert told("SELECT rolname FROM pg_roles WHERE rolname LIKE %s", f"{PROBE}%") == [PROBE]


@pytest.mark.parametrize(
    ("statement", "word"),
    [
        ("ALTER ROLE {} SET statement_timeout = 0", "statement_timeout=20s"),
        ("ALTER ROLE {} RESET lock_timeout", "lock_timeout=5s"),
        ("ALTER ROLE {} CREATEDB", "CREATEDB"),
        ("GRANT pg_write_all_data TO {}", "pg_write_all_data"),
        ("REVOKE tten_probe FROM {}", "实际属于 无"),
    ],
)
def test_what_differs_is_told_by_the_command_and_by_the_audit(accounts, statement, word):
    with by_owner() as cursor:
        cursor.execute(statement.format(f"{PROBE}_web"))
    with pytest.raises(CommandError, match=word):
        call_command("roles", "--check")
    assert any(word in one for one in audit(with_papers=False).findings)
