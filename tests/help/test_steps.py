"""这一步怎么办: every step that a page leads to is there, every page that is named exists; the browser's walk misses none that acts."""

import pytest
from django.urls import get_resolver, reverse

from catalog.asking.services import ask_about
from help.book import address_of
from help.steps import PAGES, PARTS, PLACES, step_of
from tests.factories import World, drive_application, drive_order
from tests.orders.wanting import shown
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


def step_on(client, person, address):
    """Where the page's link leads."""
    client.force_login(person)
    _, link, rest = client.get(address).content.decode().partition('class="step-help" href="')
    return rest.partition('"')[0] if link else ""


@pytest.mark.bare
def test_what_is_led_elsewhere_has_a_usual_step_too_and_every_step_is_there():
    for steps in PARTS.values():
        for place, names in steps.items():
            assert address_of(place).partition("#")[2]
            assert set(names.split()) - set(PLACES) - {"application_check", "claim_check"} == set()


@pytest.mark.django_db
def test_a_returned_case_leads_its_firm_to_what_a_return_wants_and_the_office_to_its_own(client):
    world = World()
    case = drive_application(world.make_application(), "district_returned", world)
    edit = f"{case.get_absolute_url()}edit/"
    assert step_on(client, world.applicant, case.get_absolute_url()) == "/help/firm/returned/#read"
    assert step_on(client, world.applicant, edit) == "/help/firm/returned/#mend"
    assert step_on(client, world.district, case.get_absolute_url()) == "/help/desk/decide/#look"


@pytest.mark.django_db
def test_an_order_leads_buyer_and_provider_to_their_own(client):
    world = World()
    order = drive_order(world.make_order(), "placed", world)
    assert step_on(client, world.applicant, order.get_absolute_url()) == "/help/firm/mall/#bought"
    assert step_on(client, world.provider_member, order.get_absolute_url()) == "/help/provider/orders/#confirm"


@pytest.mark.django_db
def test_a_question_and_a_need_lead_each_side_to_its_own(client):
    world = World()
    asked, wanted = ask_about(world.product, "样品最小要多大？", by=world.applicant), shown(world)
    steps = {
        (name, page): step_on(client, world.people[name], page.get_absolute_url())
        for name in ("applicant", "provider_member", "curator")
        for page in (asked, wanted)
    }
    assert steps == {
        ("applicant", asked): "/help/firm/mall/#ask",
        ("provider_member", asked): "/help/provider/orders/#answer",
        ("curator", asked): "/help/curator/catalog/#moderate",
        ("applicant", wanted): "/help/firm/mall/#wanted",
        ("provider_member", wanted): "/help/provider/orders/#offer",
        ("curator", wanted): "/help/curator/catalog/#moderate",
    }
