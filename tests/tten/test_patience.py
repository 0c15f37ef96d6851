"""How long each role waits for the database, and what is an outage."""

import pytest
from django.db import OperationalError

from tests.tten.test_wiring import answer_of
from tten.outages import LASTED, NO_DATABASE, sentence_for

ROLES = """
import django; django.setup()
from django.db import OperationalError, connection
with connection.cursor() as cursor:
    for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        cursor.execute("SHOW " + name)
        print(cursor.fetchone()[0], end=" ")
"""


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"DATABASE_ROLE": "web"}, "20s 5s 30s"),
        ({"DATABASE_ROLE": "worker"}, "5min 10s 1min"),
        ({"DATABASE_ROLE": "migrate"}, "0 10s 0"),
        ({}, "0 0 0"),
        ({"DATABASE_ROLE": "web", "STATEMENT_SECONDS": "7"}, "7s 5s 30s"),
    ],
)
def test_each_role_waits_for_the_database_as_long_as_it_may(monkeypatch, given, shown):
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert answer_of(ROLES) == shown


@pytest.mark.parametrize(
    ("pgcode", "sentence"),
    [("57014", LASTED), ("57P01", NO_DATABASE), (None, NO_DATABASE), ("42601", "")],
)
def test_an_outage_is_told_from_our_own_mistake(pgcode, sentence):
    error = OperationalError("…")
    error.__cause__ = type("Cause", (Exception,), {"pgcode": pgcode})()
    assert sentence_for(error) == sentence
