"""Every page and every act of the portal has its number of queries, and keeps it (tests/watch.py holds each request)."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from accounts.security.standing import FRESH
from tests import watch
from tests.accounts.login import SIGNUP
from tests.factories import World

TABLE = json.loads(watch.TABLE.read_text())
UNASKED = {"account_inactive", "socialaccount_login_cancelled"}  # of allauth; our own ways in answer before them
INBOXES = {"GET turn_list", "GET user_center"}
DEAR = {  # what is dearer than its sort, as measured: it may only fall
    "GET user_center": 19,
    "GET turn_detail": 22,  # a panel whose case was asked about, a claim after a return; 19 to 21 of all others
    "GET claim_detail": 21,  # where something was asked without a return
    "GET certification_list": 12,
    "GET admission_detail": 21,
    "GET product_list": 12,  # where no service has all words: what has most, and what was meant; 10 where nothing has any
    "POST turn_opinion": 31,  # 入驻通过 makes a provider, a grave refusal ends the voucher; any other word asks 25 at most
    "POST rest_take": 28,  # a decision, and the end of its rest
    "POST claim_submit": 31,  # where it is refused: the step as far as it came, and the page of all answers
    "POST application_appeal": 29,  # who had no part is found among all offices; two offices and the firm are told
    "POST claim_appeal": 27,
    "POST order_place": 26,  # with time of an instrument, which is looked for twice: in the form and under its lock
    "POST wanted_take": 32,  # an order is placed, 27 by itself, and the need and its offers end
}


def names(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver) and not entry.namespace:
            yield from names(entry)
        elif isinstance(entry, URLPattern) and entry.name:
            yield entry.name


KEY = 2  # statements by which an act is carried out once: its key is spent, its answer kept


def limit_of(key):
    """A list ten, an inbox fifteen, a page twenty, an act twenty-five and two for its key."""
    method, name = key.split()
    if method == "POST":
        return DEAR.get(key, 25) + KEY
    usual = 15 if key in INBOXES else 10 if name.endswith("_list") else 20
    return DEAR.get(key, usual)


def test_every_address_of_the_portal_is_asked_and_counted():
    counted = {key.split()[1] for key in TABLE}
    assert set(names(get_resolver())) - counted - UNASKED == set()


@pytest.mark.parametrize("key", [key for key in TABLE if ":" not in key])
def test_the_table_keeps_the_limits(key):
    assert TABLE[key] <= limit_of(key)


def test_a_get_that_writes_is_seen():
    book = watch.Watch()
    for sql in (
        'UPDATE "orders_order" SET x',
        'UPDATE "django_session" SET x',
        'SELECT 1 FROM "orders_order"',
        "SAVEPOINT a",
    ):
        book(lambda *_: None, sql, None, False, {})
    assert (book.queries, book.written) == (3, ["orders_order"])
    with pytest.raises(AssertionError, match="GET order_list writes to \\['orders_order'\\]"):
        watch.judge("GET", "order_list", book)


def test_a_page_that_asks_more_than_it_did_is_seen(monkeypatch):
    book = watch.Watch()
    book.queries = TABLE["GET order_list"] + 1
    monkeypatch.setattr(watch, "held", TABLE)
    with pytest.raises(AssertionError, match="GET order_list asks"):
        watch.judge("GET", "order_list", book)


@pytest.mark.django_db
def test_a_minute_between_two_pages_is_no_query_of_the_page(client, monkeypatch):
    """On a slow machine any page may be the first of a new minute, when the session is kept awake."""
    seen = {}
    monkeypatch.setattr(watch, "seen", seen)
    client.force_login(World().applicant)
    counts = []
    for seconds in (0, 1, FRESH + 2):
        seen.clear()
        with time_machine.travel(timezone.now() + timedelta(seconds=seconds)):
            assert client.get(reverse("order_list")).status_code == 200
        counts.append(seen["GET order_list"])
    assert counts[2] == counts[1]


@pytest.mark.parametrize(
    "page", [b"<!doctype html><head><h1>a</h1></head>", b"<!DOCTYPE html><head></head><h1>a</h1><h1>b</h1>"]
)
def test_a_headline_too_many_is_seen(page):
    with pytest.raises(AssertionError, match="/a/ has a headline"):
        watch.look("/a/", page)
    watch.look("/a/", b"<!doctype html><head></head><h1>a</h1>")


def test_a_choice_of_nothing_that_is_a_line_is_seen():
    with pytest.raises(AssertionError, match="/a/ calls the choice of nothing"):
        watch.look("/a/", b'<!doctype html><h1>a</h1><option value="">---------</option>')


def test_an_address_that_is_said_to_give_no_page_and_does_is_seen(rf):
    request, page = rf.get("/"), HttpResponse("<!DOCTYPE html><h1>a</h1>")
    request.resolver_match = SimpleNamespace(view_name="document")
    with pytest.raises(AssertionError, match="GET document gives a page"):
        watch.check_no_page(request, page)
    watch.check_no_page(request, HttpResponse("%PDF-1.4"))


def test_a_page_that_a_cache_may_keep_is_seen(rf):
    request = rf.get("/orders/")
    request.user = User(pk=1)
    with pytest.raises(AssertionError, match="/orders/"):
        watch.hold_private(request, HttpResponse(headers={"Cache-Control": "max-age=60"}))
    watch.hold_private(request, HttpResponse(headers={"Cache-Control": "private, no-store"}))
    request.user = AnonymousUser()
    watch.hold_private(request, HttpResponse())


@pytest.mark.django_db
def test_pages_of_who_is_signed_in_are_kept_by_no_cache(client):
    assert "no-store" not in client.get(reverse("home")).headers.get("Cache-Control", "")
    client.force_login(World().applicant)
    for path in (reverse("order_list"), "/nowhere/"):
        assert client.get(path).headers["Cache-Control"] == "private, no-store"
    assert client.post(reverse("account_logout")).headers["Cache-Control"] == "private, no-store"


@pytest.mark.django_db(transaction=True)
def test_what_a_commit_sets_off_is_no_query_of_the_page(client):
    """The text with the code leaves at once in tests; the sign-up by number is held to what it asks itself."""
    assert client.post(reverse("account_signup"), SIGNUP).status_code == 302
