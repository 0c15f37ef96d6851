"""A page beyond the end is the last one, with a sentence; whatever is no page is the first: one way for every list."""

import ast
import re
from types import SimpleNamespace

import pytest
from django.contrib import messages
from django.urls import reverse

from orders.models import Order
from tests.factories import World
from tests.test_house import ROOT, sources
from ui import paging
from ui.paging import page_of

WORDS = re.compile(r"---------|选择 | 来修改|Model name|Add link|按[a-z_]+|>\s*注销")  # Django's own, as it shows them
SAYING = "没有这么多页，下面是最后一页（第 {} 页）。"
FIRST = (
    "",
    "0",
    "00",
    "-1",
    "-7",
    "1",
    "x",
    "1.5",
    "1e3",
    "٢",
    "２",
    "²",
    " 2",
    "2 ",
    "+2",
    "None",
    "last",
    "\0",
    "%s",
    "NaN",
)
LAST = ("4", "04", "999", "9" * 10, "9" * 10_000)


@pytest.fixture
def said(monkeypatch):
    """What the reader is told."""
    told = []
    monkeypatch.setattr(messages, "info", lambda _request, sentence: told.append(sentence))
    return told


def asked(page, rows=45):
    return page_of(SimpleNamespace(GET={} if page is None else {"page": page}), range(rows)).number


@pytest.mark.parametrize("page", [None, *FIRST])
def test_what_is_no_page_or_below_the_first_is_the_first(said, page):
    assert (asked(page), said) == (1, [])


@pytest.mark.parametrize("page", LAST)
def test_beyond_the_end_is_the_last_page_and_says_so(said, page):
    assert (asked(page), said) == (3, [SAYING.format(3)])


def test_a_page_that_is_there_is_that_page(said):
    assert ([asked("2"), asked("002"), asked("3")], said) == ([2, 2, 3], [])


def test_an_empty_list_has_one_page_and_no_sentence(said):
    assert (asked("7", rows=0), said) == (1, [])


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["certification_list", "admission_list"])
def test_the_sentence_stands_on_the_page(client, name):
    client.force_login(World().platform)
    page = client.get(reverse(name), {"page": "9"})
    assert (SAYING.format(1) in page.content.decode()) is bool(page.context["page"].paginator.count)
    assert SAYING.format(1) not in client.get(reverse(name), {"page": "-9"}).content.decode()


@pytest.mark.django_db
def test_a_list_of_the_administration_keeps_its_filter(client):
    world = World()
    client.force_login(world.auditor)
    events = reverse("admin:records_event_changelist")
    for number in ("0", "-3", "x", "99"):
        page = client.get(events, {"p": number, "q": "提交"})
        assert (page.status_code, page.context["cl"].page_num, page.context["cl"].query) == (200, 1, "提交")
        assert (SAYING.format(1) in page.content.decode()) is (number == "99")


@pytest.mark.django_db
@pytest.mark.parametrize("year", ["9" * 20, "0", "-1", "x", "1e9999"])
def test_a_year_that_no_calendar_has_is_no_error_of_the_administration(client, year):
    client.force_login(World().auditor)
    answer = client.get(reverse("admin:records_event_changelist"), {"at__year": year})
    assert (answer.status_code, answer.headers["Location"].endswith("?e=1")) == (302, True)


@pytest.mark.heavy
def test_no_list_finds_its_page_another_way():
    own = {"ui/paging.py", "ui/samples.py"}  # the second shows the pager in the gallery
    found = []
    for path in sources():
        name = str(path.relative_to(ROOT))
        text = path.read_text()
        calls = [node.func for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
        named = {getattr(call, "id", getattr(call, "attr", "")) for call in calls}
        if name not in own and named & {"Paginator", "get_page"}:
            found.append(name)
        if name not in own and re.search(r"GET(\.get\(|\[)\"page\"", text):
            found.append(name)
    assert found == []


@pytest.mark.django_db
@pytest.mark.parametrize(("person", "model"), [("curator", "catalog_product"), ("administrator", "accounts_user")])
def test_a_list_of_the_administration_speaks_as_the_portal_does(client, person, model):
    client.force_login(World().people[person])
    page = client.get(reverse(f"admin:{model}_changelist")).content.decode()
    assert WORDS.findall(page) == []
    assert person == "curator" or '<option value="" selected>请选择</option>' in page


@pytest.mark.django_db
def test_far_behind_the_rows_are_those_of_their_keys_in_the_same_order(monkeypatch, django_assert_num_queries):
    world = World()
    made = [world.make_order().pk for _ in range(45)]
    monkeypatch.setattr(paging, "FAR", 20)
    request = SimpleNamespace(GET={"page": "3"})
    with django_assert_num_queries(3):  # how many, the keys, the rows
        page = page_of(request, Order.objects.filter(pk__in=made).select_related("provider").order_by("-pk"))
        assert [row.pk for row in page if row.provider] == made[::-1][40:]
