"""Several hosts: two portals that share nothing but database, Valkey and papers serve one person; and whoever is told to end ends well."""

import os
import re
import signal
import sys
import threading
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
import requests
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.urls import reverse

from accounts.models import DataExport, User
from tests import database
from tests.factories import World
from tests.tten.slow import hold
from tests.tten.test_workers import PATIENCE, Hands, runs_of
from tten.celery import app
from tten.local import run, valkey
from tten.local.processes import Daemon, tail, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]
PASSWORD = "Tianjin-2026-probe"


class Host:
    """A web host with a working directory, a home, caches and temporary files of its own."""

    def __init__(self, folder):
        self.port = valkey.free_port()
        places = {name: str(folder / name.lower()) for name in ("HOME", "XDG_CACHE_HOME", "TMPDIR", "WORK")}
        for place in places.values():
            Path(place).mkdir(parents=True)
        own = places | {"PYTHONPATH": str(settings.BASE_DIR), "SECRET_KEY": settings.SECRET_KEY}
        environment = os.environ | own | {"DATABASE_URL": database.address(), "PYTHONUNBUFFERED": "1"}
        self.web = Daemon("web", folder, {"cwd": places["WORK"], "env": environment})

    def start(self):
        words = ["-m", "gunicorn", "tten.wsgi", "-c", "python:tten.serving", "--bind", f"127.0.0.1:{self.port}"]
        self.web.start([sys.executable, *words, "--workers", "1"])
        assert wait_until(lambda: run.answers(self.port), 60), tail(self.web.log)

    def at(self, path):
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def hosts(tmp_path):
    hosts = [Host(tmp_path / name) for name in ("one", "two")]
    try:
        for host in hosts:
            host.start()
        yield hosts
    finally:
        for host in hosts:
            host.web.stop(patience=10)


@pytest.fixture
def world():
    world = World()
    kept = PBKDF2PasswordHasher().encode(PASSWORD, "salt")  # as a host checks it, not as the tests do
    User.objects.filter(pk=world.applicant.pk).update(password=kept)
    return world


def token(page):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]


class Person:
    """A browser before which a proxy hands out the hosts in turn: no two requests reach the same one."""

    def __init__(self, hosts):
        self.browser, self.hosts = requests.Session(), hosts

    def next(self):
        self.hosts = [*self.hosts[1:], self.hosts[0]]
        return self.hosts[0]

    def get(self, path):
        return self.browser.get(self.next().at(path), timeout=60, allow_redirects=False)

    def post(self, page, path, **fields):
        given = {"csrfmiddlewaretoken": token(self.get(page))} | fields
        return self.browser.post(self.next().at(path), data=given, timeout=60, allow_redirects=False)


def test_two_hosts_serve_one_journey_in_turn(hosts, world):
    person, login = Person(hosts), reverse("account_login")
    assert person.post(login, login, login=world.applicant.username, password=PASSWORD).status_code == 302
    assert [person.get(reverse("user_center")).status_code for _ in hosts] == [200, 200]
    edit = reverse("profile_edit")
    assert person.post(edit, edit, name="两台主机").status_code == 302
    assert all("两台主机" in person.get(edit).text for _ in hosts)
    assert person.post(reverse("data_home"), reverse("data_export_start")).status_code == 302
    assert DataExport.objects.get().user == world.applicant
    out = reverse("account_logout")
    assert person.post(out, out).status_code == 302
    assert [person.get(reverse("user_center")).status_code for _ in hosts] == [302, 302]


def waits_for_a_lock():
    with closing(psycopg2.connect(database.server())) as line, line.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        return cursor.fetchone()[0] > 0


def test_a_host_that_is_told_to_end_answers_what_it_has_begun(hosts, world):
    person, host, edit, answers = Person(hosts[:1]), hosts[0], reverse("profile_edit"), []
    login = reverse("account_login")
    person.post(login, login, login=world.applicant.username, password=PASSWORD)
    address = database.server().replace("/tten?", f"/{settings.DATABASES['default']['NAME']}?")
    with closing(psycopg2.connect(address)) as line, line.cursor() as cursor:
        cursor.execute("SELECT 1 FROM accounts_user WHERE id = %s FOR UPDATE", [world.applicant.pk])
        asking = threading.Thread(target=lambda: answers.append(person.post(edit, edit, name="中途结束")))
        asking.start()
        assert wait_until(waits_for_a_lock, 20)
        os.kill(host.web.pid(), signal.SIGTERM)
        line.commit()
    asking.join(30)
    assert [answer.status_code for answer in answers] == [302]
    assert User.objects.get(pk=world.applicant.pk).name == "中途结束"
    assert wait_until(lambda: host.web.pid() is None, 35)


def test_a_worker_that_is_told_to_end_finishes_what_it_has_begun_and_leaves_the_rest(queue, tmp_path):
    hands, paths = Hands(tmp_path), [tmp_path / f"run-{number}" for number in range(4)]
    try:
        worker = hands.start("worker")
        for path in paths:
            hold.delay(str(path))
        assert wait_until(lambda: sum(len(runs_of(path)) for path in paths) == 2, PATIENCE), tail(worker.log)
        os.kill(worker.pid(), signal.SIGTERM)
        assert wait_until(lambda: "Warm shutdown" in worker.log.read_text(), PATIENCE), tail(worker.log)
        for path in paths:
            Path(f"{path}.go").touch()
        assert wait_until(lambda: worker.pid() is None, PATIENCE), tail(worker.log)
        assert sum(len(runs_of(path)) for path in paths) == 2
        hands.start("worker")
        assert wait_until(lambda: all(runs_of(path) for path in paths), PATIENCE)
    finally:
        hands.stop()
    assert [len(runs_of(path)) for path in paths] == [1] * 4
    with app.connection_for_read() as line:
        client = line.default_channel.client
        assert client.llen("celery") + client.hlen("unacked") == 0
