"""A dump of the database comes back whole into a fresh one: all at once, and its data behind its schema."""

import os
import subprocess
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection

from tests import database
from tests.factories import World, drive_claim
from tten.local import postgres

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]
COPY = "tten_copy"


def program(name, *words):
    """Run a program of PostgreSQL against the tests' server; what it has to object is the error."""
    assert outcome(name, *words) == (0, "")


def outcome(name, *words):
    """(code with which it leaves, what it has to object)."""
    address = urlsplit(database.server())
    host = parse_qs(address.query).get("host", [address.hostname])[0]
    environment = os.environ | {
        "PGHOST": host,
        "PGOPTIONS": "-c role=none",
        "PGUSER": address.username or "",
        "PGPASSWORD": address.password or "",
        "PGPORT": str(address.port or 5432),
    }
    command = [postgres.programs() / name, *words]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    return done.returncode, done.stderr.decode()


@contextmanager
def fresh():
    """An empty database, which goes again."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute(f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {COPY} TEMPLATE template0")
    yield COPY
    with connection._nodb_cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute(f"DROP DATABASE {COPY} WITH (FORCE)")


@contextmanager
def looking_into(name):
    """Ask another database for a while."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    yield
    connection.close()
    connection.settings_dict["NAME"] = own


@pytest.mark.parametrize(
    "ways",
    [
        [["--exit-on-error"]],
        [["--exit-on-error", "--schema-only"], ["--exit-on-error", "--data-only", "--disable-triggers"]],
    ],
    ids=["all at once", "data behind schema"],
)
def test_what_was_dumped_comes_back_whole(tmp_path, ways):
    world = World()
    drive_claim(world.make_claim(), "passed", world)
    file, before = tmp_path / "tten.dump", database.rows()
    connection.close()
    program("pg_dump", "-Fc", "-f", str(file), connection.settings_dict["NAME"])
    with fresh() as name:
        for words in ways:
            program("pg_restore", "-d", name, *words, str(file))
        with looking_into(name):
            assert database.rows() == before


def test_data_alone_with_its_triggers_at_work_is_never_right(tmp_path):
    """docs/operations.md says never: what triggers keep is counted once more, or the restore stops at it."""
    world = World()
    drive_claim(world.make_claim(), "passed", world)
    file, before = tmp_path / "tten.dump", database.rows()
    connection.close()
    program("pg_dump", "-Fc", "-f", str(file), connection.settings_dict["NAME"])
    with fresh() as name:
        program("pg_restore", "-d", name, "--exit-on-error", "--schema-only", str(file))
        outcome("pg_restore", "-d", name, "--data-only", str(file))
        with looking_into(name):
            assert database.rows() != before
