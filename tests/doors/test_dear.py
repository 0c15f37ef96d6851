"""What is dear is answered so often and no oftener, to one person or one address; a normal day never meets a limit (ADR 0181)."""

import ast
import functools
import inspect
import logging
from pathlib import Path

import environ
import pytest
from django.conf import settings as portal
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, resolve, reverse
from redis.exceptions import ConnectionError as Away

from orders.models import Order
from tests.factories import World
from tests.test_house import patterns
from tten import dear, outside

pytestmark = pytest.mark.django_db


class Untouched(environ.Env):
    """An environment in which nobody has set anything."""

    ENVIRON = {}


SHIPPED = outside.limits(Untouched())


@pytest.fixture(autouse=True)
def _one_window(monkeypatch):
    """The clock of the windows stands."""
    monkeypatch.setattr(dear.time, "time", lambda: 1_800_000_010.0)
    monkeypatch.setattr(dear.Cache, "rests_until", 0.0)


@pytest.fixture
def limited(settings):
    """Two of each are let through, four for visitors behind one address."""
    settings.LIMITS = {what: (2, seconds) for what, (_, seconds) in SHIPPED.items()}


def statuses(client, address, times, **headers):
    return [client.get(address, headers=headers).status_code for _ in range(times)]


def test_the_third_search_waits_and_the_page_says_how_long(client, limited):
    client.force_login(World().applicant)
    assert statuses(client, reverse("product_list"), 3) == [200, 200, 429]
    page = client.get(reverse("order_list"))  # another list: they count together
    words = page.content.decode()
    assert (page.status_code, page["Retry-After"], page["Cache-Control"]) == (429, "50", "private, no-store")
    assert "短时间内查询和翻看列表的次数过多（1 分钟内最多 2 次），这一次没有办理。请 50 秒后再试。" in words
    assert 'data-refusal="短时间内' in words  # what a part of a page and a script say in its place


def test_the_next_window_begins_anew(client, limited, monkeypatch):
    client.force_login(World().applicant)
    assert statuses(client, reverse("lab_list"), 3) == [200, 200, 429]
    monkeypatch.setattr(dear.time, "time", lambda: 1_800_000_010.0 + 60)
    assert statuses(client, reverse("lab_list"), 3) == [200, 200, 429]


def test_persons_are_counted_apart_and_visitors_by_their_address(limited):
    world, first, second, visitor = World(), Client(), Client(), Client()
    first.force_login(world.applicant)
    second.force_login(world.stranger)
    address = reverse("product_list")
    assert (statuses(first, address, 3), statuses(second, address, 2)) == ([200, 200, 429], [200, 200])
    assert statuses(visitor, address, 5) == [200] * 4 + [429]
    assert Client(REMOTE_ADDR="10.0.0.9").get(address).status_code == 200


def test_a_house_of_ipv6_is_one_address(limited):
    address = reverse("product_list")
    house = [Client(REMOTE_ADDR=f"2001:db8:1:2::{number}") for number in range(1, 6)]
    assert [browser.get(address).status_code for browser in house] == [200] * 4 + [429]
    assert Client(REMOTE_ADDR="2001:db8:1:3::1").get(address).status_code == 200


@pytest.mark.parametrize("said", ["", "unknown", "10.0.0.1"])
def test_whoever_has_no_address_is_counted_as_well(limited, said):
    assert statuses(Client(REMOTE_ADDR=said), reverse("product_list"), 5) == [200] * 4 + [429]


def test_what_was_typed_stands_on_the_page_and_nothing_has_happened(client, limited):
    world = World()
    client.force_login(world.applicant)
    address = reverse("order_place", args=[world.product.number])
    for _ in range(2):
        client.post(address, {"content": "x"})
    page = client.post(address, {"content": "检测三批钢材的抗拉强度"})
    assert (page.status_code, "检测三批钢材的抗拉强度" in page.content.decode(), Order.objects.count()) == (
        429,
        True,
        0,
    )
    assert client.get(address).status_code == 200  # to look at the form is not dear


def test_registrations_and_codes_are_counted_by_address(client, limited):
    for name in ("account_signup", "account_request_login_code"):
        assert [client.post(reverse(name), {}).status_code for _ in range(5)][-2:] == [200, 429]


def test_a_cache_that_is_away_lets_everybody_through_and_the_log_says_so(client, limited, monkeypatch, caplog):
    asked = []

    def away(*_args, **_more):
        asked.append(1)
        raise Away("no")

    monkeypatch.setattr(dear.cache, "add", away, raising=False)
    with caplog.at_level(logging.WARNING, "tten.dear"):
        assert statuses(client, reverse("product_list"), 5) == [200] * 5
    assert (len(asked), caplog.text.count("everybody is let through")) == (1, 1)  # and nobody waits for it twice


def test_the_log_names_once_who_has_passed_a_limit(client, limited, caplog):
    person = World().applicant
    client.force_login(person)
    with caplog.at_level(logging.WARNING, "tten.dear"):
        statuses(client, reverse("product_list"), 5)
    assert caplog.text.count(f"person-{person.pk} has passed the limit of search: 2 in 60 s") == 1


def test_a_limit_of_nought_counts_nothing(client, settings):
    settings.LIMITS = {what: (0, seconds) for what, (_, seconds) in SHIPPED.items()}
    assert statuses(client, reverse("product_list"), 4) == [200] * 4


def test_a_count_that_goes_between_two_questions_begins_anew(monkeypatch):
    cache.set("dear:x", 1, 60)
    monkeypatch.setattr(dear.cache, "incr", int, raising=False)  # as where there is no such key
    assert dear.counted("dear:x", 60) == 1


HASTY = {  # what a reviewer asks in the fullest minute of his year: twenty cases decided in it, with all papers of ten of them
    "search": 25,  # the inbox after each decision, and a search in between
    "paper": 300,  # ten papers a case, the part, the picture and a sharper one of each
    "print": 10,
    "export": 5,
    "upload": 20,  # questions with papers
}


@pytest.mark.bare
@pytest.mark.parametrize("what", HASTY)
def test_no_normal_day_meets_a_limit(what):
    """Four times the fullest minute still fits; spans of ten minutes hold the fullest minute twice in each."""
    number, seconds = SHIPPED[what]
    assert number >= 4 * HASTY[what] * (1 if seconds == 60 else 2)


@pytest.mark.bare
def test_a_room_of_forty_people_registers_through_one_address():
    assert SHIPPED["signup"][0] * SHIPPED["shared"][0] >= 40 * 2
    assert SHIPPED["code"][0] * SHIPPED["shared"][0] >= 40 * 4


@pytest.mark.bare
@pytest.mark.heavy  # reads the sources
def test_every_dear_page_carries_a_limit():
    """Every list that can be taken away, every paper and PDF, every form that takes a file, whoever wants an account or a code."""
    entries = {entry.name: entry for entry in patterns(get_resolver())}
    assert {*dear.DEAR, *dear.DEAR_ACTS} - entries.keys() == set()
    lists = {name for name, entry in entries.items() if hasattr(entry.callback, "listing")}
    assert {name for name in lists if not dear.counted_as(matched(entries[name]), "GET")} == set()
    takes = {entry.name for entry in entries.values() if reads(entry.callback, "FILES")}
    assert len(takes) > 10
    assert takes - dear.DEAR_ACTS.keys() == set()
    gives = {name for name, entry in entries.items() if reads(entry.callback, *FILES)}
    assert len(gives) > 5
    assert gives - dear.DEAR.keys() - dear.DEAR_ACTS.keys() == {*CHEAP}


CHEAP = {"mall_picture": "a kept file of at most 25 KB beside each of twenty cards, which a browser fetches once"}
FILES = ("FileResponse", "CONTENT_TYPE", "application/pdf", "image/webp", "served", "pdf")


def matched(entry):
    class Match:
        func, view_name = entry.callback, entry.name

    return Match


def reads(view, *names):
    """Whether the view, or a function of its own module that it calls, has one of the names in it."""
    view = inspect.unwrap(view)
    if not view.__module__.startswith(OWN):
        return False
    functions = words_of_functions(inspect.getsourcefile(view))
    seen, left = set(), {view.__name__}
    while left:
        name = left.pop()
        seen.add(name)
        words, called = functions[name]
        if words.intersection(names):
            return True
        left |= (called & functions.keys()) - seen
    return False


@functools.cache
def words_of_functions(path):
    """{function: (the names, attributes and words that stand in it, the names alone)}."""
    found = {}
    for node in ast.walk(ast.parse(Path(path).read_text())):
        if isinstance(node, ast.FunctionDef):
            parts = list(ast.walk(node))
            called = {part.id for part in parts if isinstance(part, ast.Name)}
            found[node.name] = ({word for part in parts for word in said(part)}, called)
    return found


OWN = (
    "accounts",
    "catalog",
    "orders",
    "vouchers",
    "redemption",
    "reviews",
    "records",
    "seals",
    "tten",
    "notifications",
)


def said(node):
    """The name, attribute or word that stands there."""
    found = (getattr(node, name, None) for name in ("id", "attr", "value"))
    return [word for word in found if isinstance(word, str)]


@pytest.mark.bare
def test_the_administration_looks_for_rows_in_the_same_way():
    assert dear.counted_as(resolve("/admin/accounts/user/"), "GET") == "search"
    assert portal.LIMITS.keys() == dear.WORDS.keys() | {"shared"}
