"""A NUL that was pasted along is left out, and what was typed around it is kept; a list that is asked for one finds nothing."""

import pytest
from django.urls import reverse

from accounts.models import KeptForm
from orders.models import Order
from tests.factories import World, drive_application
from vouchers.models import Application

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def applicant(client, world):
    client.force_login(world.applicant)
    return client


def test_what_was_pasted_into_a_draft_is_saved_without_it(applicant, world):
    case = drive_application(world.make_application(), "draft", world)
    page = applicant.post(
        reverse("application_edit", args=[case.number]),
        {"act": "save", "seen": case.version, "content": "前半\0后半"},
    )
    assert (page.status_code, Application.objects.get(pk=case.pk).content) == (302, "前半后半")


def test_a_refused_form_shows_the_text_again(applicant, world):
    page = applicant.post(
        reverse("order_place", args=[world.product.number]), {"requirement": "检\0测二十件样品的力学性能", "phone": "1"}
    )
    words = page.content.decode()
    assert (page.status_code, "检测二十件样品的力学性能" in words, "\0" in words) == (200, True, False)
    assert Order.objects.count() == 0


def test_what_is_kept_at_a_door_holds_none(client, world):
    client.force_login(world.applicant)
    client.get(reverse("user_center"))
    client.cookies.pop("sessionid")
    client.post(reverse("profile_edit"), {"name": "王\0小明", "o\0dd": "x"})
    assert KeptForm.objects.get().fields == [["name", "王小明"], ["odd", "x"]]


@pytest.mark.parametrize("name", ["order_list", "application_list", "notice_list", "product_list", "claim_list"])
@pytest.mark.parametrize("query", ["?q=%00", "?q=a%00b", "?page=%00", "?state=%00", "?%00=1"])
def test_a_list_that_is_asked_for_one_answers(applicant, name, query):
    assert applicant.get(reverse(name) + query).status_code == 200


def test_a_search_for_it_finds_nothing(applicant, world):
    world.make_application()
    found = applicant.get(reverse("product_list") + "?q=%00")
    assert world.product.name not in found.content.decode()


@pytest.mark.parametrize("path", ["/account/kept/a%00b/", "/orders/a%00b/", "/%00"])
def test_no_page_has_one_in_its_address(applicant, path):
    assert applicant.get(path).status_code == 404
