"""What is only ever added refuses every change, TRUNCATE too; every function of ours knows its schema."""

import datetime as dt

import pytest
from django.db import connection
from django.db.utils import DatabaseError, IntegrityError
from django.utils import timezone

from accounts.history.sign_ins import record
from accounts.models import SignInEvent
from records.models import Document, Event
from reviews.models import Opinion
from tests.factories import World, drive_application
from tests.helpers import by_owner
from vouchers.models import LedgerEntry

pytestmark = pytest.mark.django_db
WITHOUT = """
    SELECT p.oid::regprocedure::text FROM pg_proc p
     WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f'
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
       AND NOT coalesce(array_to_string(p.proconfig, ' '), '') LIKE '%search_path=public, pg_temp%'
"""
GUARDED = """
    SELECT c.relname FROM pg_class c WHERE EXISTS (
        SELECT FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
         WHERE t.tgrelid = c.oid AND p.proname = 'records_refuse_change' AND t.tgtype & 32 = {truncate})
"""


def asked(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {name for (name,) in cursor.fetchall()}


def refused(statement, *params):
    with pytest.raises(IntegrityError, match="append-only"), by_owner() as cursor:
        cursor.execute(statement, params)


@pytest.fixture
def world():
    world = World()
    drive_application(world.make_application(), "approved", world)
    return world


def test_every_function_knows_its_schema():
    """A dump is restored with no schema in sight; a function that is made anew says `SET search_path = public, pg_temp`."""
    assert asked(WITHOUT) == set()


def test_what_refuses_a_change_refuses_truncate():
    by_row, whole = asked(GUARDED.format(truncate=0)), asked(GUARDED.format(truncate=32))
    assert by_row - whole == {"records_document"}  # its rows go; the digests alone never change


@pytest.mark.parametrize(
    "table", ["records_event", "vouchers_ledgerentry", "reviews_opinion", "accounts_signinevent", "reviews_remark"]
)
def test_nobody_empties_a_table(world, table):
    refused(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("model", [Event, LedgerEntry, Opinion])
def test_nobody_changes_or_takes_away_a_line(world, model):
    line, table = model.objects.latest("pk"), model._meta.db_table
    refused(f"UPDATE {table} SET at = at - interval '1 day' WHERE id = %s", line.pk)
    refused(f"DELETE FROM {table} WHERE id = %s", line.pk)
    assert model.objects.latest("pk") == line


def test_a_sign_in_is_kept_half_a_year_and_never_changed(world):
    for days in (10, 184):
        row = record(SignInEvent.Kind.IN, user=world.applicant)
        old = SignInEvent(key=row.key, user=row.user, kind=row.kind, at=timezone.now() - dt.timedelta(days=days))
        old.save()
        refused("UPDATE accounts_signinevent SET address = '192.0.2.1' WHERE id = %s", old.pk)
    refused("DELETE FROM accounts_signinevent WHERE id = %s", row.pk)
    assert old.delete()[0] == 1


def test_the_digest_of_a_paper_never_changes(world):
    paper = Document.objects.first()
    with pytest.raises(DatabaseError, match="append-only"), by_owner():
        Document.objects.filter(pk=paper.pk).update(sha256="0" * 64)
    with by_owner():
        Document.objects.filter(pk=paper.pk).update(sha256=paper.sha256, name="改名.pdf")
