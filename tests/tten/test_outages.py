"""Valkey gone, Valkey frozen, PostgreSQL cut off or restarted: a server of the test's own goes on answering."""

import os
import re
import secrets
import shutil
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
import requests
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from accounts.models import DataExport, TextMessage
from tests import database
from tests.factories import World
from tests.helpers import by_owner
from tten.local import postgres, run, valkey
from tten.local.paths import home_of, socket_folder
from tten.local.processes import Daemon, tail, wait_until
from tten.outages import NO_DATABASE, WAIT_SECONDS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]
SOON = 12  # seconds: the time-outs of cache and broker, on a machine that is busy
UNCOUNTED = "这一步需要计数，而计数服务暂时没有回应，所以没有办理"

LOGIN, CODE = reverse("account_login"), reverse("account_request_login_code")
PAGES = ("home", "user_center", "notice_list", "order_list")


def own_database():
    """The address of this process's database."""
    return urlsplit(database.server())._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


class Portal:
    """gunicorn on the test's database, with a Valkey of its own."""

    def __init__(self, folder):
        self.folder, self.port = folder, valkey.free_port()
        self.valkey, self.web = Daemon("valkey", folder), None

    def start(self, address=""):
        given = {"DATABASE_URL": address or database.address(), "REDIS_URL": valkey.start(self.folder, durable=False)}
        options = {"cwd": settings.BASE_DIR, "env": os.environ | given | {"SECRET_KEY": settings.SECRET_KEY}}
        self.web = Daemon("web", self.folder, options)
        words = [
            "--bind",
            f"127.0.0.1:{self.port}",
            "--no-control-socket",
            "--worker-class",
            "gthread",
            "--threads",
            "8",
        ]
        self.web.start([sys.executable, "-m", "gunicorn", "tten.wsgi", *words])
        assert wait_until(lambda: run.answers(self.port), 60), tail(self.web.log)

    def stop(self):
        if self.valkey.pid():
            os.kill(self.valkey.pid(), signal.SIGCONT)
        self.web.stop()
        valkey.stop(self.folder)

    def person(self, user=None):
        """A browser; signed in, if a person is named."""
        browser = requests.Session()
        if user:
            client = Client()
            client.force_login(user)
            browser.cookies.set(settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)
        return browser

    def get(self, browser, path):
        return browser.get(f"http://127.0.0.1:{self.port}{path}", timeout=60)

    def token(self, browser, page):
        return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(browser, page).text)[1]

    def post(self, browser, page, path, **fields):
        fields["csrfmiddlewaretoken"] = self.token(browser, page)
        return self.send(browser, path, **fields)

    def send(self, browser, path, **fields):
        return browser.post(f"http://127.0.0.1:{self.port}{path}", data=fields, timeout=60)


@pytest.fixture
def portal(tmp_path):
    portal = Portal(tmp_path)
    try:
        portal.start()
        yield portal
    finally:
        portal.stop()


@pytest.fixture
def world():
    return World()


@pytest.fixture
def portal_apart(server, world, tmp_path):
    """A portal that stands on that server, with the world and a person who is signed in."""
    home, address = server
    portal = Portal(tmp_path)
    browser = portal.person(world.applicant)
    copy_to(address, home)
    try:
        portal.start(address)
        yield portal, home, browser
    finally:
        portal.stop()


def try_to_enter(portal):
    browser = portal.person()
    return portal.post(browser, LOGIN, LOGIN, login="applicant", password=secrets.token_hex(8))


def ask_for_a_code(portal):
    browser = portal.person()
    return portal.post(browser, CODE, CODE, phone="13800000001")


def pages(portal, browser):
    return [portal.get(browser, path).status_code for path in map(reverse, PAGES)]


def test_without_valkey_pages_answer_and_what_must_be_counted_is_refused(portal, world):
    browser = portal.person(world.applicant)
    assert pages(portal, browser) == [200] * 4
    valkey.stop(portal.folder)
    assert pages(portal, browser) == [200] * 4
    for refused in (try_to_enter(portal), ask_for_a_code(portal)):
        assert (refused.status_code, UNCOUNTED in refused.text) == (503, True)
    assert TextMessage.objects.count() == 0
    valkey.start(portal.folder, durable=False)
    assert try_to_enter(portal).status_code == 200


def timed(act):
    began = time.monotonic()
    return act(), time.monotonic() - began


def test_a_silent_valkey_holds_no_request_without_end(portal, world):
    browser = portal.person(world.applicant)
    portal.get(browser, reverse("user_center"))
    os.kill(portal.valkey.pid(), signal.SIGSTOP)
    answer, seconds = timed(lambda: portal.post(browser, reverse("data_home"), reverse("data_export_start")))
    assert (answer.status_code, seconds < SOON, DataExport.objects.count()) == (200, True, 1)
    with ThreadPoolExecutor(8) as people:
        answers, seconds = timed(lambda: list(people.map(lambda _: try_to_enter(portal), range(8))))
    assert ([(answer.status_code, UNCOUNTED in answer.text) for answer in answers], seconds < SOON) == (
        [(503, True)] * 8,
        True,
    )
    answer, seconds = timed(lambda: ask_for_a_code(portal))
    assert (answer.status_code, UNCOUNTED in answer.text, seconds < SOON) == (503, True, True)
    answers, seconds = timed(lambda: pages(portal, browser))
    assert (answers, seconds < SOON, TextMessage.objects.count()) == ([200] * 4, True, 0)
    os.kill(portal.valkey.pid(), signal.SIGCONT)
    assert try_to_enter(portal).status_code == 200


def cut_connections():
    """What a restart of the server does to those who are connected."""
    with by_owner() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid != pg_backend_pid()"
        )
        return cursor.fetchone()[0]


def test_a_restart_of_postgresql_between_two_pages_is_not_seen(portal, world):
    browser = portal.person(world.applicant)
    for _ in range(3):
        assert pages(portal, browser) == [200] * 4
        assert cut_connections() > 0
    assert pages(portal, browser) == [200] * 4
    assert Session.objects.count() == 1


@pytest.fixture
def server():
    """A PostgreSQL of this test's own."""
    home = home_of("restart")
    try:
        yield home, postgres.start(home, durable=False)
    finally:
        postgres.stop(home)
        shutil.rmtree(home)


def copy_to(address, home):
    """Everything that this process's database holds, into the other server."""
    programs = postgres._usable_binaries(home)
    path = socket_folder(home) / "copy.sql"
    postgres._ask(programs / "pg_dump", "-d", own_database(), "-f", path)
    postgres._ask(programs / "psql", "-q", "-d", address, "-f", path)


def keep_asking(portal, browser, until):
    """What a person is answered who goes from page to page, whatever happens."""
    seen = []
    while not until.is_set():
        seen += [portal.get(browser, reverse(name)).status_code for name in ("user_center", "order_list")]
    return seen


def asked_meanwhile(portal, browser, act):
    """What three people are answered while something happens."""
    done = threading.Event()
    with ThreadPoolExecutor(3) as people:
        asking = [people.submit(keep_asking, portal, browser, done) for _ in range(3)]
        try:
            act()
        finally:
            done.set()
        return {status for person in asking for status in person.result()}


def test_while_postgresql_restarts_a_sentence_and_then_the_page(portal_apart):
    portal, home, browser = portal_apart
    words = {"name": "只打了一半的新名字", "csrfmiddlewaretoken": portal.token(browser, reverse("profile_edit"))}

    def restart():
        postgres.stop(home)
        page = portal.get(browser, reverse("user_center"))
        assert (page.status_code, NO_DATABASE in page.text, page.headers["Retry-After"]) == (503, True, "30")
        sent = portal.send(browser, reverse("profile_edit"), **words)
        assert (sent.status_code, NO_DATABASE in sent.text, words["name"] in sent.text) == (503, True, True)
        postgres.start(home, durable=False)
        assert pages(portal, browser) == [200] * 4

    assert asked_meanwhile(portal, browser, restart) == {200, 503}
    assert pages(portal, browser) == [200] * 4


def test_who_reads_while_postgresql_starts_anew_waits_and_reads(portal_apart):
    portal, home, browser = portal_apart
    assert pages(portal, browser) == [200] * 4
    postgres.stop(home)
    with ThreadPoolExecutor(1) as person:
        asked = person.submit(timed, lambda: portal.get(browser, reverse("order_list")))
        time.sleep(1.5)
        postgres.start(home, durable=False)
        page, seconds = asked.result()
    assert (page.status_code, seconds >= 1) == (200, True)


def test_who_has_waited_in_vain_lets_the_others_be_told_at_once(portal_apart):
    portal, home, browser = portal_apart
    postgres.stop(home)
    first, long = timed(lambda: portal.get(browser, reverse("order_list")))
    second, brief = timed(lambda: portal.get(browser, reverse("order_list")))
    assert (first.status_code, second.status_code) == (503, 503)
    assert brief < WAIT_SECONDS <= long
    postgres.start(home, durable=False)
    assert pages(portal, browser) == [200] * 4


def test_what_the_frame_meets_is_answered_by_the_same_page(client, monkeypatch):
    def slow(*_given):
        raise OperationalError

    client.raise_request_exception = False
    monkeypatch.setattr("accounts.middleware.tell_if_ended", slow)
    page = client.get(reverse("policy_page"))
    assert (page.status_code, NO_DATABASE in page.content.decode(), page["Retry-After"]) == (503, True, "30")
    monkeypatch.setattr("accounts.middleware.tell_if_ended", lambda _request: 1 / 0)
    assert client.get(reverse("policy_page")).status_code == 500
