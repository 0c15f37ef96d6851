"""这一步怎么办: every step that a page leads to is there, every page that is named exists; the browser's walk misses none that acts."""

import pytest
from django.urls import get_resolver, reverse

from help.book import address_of
from help.steps import PAGES, PLACES, step_of
from tests.factories import World
from tests.test_house import patterns


@pytest.mark.heavy
def test_every_page_that_is_named_exists_once_and_every_step_is_there():
    named = [name for names in PAGES.values() for name in names.split()]
    assert len(named) == len(PLACES)
    assert set(named) - {entry.name for entry in patterns(get_resolver())} == set()
    assert [place for place in PAGES if not address_of(place).partition("#")[2]] == []


@pytest.mark.bare
def test_a_page_without_a_step_leads_nowhere():
    assert (step_of("home"), step_of("claim_edit")) == ("", "/help/firm/claim/#invoices")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "page", "step"),
    [
        ("applicant", "application_list", "/help/firm/apply/#before"),
        ("district", "turn_list", "/help/desk/inbox/#find"),
        ("expert_1", "seat_list", "/help/expert/seat/#word"),
    ],
)
def test_a_page_leads_to_its_step(client, role, page, step):
    client.force_login(World().people[role])
    words = client.get(reverse(page)).content.decode()
    assert words.count(f'class="step-help" href="{step}"') == 1


@pytest.mark.django_db
def test_a_page_that_is_not_there_leads_to_no_step(client):
    assert "step-help" not in client.get("/nowhere/").content.decode()
