import pytest
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db


def look(client, **query):
    return client.get("/mall/", query).context["look"]


def test_the_list_is_cards_until_rows_are_chosen_and_stays_so_in_the_session(client, shelf):
    assert look(client) == "cards"
    answer = client.post("/mall/look/", {"view": "rows", "query": "q=检测&sort=new"})
    assert answer.url == "/mall/?q=%E6%A3%80%E6%B5%8B&sort=new&view=rows"
    assert look(client) == "rows"
    assert look(client, view="cards") == "cards"  # the address is stronger, and is not remembered
    assert look(client) == "rows"


def test_who_has_signed_in_finds_it_as_he_left_it_on_another_machine(shelf):
    person = make_user("looker")
    first, second = Client(), Client()
    first.force_login(person)
    first.post("/mall/look/", {"view": "rows"})
    second.force_login(person)
    assert look(second) == "rows"
    second.post("/mall/look/", {"view": "cards"})
    assert look(first) == "cards"
    assert look(Client()) == "cards"
    assert "view" not in first.session


@pytest.mark.parametrize("senseless", ["", "nothing"])
def test_a_senseless_word_is_cards(client, shelf, senseless):
    assert client.post("/mall/look/", {"view": senseless}).url == "/mall/?view=cards"
    assert look(client, view=senseless) == "cards"


def test_chips_and_search_carry_the_look_along(client, shelf):
    page = client.get("/mall/", {"view": "rows", "region": "beijing"}).content.decode()
    assert 'class="look-rows"' in page
    assert '<input type="hidden" name="view" value="rows">' in page
    assert "?view=rows" in page


def test_the_way_back_leads_nowhere_else(client, shelf):
    assert client.post("/mall/look/", {"view": "rows", "query": "//elsewhere.example/?q=1"}).url.startswith("/mall/?")
