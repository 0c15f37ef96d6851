"""The primary dies while people order, and a replica takes over: nothing that they were told is lost, no number comes twice."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import closing

import psycopg2
import pytest
from django.conf import settings

from seals.failover.services import GAP
from tests.faults.people import forms
from tests.faults.test_parts import MANY, PATIENCE, Stage, is_alive
from tests.replica import Replica
from tten.local import postgres
from tten.local.paths import home_of
from tten.local.processes import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]
NUMBERS = "SELECT array_agg(number ORDER BY number) FROM orders_order"
ON_BOTH = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'quorum'"
WANTED = "2027-03-01"


def ask(address, statement):
    with closing(psycopg2.connect(address)) as line, line.cursor() as cursor:
        line.autocommit = True
        cursor.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


class Cluster:
    """A portal, its primary, and two replicas of which one must have what is committed."""

    def __init__(self, folder):
        self.stage, self.keys = Stage(folder), folder / "seals"
        self.primary = self.stage.address
        self.first, self.second = (Replica(f"failover_{name}") for name in ("a", "b"))
        for replica in (self.first, self.second):
            replica.copy(self.primary)
        ask(self.primary, "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (failover_a, failover_b)'")
        ask(self.primary, "SELECT pg_reload_conf()")
        assert wait_until(lambda: ask(self.primary, ON_BOTH) == 2, PATIENCE)

    def manage(self, address, *words):
        """A command of the portal, as whoever runs it on that day."""
        given = {"DATABASE_URL": address, "SECRET_KEY": settings.SECRET_KEY, "SEAL_FOLDER": str(self.keys)}
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=settings.BASE_DIR,
            env=os.environ | given | {"APPLICATION_ROLE": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def kill(self):
        """Every process of the primary, at once; and it stays away."""
        pids = self.stage.server()
        self.stage.signal(signal.SIGKILL, pids)
        assert wait_until(lambda: not any(map(is_alive, pids)), PATIENCE)

    def move(self, address):
        """Portal and people stand before that server from now on."""
        self.stage.portal.web.stop()
        self.stage.portal.start(address)
        self.stage.people.address = self.stage.address = address

    def order(self):
        """Some people order, and all is counted."""
        sent = forms(MANY, WANTED)
        return sent, self.stage.people.settle(sent, self.stage.people.begin(sent))

    def end(self):
        self.stage.end()
        for replica in (self.first, self.second):
            replica.end()


@pytest.fixture
def cluster(tmp_path):
    home, found = home_of("faults"), None
    try:
        found = Cluster(tmp_path)
        yield found
    finally:
        if found:
            found.end()
        postgres.stop(home)
        shutil.rmtree(home, ignore_errors=True)


def test_a_replica_takes_over_and_nothing_that_was_told_is_lost(cluster):
    first, second = (replica.address(cluster.primary) for replica in (cluster.first, cluster.second))
    assert cluster.manage(cluster.primary, "seal", "--new-key")[0] == 0
    before, counted = cluster.order()
    assert counted == (MANY, MANY, 0, 0)
    assert cluster.manage(cluster.primary, "audit", "--no-papers")[0] == 0
    numbers = ask(cluster.primary, NUMBERS)
    code, said = cluster.manage(cluster.primary, "take_over", first)
    assert (code, "原来的主库还在应答" in said) == (1, True), said

    cluster.second.daemon.stop(signal.SIGINT)  # one of two is lost: commits go on
    more, counted = cluster.order()
    assert counted == (MANY, MANY, 0, 0)
    numbers = ask(cluster.primary, NUMBERS)

    found = cluster.stage.in_the_middle(lambda _stage, _cursor: lost(cluster, first, second))
    assert found == (MANY, MANY, 0, 0)
    everybody = [*before, *more]
    assert cluster.stage.people.settle(everybody, [cluster.stage.people.crowd.submit(bool, 1)] * len(everybody)) == (
        2 * MANY,
        2 * MANY,
        0,
        0,
    )
    after = ask(first, NUMBERS)
    new = [int(number[6:]) for number in after if number not in numbers]
    assert (set(numbers) <= set(after), len(new)) == (True, MANY)
    assert min(new) > int(max(numbers)[6:]) + GAP
    code, said = cluster.manage(first, "audit", "--no-papers")
    assert (code, "相符" in said) == (0, True)
    assert cluster.manage(first, "take_over", first) == (1, "CommandError: 这一次接管已经记录，什么都没有改动。\n")


def lost(cluster, first, second):
    """The machine of the primary is gone; the recipe of docs/operations.md is followed."""
    cluster.kill()
    cluster.second.start()
    code, said = cluster.manage(cluster.primary, "take_over", second, "--other", first)
    assert (code, "另一台从库的日志更完整" in said) == (1, True)  # it was away while people ordered
    code, said = cluster.manage(cluster.primary, "take_over", first, "--other", second, "--why", "主库的磁盘坏了")
    assert (code, "已接管：时间线 2" in said) == (0, True), said
    cluster.move(first)
