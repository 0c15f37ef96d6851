"""A form that was left open while its case was handed in: what is typed into it is refused with its text, and shown."""

import pytest
from django.urls import reverse

from tests.factories import World, drive_application, drive_claim

pytestmark = pytest.mark.django_db
TYPED = "页面还开着的时候又写了一段新的说明"


@pytest.fixture
def world():
    return World()


def handed_in(world, name):
    """(address of the form, a field of it) of a case that lies at an office by now."""
    if name == "certification":
        return reverse("certification_edit"), "address"
    if name == "application":
        case = drive_application(world.make_application(), "district", world)
    elif name == "claim":
        case = drive_claim(world.make_claim(), "district", world)
    else:
        case = world.admit("pending", unit=world.other_unit, by=world.stranger)
    return reverse(f"{name}_edit", args=[case.number]), {"claim": "effect"}.get(name, "content")


@pytest.mark.parametrize("name", ["application", "claim", "admission", "certification"])
def test_what_was_typed_is_shown_beside_the_refusal(client, world, name):
    address, field = handed_in(world, name)
    client.force_login(world.stranger if name == "admission" else world.applicant)
    answer = client.post(address, {field: TYPED, "act": "save"})
    words = answer.content.decode()
    assert (answer.status_code, TYPED in words, "不能修改" in words) == (409, True, True)
    assert client.get(address).status_code == 302


def test_a_row_stays_in_its_list(client, world):
    claim = drive_claim(world.make_claim(), "district", world)
    client.force_login(world.applicant)
    address = reverse("claim_row", args=[claim.number, "contract"])
    answer = client.post(address, {"name": TYPED}, headers={"HX-Request": "true"})
    assert (answer.status_code, "不能修改" in answer.content.decode()) == (409, True)
    blank = client.get(address, headers={"HX-Request": "true"})
    assert blank.headers["HX-Redirect"] == claim.get_absolute_url()
