"""The application role rewrites nothing: the database refuses, or `audit` finds it; and it holds no more than its list."""

import io
from contextlib import closing

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.urls import reverse
from psycopg2.errors import InsufficientPrivilege

from seals import granting, rights
from seals.auditing import audit
from tests import database
from tests.factories import World, drive_application, drive_claim
from tests.helpers import aside, by_owner
from tests.seals import tampering as by

pytestmark = pytest.mark.django_db
DENIED = "permission denied|must be owner|append-only|with a step alone"
REFUSED = {
    "words of a line": "UPDATE records_event SET text = '改写'",
    "a line": "DELETE FROM records_event",
    "the whole trail": "TRUNCATE records_event CASCADE",
    "an entry": "UPDATE vouchers_ledgerentry SET approved = approved - 1",
    "an entry gone": "DELETE FROM vouchers_ledgerentry",
    "the whole ledger": "TRUNCATE vouchers_ledgerentry",
    "the sums of an account": "UPDATE vouchers_quotaaccount SET approved = approved - 1",
    "the cap of an account": "UPDATE vouchers_quotaaccount SET cap = cap * 2",
    "an account": "DELETE FROM vouchers_quotaaccount",
    "words of an opinion": "UPDATE reviews_opinion SET text = '改写'",
    "an opinion": "DELETE FROM reviews_opinion",
    "all opinions": "TRUNCATE reviews_opinion CASCADE",
    "a remark": "UPDATE reviews_remark SET text = '改写'",
    "where somebody signed in": "UPDATE accounts_signinevent SET address = '192.0.2.1'",
    "a sign-in of today": "DELETE FROM accounts_signinevent",
    "all sign-ins": "TRUNCATE accounts_signinevent",
    "a snapshot": "DELETE FROM accounts_unitsnapshot",
    "the digest of a paper": "UPDATE records_document SET sha256 = repeat('0', 64)",
    "the file of a paper": "UPDATE records_document SET file = 'other.pdf'",
    "the amount of a voucher": "UPDATE vouchers_application SET approved_amount = approved_amount - 1 WHERE approved_amount > 1",
    "the number of a voucher": "UPDATE vouchers_application SET voucher_number = 'X' || id WHERE voucher_number IS NOT NULL",
    "the amount of a redemption": "UPDATE redemption_claim SET final_amount = final_amount - 1 WHERE final_amount > 1",
    "a leaf": "DELETE FROM seals_leaf",
    "a node": "UPDATE seals_node SET hash = sha256('x')",
    "a checkpoint": "DELETE FROM seals_checkpoint",
    "what an audit found": "UPDATE seals_audit SET findings = '[]'",
    "what was migrated": "DELETE FROM django_migrations",
    "all triggers": "SET LOCAL session_replication_role = replica",
    "the triggers of a table": "ALTER TABLE records_event DISABLE TRIGGER ALL",
    "one trigger": "ALTER TABLE records_event DISABLE TRIGGER records_event_append_only",
    "a trigger gone": "DROP TRIGGER records_event_append_only ON records_event",
    "a trigger of one's own": "CREATE TRIGGER own BEFORE INSERT ON records_event EXECUTE FUNCTION records_refuse_change()",
    "a rule of one's own": "CREATE RULE own AS ON INSERT TO records_event DO INSTEAD NOTHING",
    "the guard emptied": "CREATE OR REPLACE FUNCTION records_refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
    "the guard gone": "DROP FUNCTION records_refuse_change() CASCADE",
    "a column gone": "ALTER TABLE records_event DROP COLUMN hash",
    "a constraint gone": "ALTER TABLE vouchers_quotaaccount DROP CONSTRAINT quota_within_cap",
    "a table gone": "DROP TABLE seals_leaf",
    "a function of the owner's": "CREATE FUNCTION public.own() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
    "numbers begun anew": "SELECT setval('records_case_number', 1)",
}
GRANTED = {  # warnings of PostgreSQL, no errors: nothing is granted
    "rights for oneself": "GRANT UPDATE ON records_event TO tten_application",
    "rights for everybody": "GRANT TRUNCATE ON vouchers_ledgerentry TO PUBLIC",
}
OUTSIDE = (  # by a connection of its own, whose session is nobody else's
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION postgres",
    "SET session_replication_role = replica",
    "ALTER ROLE tten_application SUPERUSER",
    "CREATE ROLE other SUPERUSER",
    "CREATE TABLE public.other (id int)",
    "CREATE SCHEMA other",
    "ALTER SYSTEM SET session_replication_role = 'replica'",
    "COPY records_event TO PROGRAM 'cat'",
    "SELECT pg_read_file('PG_VERSION')",
    "BEGIN; LOCK TABLE records_event IN ACCESS EXCLUSIVE MODE",
    "UPDATE pg_catalog.pg_trigger SET tgenabled = 'D'",
)
FOUND = {  # what rows must allow for the portal's own work → what is said of it
    "the state of a case": ("UPDATE vouchers_application SET state = 'voided' WHERE id = {case}", "留痕的最后一步"),
    "state and amount": (
        "UPDATE vouchers_application SET state = 'body', approved_amount = 1 WHERE id = {case}",
        "留痕的最后一步",
    ),
    "the state of a redemption": (
        "UPDATE redemption_claim SET state = 'withdrawn' WHERE id = {claim}",
        "留痕的最后一步",
    ),
    "an opinion of another case": ("UPDATE reviews_turn SET case_id = case_id + 1 WHERE case_id = {case}", "审核意见"),
    "an entry more": (
        """INSERT INTO vouchers_ledgerentry (account_id, application_id, kind, reserved, approved, used, by_id, at)
           SELECT account_id, id, 'review', 0, -1, 0, {user}, now() FROM vouchers_application WHERE id = {case}""",
        "金额与额度流水不符",
    ),
    "a line more": (
        """INSERT INTO records_event (case_type_id, case_id, sequence, step, from_state, to_state, actor_id, office, text,
               attachments, at, previous_hash, hash) SELECT case_type_id, case_id, 99, step, from_state, to_state, actor_id,
               office, text, attachments, now(), hash, repeat('a', 64) FROM records_event WHERE case_id = {case} LIMIT 1""",
        "次序与摘要不符",
    ),
    "a leaf more": (
        "INSERT INTO seals_leaf (number, kind, line, hash) SELECT max(number) + 1, 1, 999999, sha256('x') FROM seals_leaf",
        "封存",
    ),
    "a node": ("INSERT INTO seals_node (level, index, hash) VALUES (8, 0, sha256('x'))", "封存的节点 8/0"),
    "a checkpoint more": (
        """INSERT INTO seals_checkpoint (size, root, at, seen, text) SELECT size, sha256('x'), now(), seen, text
             FROM seals_checkpoint LIMIT 1""",
        "与签名的文本不符",
    ),
}


@pytest.fixture
def world():
    """A redeemed voucher, another that was approved, and somebody who has just signed in."""
    world = World()
    world.claim = drive_claim(world.make_claim(), "passed", world)
    world.case = drive_application(world.make_application(), "approved", world)
    return world


def asked(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_the_tests_speak_as_the_application(db):
    assert asked("SELECT current_user::text, session_user::text <> current_user") == [(database.APPLICATION, True)]
    assert list(granting.differences()) == []
    assert not granting.strength().is_too_strong


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(world, log, name):
    log()
    make_sign_in(world)
    with pytest.raises(DatabaseError, match=DENIED), aside(), connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {REFUSED[name]}")


def make_sign_in(world):
    with connection.cursor() as cursor:
        words = "INSERT INTO accounts_signinevent (key, user_id, kind, method, agent, at) VALUES ('k', %s, 'in', '', '', now())"
        cursor.execute(words, [world.applicant.pk])


@pytest.mark.parametrize("name", GRANTED)
def test_nothing_is_granted(db, name):
    with aside(), connection.cursor() as cursor:
        cursor.execute(GRANTED[name])
    assert list(granting.differences()) == []


@pytest.mark.parametrize("statement", OUTSIDE)
def test_a_session_of_the_application_becomes_nobody_else(db, statement):
    line = psycopg2.connect(database.address())
    line.autocommit = True
    with closing(line), line.cursor() as cursor, pytest.raises(InsufficientPrivilege):
        cursor.execute(statement)


@pytest.mark.parametrize("name", FOUND)
def test_what_rows_must_allow_is_found(world, log, name):
    by.make_true(world)
    log()
    statement, said = FOUND[name]
    given = {"case": world.case.pk, "claim": world.claim.pk, "user": world.applicant.pk}
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**given))
    assert said in "\n".join(audit(with_papers=False).findings)


def strengthen(*statements):
    with by_owner() as cursor:
        for statement in statements:
            cursor.execute(statement)


STRONGER = {
    "GRANT UPDATE ON records_event TO PUBLIC": "数据表 records_event",
    "GRANT UPDATE (cap) ON vouchers_quotaaccount TO tten_application": "UPDATE (cap, id)",
    "REVOKE INSERT ON orders_order FROM tten_application": "数据表 orders_order",
    "GRANT INSERT ON catalog_shelf_due TO tten_application": "数据表 catalog_shelf_due",
    "GRANT UPDATE ON SEQUENCE records_case_number TO tten_application": "序列 records_case_number",
}


@pytest.mark.parametrize("statement", STRONGER)
def test_what_the_list_does_not_say_is_told_and_mended(db, statement):
    strengthen(statement)
    with pytest.raises(CommandError, match="不符"):
        call_command("roles", "--check")
    assert any(STRONGER[statement] in one for one in audit(with_papers=False).findings)
    with by_owner():
        call_command("roles", stdout=io.StringIO())
    assert list(granting.differences()) == []


@pytest.mark.parametrize(
    ("statement", "word"),
    [
        ("ALTER ROLE tten_application CREATEDB", "CREATEDB"),
        ("GRANT pg_write_all_data TO tten_application", "MEMBER"),
        ("ALTER TABLE orders_order OWNER TO tten_application", "OWNER"),
        ("GRANT CREATE ON SCHEMA public TO tten_application", "CREATE ON SCHEMA"),
        ("GRANT SET ON PARAMETER session_replication_role TO tten_application", "session_replication_role"),
        ("ALTER FUNCTION records_refuse_change() SECURITY DEFINER", "records_refuse_change"),
    ],
)
def test_a_power_beyond_the_list_is_told(db, statement, word):
    strengthen(statement)
    assert any(word in one for one in granting.differences())


def test_a_role_is_made_with_its_password_and_is_as_the_list_says(db, settings):
    settings.SEALING = settings.SEALING | {"role": 'tten "probe"', "password": "geheim"}
    assert [one[:12] for one in granting.differences()] == ["数据库里没有应用账户 t"]
    said = io.StringIO()
    with by_owner() as cursor:
        call_command("roles", stdout=said)
        cursor.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [granting.role()])
        assert cursor.fetchone()[0].startswith("SCRAM-SHA-256$")
        call_command("roles", "--check", stdout=said)
    assert said.getvalue().splitlines()[1].endswith("本次改动 0 张表。")


def test_whoever_owns_nothing_grants_nothing(db, settings):
    settings.SEALING = settings.SEALING | {"role": "tten_probe"}
    with pytest.raises(CommandError, match="请用数据库所有者的账户运行"):
        call_command("roles")
    settings.SEALING = settings.SEALING | {"role": ""}
    with pytest.raises(CommandError, match="APPLICATION_ROLE"):
        call_command("roles", "--check")


def test_every_table_that_refuses_changes_is_on_the_list(db):
    guarded = asked("""SELECT DISTINCT c.relname::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                         JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.proname = 'records_refuse_change'""")
    assert {table for (table,) in guarded} <= rights.RIGHTS.keys()
    assert not [table for table, right in rights.RIGHTS.items() if {"UPDATE", "TRUNCATE"} & right.acts]


def test_the_page_says_when_the_account_is_too_strong(client, db):
    client.force_login(World().auditor)
    page = reverse("seal_page")
    assert "权限过大" not in client.get(page).content.decode()
    with by_owner():
        assert "postgres 权限过大" in client.get(page).content.decode()
