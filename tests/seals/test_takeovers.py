"""A replica is promoted in this process: numbers move on, the mark is a line of the tree, and 核对 holds every later line against it."""

from contextlib import contextmanager

import pytest
from django.db import connection
from psycopg2.extras import Json

from records.models import Event
from records.steps import note
from seals import growing
from seals.auditing import audit
from seals.failover.servers import NotTaken
from seals.failover.services import GAP, lose, take_over
from seals.models import Leaf
from seals.proving.takeovers import KEYS, takeovers
from seals.services import seal
from seals.signing import LAST, folder, make_key
from tests.database import address
from tests.factories import World, drive_application
from tests.replica import PATIENCE, WITH_A_REPLICA, Replica
from tten.local import postgres
from tten.local.processes import wait_until
from ui.following import position_here

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy, pytest.mark.timeout(WITH_A_REPLICA)]
GONE = {"host": "/nonexistent", "dbname": "none", "connect_timeout": 2}
FOLLOWED = "SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') >= %s"
AGAIN = """
INSERT INTO records_event (id, case_type_id, case_id, sequence, step, from_state, to_state, actor_id, office, text, attachments,
                           at, previous_hash, hash)
SELECT %s, case_type_id, case_id, sequence + 100, step, from_state, to_state, actor_id, office, text, attachments, at, hash, hash
  FROM records_event ORDER BY id DESC LIMIT 1
"""


@pytest.fixture
def world(settings, tmp_path):
    settings.SEALING = settings.SEALING | {"folder": str(tmp_path)}
    make_key()
    world = World()
    world.case = drive_application(world.make_application(), "approved", world)
    seal(everything=True)
    return world


@pytest.fixture
def replica(world):
    """It has everything so far, and then the line to the primary is cut."""
    found = Replica("taken")
    try:
        found.copy(address())
        position = position_here()
        assert wait_until(lambda: found.ask(FOLLOWED, position) == [(True,)], PATIENCE)
        found.ask("ALTER SYSTEM SET primary_conninfo = ''")
        found.ask("SELECT pg_reload_conf()")
        assert wait_until(lambda: found.ask("SELECT count(*) FROM pg_stat_wal_receiver") == [(0,)], PATIENCE)
        yield found
    finally:
        found.end()


@contextmanager
def back_again():
    """Behind it this process speaks with its own server, as before."""
    kept = dict(connection.settings_dict)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(kept)


def owners(replica):
    return replica.address().replace("tten_application@", f"{postgres.OWNER}@", 1)


def tell(statement, *params):
    """Past every guard, as whoever owns the server."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, params)
        cursor.execute("RESET session_replication_role")


def test_what_was_signed_and_never_sent_is_told_and_the_rest_is_proved(world, replica):
    note(world.case, "export", by=world.district)
    last, signed = Event.objects.latest("pk").pk, seal(everything=True)
    with back_again():
        given = {"others": [], "why": "主库的磁盘坏了"}
        with pytest.raises(NotTaken, match="丢失 1 条"):
            take_over(owners(replica), GONE, **given, accepts_loss=False)
        mark = take_over(owners(replica), GONE, **given, accepts_loss=True)
        assert (mark.lost, mark.size, mark.timeline, mark.why) == (1, signed.size - 1, 2, "主库的磁盘坏了")
        assert Leaf.objects.get(kind=Leaf.Kind.TAKEOVER).line == mark.pk
        assert set(KEYS.values()) < set(mark.numbers)
        note(world.case, "export", by=world.district)
        assert Event.objects.latest("pk").pk > last + GAP - 1
        assert audit(with_papers=False).findings == []
        with pytest.raises(NotTaken, match="已经记录"):
            take_over(owners(replica), GONE, **given, accepts_loss=True)
        assert lose(accepts=False) == 0
        tamper_with(mark)
    assert (folder() / f"{LAST}.lost-{signed.size}").read_text() == signed.text


def tamper_with(mark):
    """Each of the three proofs finds what it is for."""
    tell("SELECT setval('records_case_number', %s)", mark.numbers["records_case_number"] - 1)
    assert ["records_case_number" in one and "编号可能重复" in one for one in takeovers()] == [True]
    tell("SELECT setval('records_case_number', %s)", mark.numbers["records_case_number"])
    assert list(takeovers()) == []
    tell(AGAIN, mark.numbers["records_event_id_seq"] - 7)
    seal(everything=True)
    assert ["接管以前的编号" in one for one in takeovers()] == [True]
    tell("UPDATE seals_takeover SET root = sha256('x'), numbers = %s", Json({}))
    assert ["与接管时不符" in one for one in takeovers()] == [True]
    tell("UPDATE seals_takeover SET size = %s", growing.size() + 1)
    assert ["与接管时不符" in one for one in takeovers()] == [True]
    assert any("封存之后被改动" in one and "接管记录" in one for one in audit(with_papers=False).findings)
