"""Upgrades without a stop: what a migration may do while the release before it serves (ADR 0216)."""

import pytest

from tests.online import complaints, migrations, sql_of
from tests.test_constraints import OWN

BEFORE = {  # the last migration that was made when the portal still stopped for an upgrade
    "accounts": "0026",
    "backups": "0001",
    "catalog": "0035",
    "news": "0002",
    "notifications": "0008",
    "orders": "0004",
    "papers": "0003",
    "policy": "0017",
    "records": "0011",
    "redemption": "0016",
    "registers": "0002",
    "reviews": "0025",
    "seals": "0004",
    "vouchers": "0012",
}
FEW = "policy versions are a few rows, and nobody waits for their table"
EXCUSED = {  # migration → the rules that it breaks, and why nothing stops by it
    ("policy", name): dict.fromkeys(("ban-drop-constraint", "ban-drop-default", "constraint-missing-not-valid"), FEW)
    for name in ("0018_wanted_days", "0019_inquiries_most_open")
}


@pytest.mark.django_db(transaction=True)
def test_migrations_are_made_for_two_releases_at_once():
    """Added, filled and required are three steps; an index is built beside the writers."""
    judged = {
        (app, name): sorted(complaints(sql_of(app, name)) - set(EXCUSED.get((app, name), {})))
        for app, name in migrations(OWN)
        if name[:4] > BEFORE.get(app, "")
    }
    assert {key: rules for key, rules in judged.items() if rules} == {}


@pytest.mark.bare
@pytest.mark.parametrize(
    ("sql", "rules"),
    [
        ('ALTER TABLE "x" ADD COLUMN "y" integer NOT NULL;', {"adding-required-field"}),
        ('CREATE INDEX "a" ON "x" ("y");', {"require-concurrent-index-creation"}),
        ('ALTER TABLE "x" ADD CONSTRAINT "c" CHECK (y > 0);', {"constraint-missing-not-valid"}),
        ('ALTER TABLE "x" RENAME COLUMN "y" TO "z";', {"renaming-column"}),
        ('ALTER TABLE "x" DROP COLUMN "y";', {"ban-drop-column"}),
        ('ALTER TABLE "x" ADD COLUMN "y" integer NULL;', set()),
        ('ALTER TABLE "x" ADD CONSTRAINT "c" CHECK (y > 0) NOT VALID;', set()),
        (
            'BEGIN; CREATE TABLE "n" ("id" bigint PRIMARY KEY, "y" int NOT NULL); CREATE INDEX "a" ON "n" ("y"); COMMIT;',
            set(),
        ),
    ],
)
def test_what_would_stop_the_release_before_is_named(sql, rules):
    assert complaints(sql) == rules


@pytest.mark.bare
def test_an_index_beside_the_writers_is_no_part_of_a_transaction():
    sql = 'CREATE INDEX CONCURRENTLY "a" ON "x" ("y");'
    inside = complaints(f"BEGIN; {sql} COMMIT;")
    assert (complaints(sql), inside) == (set(), {"ban-concurrent-index-creation-in-transaction"})


@pytest.mark.bare
def test_a_key_of_a_new_table_stands_in_its_making():
    """squawk-cli 2.70.0 holds a later one against the table, though it is new (findings/squawk-forgets-a-new-table.sh)."""
    made = 'CREATE TABLE "n" ("id" bigint PRIMARY KEY{});'
    within, later = (
        ', "x_id" bigint NOT NULL REFERENCES "x" ("id")',
        'ALTER TABLE "n" ADD COLUMN "x_id" bigint NOT NULL;',
    )
    assert complaints(f"BEGIN; {made.format(within)} COMMIT;") == set()
    assert complaints(f"BEGIN; {made.format('')} {later} COMMIT;") == {"adding-required-field"}


@pytest.mark.bare
def test_every_app_has_its_line():
    assert set(BEFORE) <= OWN
