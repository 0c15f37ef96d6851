"""The portal behind PgBouncer: how soon an outage is answered, and how few sessions many threads need."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.urls import reverse

from tests import database
from tests.factories import World
from tests.tten.test_outages import Portal, copy_to, timed
from tten.local import pooler, postgres, services
from tten.local.paths import home_of
from tten.local.processes import Daemon, wait_until
from tten.outages import NO_DATABASE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy, pytest.mark.pooler]
HOME = "outage"
SOON = 15  # seconds: a reading waits for a session, for the server to come back, and is told
PROCESSES, THREADS, SESSIONS = 8, 8, 40
MANY = """
import os, threading, time
import django; django.setup()
from django.db import connection, transaction

def work():
    for _ in range(40):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM accounts_user, pg_sleep(0.01)")
        time.sleep(0.02)  # as a page does that draws what it has read
    done.append(1)

for _ in range({processes} - 1):
    if not os.fork():
        break
done = []
threads = [threading.Thread(target=work) for _ in range({threads})]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
os._exit(len(done) != {threads})
"""


@pytest.fixture
def world():
    return World()


@pytest.fixture
def stage(world, tmp_path, monkeypatch):
    """A portal behind a pooler behind a server, all of this test's own; a person is signed in."""
    home, portal = home_of(HOME), Portal(tmp_path)
    browser = portal.person(world.applicant)
    address = postgres.start(home, durable=False)
    try:
        copy_to(address, home)
        monkeypatch.setenv("POOLED", "1")
        portal.start(pooler.start(home, address))
        yield portal, browser, home, address
    finally:
        go_on(home)
        portal.stop()
        services.forget(HOME)


def asked_by_many(portal, browser):
    """(answer, seconds) of eight people at the same moment: as many as there are threads."""
    with ThreadPoolExecutor(8) as people:
        return list(people.map(lambda _: timed(lambda: portal.get(browser, reverse("order_list"))), range(8)))


def comes_back(portal, browser):
    return wait_until(lambda: portal.get(browser, reverse("order_list")).status_code == 200, SOON)


def told_soon(portal, browser):
    """The statuses of eight readings and a writing, all told in seconds what is the matter."""
    answers = asked_by_many(portal, browser)
    answers.append(timed(lambda: portal.send(browser, reverse("data_export_start"))))
    assert max(seconds for _, seconds in answers) < SOON
    assert all(NO_DATABASE in page.text and page.headers["Retry-After"] == "30" for page, _ in answers)
    return {page.status_code for page, _ in answers}


def test_a_server_that_was_killed_is_told_in_seconds_and_comes_back(stage):
    portal, browser, home, _ = stage
    assert comes_back(portal, browser)
    Daemon("postgres", home).stop(signal.SIGQUIT)  # at once, as a host that falls
    assert told_soon(portal, browser) == {503}
    postgres.start(home, durable=False)
    assert comes_back(portal, browser)


def stand_still(home):
    """Every process of the server stands still: lines stay open, and nobody answers."""
    stopped = Daemon("postgres", home).pid()
    for pid in [*children_of(stopped), stopped]:
        os.kill(pid, signal.SIGSTOP)


def children_of(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def go_on(home):
    if stopped := Daemon("postgres", home).pid():
        for pid in [stopped, *children_of(stopped)]:
            os.kill(pid, signal.SIGCONT)


def test_a_server_that_stands_still_is_told_in_seconds_and_goes_on(stage):
    portal, browser, home, _ = stage
    assert comes_back(portal, browser)
    time.sleep(int(pooler.held("web")["server_check_delay"]) + 0.5)
    stand_still(home)
    assert told_soon(portal, browser) == {503}
    go_on(home)
    assert comes_back(portal, browser)


def test_a_statement_under_way_when_the_server_stands_still_holds_no_thread_for_good(stage):
    portal, browser, home, address = stage
    most = int(pooler.held("web")["query_timeout"])
    with closing(psycopg2.connect(pooler.start(home, address))) as line, line.cursor() as cursor:
        cursor.execute("SELECT 1")
        stand_still(home)
        began = time.monotonic()
        with pytest.raises(psycopg2.Error):
            cursor.execute("SELECT 2")
        assert time.monotonic() - began < most + 5
    go_on(home)
    assert comes_back(portal, browser)


def most_sessions(name, until):
    """The most sessions at this database, looked at all the time until the event."""
    most, statement = 0, "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"
    with closing(psycopg2.connect(database.server())) as line, line.cursor() as cursor:
        line.autocommit = True
        while not until.is_set():
            cursor.execute(statement, [name])
            most = max(most, cursor.fetchone()[0])
            time.sleep(0.02)
    return most


def lines_at(address, name):
    """How many lines the pooler has from the portal."""
    with closing(psycopg2.connect(address.replace(f"/{name}?", "/pgbouncer?"))) as line, line.cursor() as cursor:
        line.autocommit = True
        cursor.execute("SHOW CLIENTS")
        return sum(row[2] == name for row in cursor.fetchall())


def test_eight_processes_of_eight_threads_need_forty_sessions_at_most(world, tmp_path):
    name, home, done = settings.DATABASES["default"]["NAME"], home_of("many"), threading.Event()
    address = pooler.start(home, database.server().replace("/tten?", f"/{name}?"))
    given = {"DJANGO_SETTINGS_MODULE": "tten.settings", "DATABASE_URL": address, "POOLED": "1"}
    words = [sys.executable, "-c", MANY.format(processes=PROCESSES, threads=THREADS)]
    try:
        with ThreadPoolExecutor(1) as looking, subprocess.Popen(words, env=os.environ | given) as many:
            most = looking.submit(most_sessions, name, done)
            assert wait_until(lambda: lines_at(address, name) >= PROCESSES * THREADS, 30)
            assert many.wait(60) == 0
            done.set()
        own = 1 + (16 if settings.POOLED else 0)  # of this process
        assert 0 < most.result() <= SESSIONS + own
    finally:
        done.set()
        services.forget("many")
