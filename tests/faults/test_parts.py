"""A part dies, hangs, is cut off or full while people order: what they were told is there, once; the rest they send again."""

import datetime as dt
import os
import shutil
import signal
import time
from contextlib import closing, suppress
from pathlib import Path

import psycopg2
import pytest
import redis
from django.utils import timezone

from benchmarks.cpu import below
from tests.factories import World
from tests.faults.people import People, forms
from tests.tten.test_outages import Portal, copy_to
from tten.local import postgres, valkey
from tten.local.paths import home_of
from tten.local.processes import Daemon, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]
PATIENCE, MANY = 60, 4  # seconds; forms under way at a time
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
CUT = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


class Stage:
    """A portal on a PostgreSQL and a Valkey of its own, before which people stand."""

    def __init__(self, folder):
        self.home, self.portal = home_of("faults"), Portal(folder)
        self.address = postgres.start(self.home, durable=True)  # what it has taken must outlive a kill
        world = World()
        browser = self.portal.person(world.applicant)
        copy_to(self.address, self.home)
        self.portal.start(self.address)
        self.people = People(self.portal, self.address, world, browser)

    def end(self):
        self.people.crowd.shutdown()
        self.portal.stop()

    def server(self):
        """Every process of PostgreSQL."""
        return below([Daemon("postgres", self.home).pid()])

    def signal(self, number, pids):
        for pid in pids:
            with suppress(ProcessLookupError):  # it has ended by itself
                os.kill(pid, number)

    def under_way(self, cursor):
        """Whether somebody's order waits within its transaction."""
        cursor.execute(WAITING)
        return cursor.fetchone()[0] > 0

    def in_the_middle(self, fault):
        """Let people order, hold all of them before their rows are written, let it go wrong, let them go on."""
        wanted_on = f"{timezone.localdate() + dt.timedelta(30):%Y-%m-%d}"
        sent = forms(MANY, wanted_on)
        with closing(psycopg2.connect(self.address)) as line, line.cursor() as cursor:
            cursor.execute("LOCK TABLE orders_order IN EXCLUSIVE MODE")
            begun = self.people.begin(sent)
            assert wait_until(lambda: self.under_way(cursor), PATIENCE)
            fault(self, cursor)
        return self.people.settle(sent, begun)

    def without(self, fault, mend):
        """Let people order while it is wrong, and go on when it is right again."""
        sent = forms(MANY, f"{timezone.localdate() + dt.timedelta(30):%Y-%m-%d}")
        fault(self)
        try:
            begun = self.people.begin(sent)
            for one in begun:
                one.exception()
        finally:
            mend(self)
        return self.people.settle(sent, begun)


@pytest.fixture
def stage(tmp_path):
    home = home_of("faults")
    stage = None
    try:
        stage = Stage(tmp_path)
        yield stage
    finally:
        if stage:
            stage.end()
        postgres.stop(home)
        shutil.rmtree(home, ignore_errors=True)


def database_killed(stage, _cursor):
    pids = stage.server()
    stage.signal(signal.SIGKILL, pids)
    assert wait_until(lambda: not any(map(is_alive, pids)), PATIENCE)
    postgres.start(stage.home, durable=True)


def is_alive(pid):
    """Whether it runs; a dead one that its parent has not asked for yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def database_hung(stage, _cursor):
    pids = stage.server()
    stage.signal(signal.SIGSTOP, pids)
    time.sleep(1)
    stage.signal(signal.SIGCONT, pids)


def database_cut(_stage, cursor):
    cursor.execute(CUT)


def web_killed(stage, _cursor):
    web = stage.portal.web.pid()
    stage.signal(signal.SIGKILL, below([web]) - {web})


def cache(stage, *words):
    redis.Redis.from_url(valkey.start(stage.portal.folder, durable=False)).config_set("maxmemory", *words)


IN_THE_MIDDLE = (database_killed, database_hung, database_cut, web_killed)
WITHOUT = {
    "killed": (
        lambda stage: os.kill(stage.portal.valkey.pid(), signal.SIGKILL),
        lambda stage: valkey.start(stage.portal.folder, durable=False),
    ),
    "hung": (
        lambda stage: os.kill(stage.portal.valkey.pid(), signal.SIGSTOP),
        lambda stage: os.kill(stage.portal.valkey.pid(), signal.SIGCONT),
    ),
    "full": (lambda stage: cache(stage, 1), lambda stage: cache(stage, 0)),
}


def test_whatever_part_fails_under_an_order_none_is_lost_and_none_is_doubled(stage):
    """One portal for all of it: to bring one up costs more than to let it fail."""
    found = {fault.__name__: stage.in_the_middle(fault) for fault in IN_THE_MIDDLE}
    found |= {f"valkey_{how}": stage.without(*acts) for how, acts in WITHOUT.items()}
    assert found == dict.fromkeys(found, (MANY, MANY, 0, 0))
