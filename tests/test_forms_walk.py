"""Every form and every filter of the portal with fifty-seven hostile values: it answers, and the database holds.

One run gives each form and filter some of the values, in all its fields and in one; the next form goes on where this one
has stopped. `HOSTILE_ROUNDS=57` gives every form all of them.
"""

import copy
import os
import traceback
from functools import partial
from itertools import chain, count
from types import SimpleNamespace
from urllib.parse import urljoin

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import Resolver404, get_resolver, resolve, reverse

from redemption.models import Claim
from reviews import panel
from reviews.models import Turn
from tests import cheaper, hostile, test_tour, watch
from tests.accounts.guarding import sign_in
from tests.factories import World
from tests.test_house import address_of, patterns
from tests.tour import tour
from tests.tour_of_keepers import administration

pytestmark = [pytest.mark.django_db, pytest.mark.heavy]
FORM = "application/x-www-form-urlencoded"
ROUNDS = int(os.environ.get("HOSTILE_ROUNDS") or 1)  # requests of each sort
STEP = len(hostile.VALUES) // 3 - 2  # from one value to the next one; no divisor of their number


stub = test_tour.stub


class Undone(Exception):
    """Takes back whatever a request has written."""


@pytest.fixture(autouse=True)
def _any_number_of_queries(monkeypatch):
    """What is counted elsewhere are requests that people make."""
    monkeypatch.setattr(watch, "judge", lambda *_: None)


def test_there_are_fifty_seven():
    assert (len(hostile.VALUES), len({str(value) for value in hostile.VALUES})) == (57, 57)


SAMPLE = """<a href="?sort=name&page=2">x</a><form method="post" action="/a/"><input type="hidden" name="seen" value="3">
<input type="hidden" name="csrfmiddlewaretoken" value="x"><input name="name" value="甲"><input type="checkbox" name="on" value="1" checked>
<input type="checkbox" name="off" value="1"><select name="kind"><option value="a">A</option><option value="b" selected>B</option></select>
<textarea name="text">
words</textarea><button name="act" value="save">保存</button></form>"""


def test_a_form_is_read_as_a_browser_reads_it():
    page = hostile.Page(SAMPLE)
    form = page.forms[0]
    as_it_is = {"seen": ["3"], "name": ["甲"], "on": ["1"], "off": [], "kind": ["b"], "text": ["words"], "act": []}
    assert (page.asked, form.action, form.method) == ({"sort", "page"}, "/a/", "post")
    assert {name: held for name, (_, held) in form.fields.items()} == as_it_is
    assert hostile.typed_into(form, 2) == as_it_is | {"name": "\0", "text": "\0"}
    assert hostile.into_one(form, 2) == as_it_is | {"name": "\0"}
    assert hostile.everywhere(form.fields, 55)["kind"] == hostile.VALUES[2]


def test_a_field_outside_of_its_form_belongs_to_the_one_that_it_names():
    page = hostile.Page(
        '<select name="kind" form="row"><option value="a" selected></select><form><input name="q"></form><form id="row"></form>'
    )
    assert [form.fields for form in page.forms] == [{"q": ("text", [""])}, {"kind": ("select", ["a"])}]


def test_what_breaks_is_told_once_for_each_place():
    walk, broken = Walk(), SimpleNamespace(status_code=500, exc_info=(TypeError, TypeError("%"), None))
    for _ in range(2):
        walk.tried(Client(), "POST x", {"name": "%"}, lambda: broken)
    assert list(walk.found.values()) == [("POST x", "500", "TypeError('%')", "{'name': '%'}")]


def test_every_form_and_filter_of_the_portal(stub):
    world, walk = World(), Walk()
    assert walk.through(chain(tour(world, stub), further(world))) == []
    walk.send_unseen(sign_in(world.applicant), UNSEEN)
    assert sorted(walk.found.values(), key=str) == []
    assert not_met(walk, world) == set()


@pytest.mark.filterwarnings("ignore:DateTimeField .* received a naive datetime")  # a day, typed into an address by hand
def test_every_form_and_filter_of_the_administration():
    assert Walk().through(administration(World())) == []


UNSEEN = {  # address → its fields, of a form that stands on no page of the tour
    "account_delete": ("password", "agrees", "confirm"),
    "address_check": ("channel", "next"),
    "admission_laboratories": ("acting",),
    "admission_start": ("acting", "base"),
    "kept_form": ("act", "key"),
    "session_end": (),
    "unit_switch": ("unit", "next"),
    "wechat_unbind": ("password", "code"),
    "weixin_callback": ("code", "state"),
}
NO_FORM = {  # address → why nothing is sent there
    "account_home": "a page that asks for no method",
    "form_draft": "asked by a page that saves itself, with a token of its own: tests/accounts/test_drafts.py",
    "certification_check": "a page that asks for no method",
    "certification_view": "leads on, whatever the method",
    "mfa_reauthenticate_webauthn": "a passkey answers, not a form",
    "socialaccount_login_cancelled": "a page that asks for no method",
}


def further(world):
    """Pages that only show their forms in a state in which the tour leaves no case: experts at work, one who has left, a reader."""
    waiting = Turn.objects.filter(state="experts", closed_at=None, seats=None)
    turn = waiting.exclude(panel_lines__is_out=False).latest("pk")
    seats = panel.form_panel(turn, world.experts, by=world.body)
    yield sign_in(world.expert_1), seats[0].get_absolute_url()
    panel.recuse(seats[2], by=seats[2].expert)
    yield sign_in(world.body_second), turn.get_absolute_url()
    yield sign_in(world.reader), reverse("session_list")
    yield sign_in(world.reader), reverse("unit_leave", args=[world.unit.number])
    claim = Claim.objects.filter(unit=world.unit, state="draft").first()
    row = claim.invoices.first()
    yield sign_in(world.applicant), reverse("claim_edit", args=[claim.number]) + f"?edit=invoice-{row.pk}"


def not_met(walk, world):
    """The addresses that take a POST, and to which none was sent."""
    client, known = sign_in(world.applicant), {key[0] for key in walk.known} | set(NO_FORM)
    left = [entry for entry in patterns(get_resolver()) if entry.name not in known]
    return {
        entry.name for entry in left if kept_apart(client, partial(client.post, address_of(entry))).status_code < 404
    }


class Walk:
    """One way through pages; knows what it has met, by address and fields, and where among the values it is."""

    def __init__(self):
        self.known, self.found, self.asked, self.numbers = set(), {}, 0, count(0, STEP)

    def through(self, stops):
        """What broke, one line for each place."""
        with cheaper.for_thousands_of_requests():
            for client, address in stops:
                answer = self.tried(client, "page", "", lambda client=client, address=address: client.get(address))
                if is_page(answer):
                    self.look(hostile.Page(answer.content.decode()), client, address)
        return sorted(map(str, self.found.values()))

    def look(self, page, client, address):
        """Ask the page's own list, then send its forms."""
        path = address.partition("?")[0]
        if page.asked or any(
            form.method == "get" and name_of(urljoin(address, form.action)) == name_of(path) for form in page.forms
        ):
            names = hostile.names_asked(page)
            if self.is_new("GET", name_of(path), *names):
                self.ask(client, path, names)
        for form in page.forms:
            action = urljoin(address, form.action).partition("#")[0]
            if form.method == "post" and name_of(action) and self.is_new(name_of(action), *sorted(form.fields)):
                self.send(client, action, form)

    def send_unseen(self, client, forms):
        """Forms that are known by their names alone."""
        for entry in patterns(get_resolver()):
            if entry.name in forms and self.is_new(entry.name):
                form = hostile.Form({})
                for name in forms[entry.name]:
                    form.add(name, "text", "")
                self.send(client, address_of(entry), form)

    def is_new(self, *key):
        fresh = key not in self.known
        self.known.add(key)
        return fresh

    def ask(self, client, path, names):
        """The list asked for other values under its names."""
        for number in (next(self.numbers) for _ in range(2 * ROUNDS)):
            query = hostile.encoded(hostile.everywhere(names, number))
            self.tried(client, f"GET {name_of(path)}", query, lambda query=query: client.get(f"{path}?{query}"))

    def send(self, client, action, form):
        """The form with one value in every box, with one value in one box, and with another one in each field."""
        for number in (next(self.numbers) for _ in range(ROUNDS)):
            sorts = (
                hostile.typed_into(form, number),
                hostile.into_one(form, number),
                hostile.everywhere(form.fields, number),
            )
            for said in sorts:
                self.tried(client, f"POST {name_of(action)}", said, lambda said=said: sent(client, action, said))

    def tried(self, client, what, said, act):
        """The answer; keeps what broke."""
        self.asked += 1
        answer = kept_apart(client, act)
        if answer.status_code >= 500:
            error, trace = getattr(answer, "exc_info", (None, None, None))[1:]
            frames = [frame for frame in traceback.extract_tb(trace) if "/.venv/" not in frame.filename]
            where = (
                f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else str(answer.status_code)
            )
            self.found.setdefault((what, where), (what, where, repr(error)[:200], repr(said)[:300]))
        return answer


def is_page(answer):
    return getattr(answer, "status_code", 0) == 200 and answer.headers.get("Content-Type", "").startswith("text/html")


def name_of(address):
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return ""


def sent(client, action, said):
    """The answer, and the page to which it leads; with a token, without which no browser sends a form."""
    said = {"csrfmiddlewaretoken": "x", **said}
    if hostile.FILE in said.values():
        answer = client.post(action, hostile.with_files(said))
    else:
        answer = client.post(action, hostile.encoded(said), content_type=FORM)
    return client.get(answer.headers["Location"]) if answer.status_code == 302 else answer


def kept_apart(client, act):
    """The answer; whatever was written is held against every constraint and taken back."""
    cookies, answers = copy.deepcopy(client.cookies), []
    client.raise_request_exception = False  # the answer carries it
    block = transaction.atomic()
    block._from_testcase = True  # a verb is the outermost transaction of whoever calls it (records/doors.py)
    try:
        with block:
            answers.append(act())
            undo()
    except Undone:
        pass
    except DatabaseError as error:
        answers.append(SimpleNamespace(status_code=500, exc_info=(type(error), error, error.__traceback__)))
    client.cookies = cookies
    cache.clear()
    return answers[-1]


def undo():
    """Hold what was written against every constraint, then take it back."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    raise Undone
