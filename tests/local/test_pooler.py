"""PgBouncer before our own PostgreSQL: a session is lent for a transaction, by the files of production."""

import configparser
from contextlib import ExitStack, closing
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests import database
from tten.local import pooler, services
from tten.local.paths import home_of
from tten.local.say import LocalError
from tten.patience import PATIENCE

HOME = "pooled"
DATABASE = "postgres"  # there in every server


@pytest.fixture
def home():
    home = home_of(HOME)
    yield home
    pooler.stop(home)
    services.forget(HOME)


@pytest.fixture
def address(home):
    """Where a pooler stands before the tests' server."""
    server = urlsplit(database.server())._replace(path=f"/{DATABASE}").geturl()
    return pooler.start(home, server)


def line_to(address):
    line = psycopg2.connect(address)
    line.autocommit = True
    return closing(line)


def asked(line, statement):
    with line.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


@pytest.mark.pooler
@pytest.mark.heavy
def test_lines_share_a_session_between_their_transactions(address):
    with ExitStack() as lines:
        people = [lines.enter_context(line_to(address)) for _ in range(10)]
        sessions = {asked(line, "SELECT pg_backend_pid()") for line in people}
    assert len(sessions) == 1


@pytest.mark.pooler
@pytest.mark.heavy
def test_what_a_line_asks_for_at_its_start_is_refused(address):
    """The reason why time-outs belong to accounts: libpq's options reach no session."""
    with pytest.raises(psycopg2.OperationalError, match="options"):
        psycopg2.connect(address, options="-c statement_timeout=1s")


@pytest.mark.pooler
@pytest.mark.heavy
def test_one_that_runs_is_used_again_and_one_that_knows_other_rules_is_not(address, home):
    first = pooler.Daemon("pgbouncer", home).pid()
    server = urlsplit(database.server())._replace(path=f"/{DATABASE}").geturl()
    assert (pooler.start(home, server), pooler.Daemon("pgbouncer", home).pid()) == (address, first)
    pooler.start(home, server, part="worker")
    assert pooler.Daemon("pgbouncer", home).pid() != first


def test_without_the_program_the_command_says_what_to_install(home, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda *_given, **_more: None)
    with pytest.raises(LocalError, match="apt-get install pgbouncer"):
        pooler.start(home, "postgres:///tten?host=/nowhere")


@pytest.mark.parametrize("part", ["web", "worker"])
def test_the_pooler_outlasts_the_longest_statement_of_its_part(part):
    held = pooler.held(part)
    assert held["pool_mode"] == "transaction"
    assert 0 < int(held["query_timeout"]) - PATIENCE[part][0] <= 30
    assert max(int(held[name]) for name in ("query_wait_timeout", "server_login_retry", "server_connect_timeout")) <= 5


def test_both_together_hold_no_more_than_forty_sessions():
    assert sum(int(pooler.held(part)["max_db_connections"]) for part in ("web", "worker")) == 40


@pytest.mark.parametrize("name", ["rules", "web", "worker"])
def test_the_shipped_files_are_read(name):
    text = (pooler.OPS / f"{name}.ini").read_text().replace("%include", ";")
    read = configparser.ConfigParser(interpolation=None, comment_prefixes=(";",))
    read.read_string(text)
    assert "pgbouncer" in read
