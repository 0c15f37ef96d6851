"""How long each role waits for the database, and what is an outage."""

import pytest
from django.db import OperationalError

from tests.tten.test_wiring import answer_of
from tten.outages import LASTED, NO_DATABASE, sentence_for
from tten.patience import line_options

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


def test_behind_a_pooler_a_line_asks_for_nothing_that_lasts():
    """A session at the server is the next client's, too: no options of its own, no cursor beyond its transaction."""
    alone, pooled = (line_options("web", (20, 5, 30), pooled=pooled, given={}) for pooled in (False, True))
    assert "-c statement_timeout=20s" in alone["OPTIONS"]["options"]
    assert pooled["OPTIONS"] == {"connect_timeout": 5, "tcp_user_timeout": 30_000}
    assert (alone["DISABLE_SERVER_SIDE_CURSORS"], pooled["DISABLE_SERVER_SIDE_CURSORS"]) == (False, True)


def test_what_the_address_says_goes_before():
    given = {"OPTIONS": {"connect_timeout": 2, "host": "/run/pooler"}}
    assert line_options("web", (20, 5, 30), pooled=True, given=given)["OPTIONS"] == {
        "connect_timeout": 2,
        "tcp_user_timeout": 30_000,
        "host": "/run/pooler",
    }
