"""Every answer of every address tells the browser what no page of the portal does, whatever becomes of the request."""

from types import ModuleType, SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, path, reverse

from tests import watch
from tests.factories import World
from tests.test_house import address_of, patterns
from tten.headers import HEADERS, UNUSED
from tten.server import answer

pytestmark = [pytest.mark.django_db, pytest.mark.heavy]
STATIC = "/static/css/tokens.css"


def lacking(page):
    """The headers that the answer does not have; none may be weaker than ours."""
    lost = {name for name in HEADERS if not page.headers.get(name)}
    weak = {name for name in HEADERS if name != "Content-Security-Policy" and page.headers.get(name) != HEADERS[name]}
    return lost | weak


@pytest.mark.parametrize("who", ["nobody", "applicant", "municipal"])
def test_every_address_has_them_for_reading_and_for_writing(client, who, monkeypatch):
    world = World()
    for held in ("judge", "check_moved"):  # what is held elsewhere, of requests that people make
        monkeypatch.setattr(watch, held, lambda *_: None)
    if who != "nobody":
        client.force_login(world.people[who])
    entries = list(patterns(get_resolver()))
    tables = [reverse("admin:index"), reverse("admin:accounts_user_changelist")]
    found = {}
    client.raise_request_exception = False
    for address in [*(address_of(entry) for entry in entries), *tables, "/nowhere/", STATIC, "/static/none.css"]:
        for ask in (client.get, client.options, *([client.post] if who == "nobody" else [])):
            page = ask(address)
            list(page)  # a file is closed when it was read
            found |= {address: lacking(page)} if lacking(page) else {}
    assert (found, len(entries) > 200) == ({}, True)


def broken(_request):
    raise ZeroDivisionError


def bare(_request):
    return HttpResponse("x", content_type="text/plain")


ADDRESSES = ModuleType("addresses")
ADDRESSES.urlpatterns = [path("broken/", broken), path("bare/", bare)]
ADDRESSES.handler500 = "tten.outages.server_error"


def test_errors_and_refusals_have_them(client):
    client.raise_request_exception = False
    assert lacking(client.get("/", headers={"host": "evil.example"})) == set()  # 400
    page = client.post(reverse("account_login"), {"login": "a" * 3_000_000})
    assert (page.status_code, lacking(page)) == (400, set())
    page = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "a"})
    assert (page.status_code, lacking(page)) == (403, set())


@pytest.mark.parametrize(("address", "status"), [("/broken/", 500), ("/nowhere/", 404), ("/bare/", 200)])
def test_what_no_view_answers_for_has_them(client, settings, address, status):
    settings.ROOT_URLCONF, settings.MIDDLEWARE = ADDRESSES, ["tten.headers.HeadersMiddleware"]
    client.raise_request_exception = False
    page = client.get(address)
    assert (page.status_code, lacking(page)) == (status, set())


def test_an_outage_has_them(client, monkeypatch):
    def away(_request):
        raise OSError(28, "no room")

    monkeypatch.setattr("accounts.middleware.tell_if_ended", away)
    client.raise_request_exception = False
    page = client.get(reverse("policy_page"))
    assert (page.status_code, lacking(page)) == (503, set())


def test_the_way_to_https_has_them(client, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    page = client.get("/")
    assert (page.status_code, page["Location"], lacking(page)) == (301, "https://testserver/", set())
    page = client.get("/", secure=True)
    assert page["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.mark.bare
def test_what_the_server_cannot_read_is_refused_with_them():
    head = answer(SimpleNamespace(value=400, phrase="Bad Request"), "").partition(b"\r\n\r\n")[0].decode()
    assert {name for name in HEADERS if f"\r\n{name}: " not in head} == set()


@pytest.mark.bare
def test_nothing_of_a_device_is_asked_for_but_passkeys():
    said = HEADERS["Permissions-Policy"]
    assert {name for name in ("camera", "microphone", "geolocation", "payment") if f"{name}=()" not in said} == set()
    assert (said.count("=()"), "publickey-credentials-get=(self)" in said) == (len(UNUSED), True)


def test_a_page_is_framed_by_nobody_and_runs_no_script_that_stands_in_it(client):
    rules = client.get("/")["Content-Security-Policy"]
    held = dict(rule.strip().split(" ", 1) for rule in rules.split(";") if rule.strip())
    assert held["default-src"] == "'self'"
    assert held["frame-ancestors"] == "'none'"
    assert [held.get(name) for name in ("object-src", "base-uri")] == ["'none'", "'none'"]
    assert "unsafe" not in rules
    assert held["form-action"].split()[0] == "'self'"
