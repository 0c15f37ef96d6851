"""The frame of every page: what of it is drawn once for all, and what is each person's own."""

import re

import pytest
from django.urls import reverse

from notifications.models import Notice
from tests.factories import World
from tten.context import column_row

pytestmark = pytest.mark.django_db
HERE = re.compile(r'<a href="([^"]+)" aria-current="page">')


def columns_of(client, address):
    page = client.get(address).content.decode()
    return HERE.findall(page.partition('<nav class="columns"')[2].partition("</nav>")[0])


def test_each_page_names_its_own_column_however_often_the_row_was_drawn(client):
    World()
    addresses = [reverse(name) for name in ("home", "product_list", "lab_list", "voucher_home")]
    for _ in range(2):
        assert [columns_of(client, address) for address in addresses] == [[address] for address in addresses]
    assert columns_of(client, reverse("account_login")) == []
    assert column_row("") is column_row("")


@pytest.mark.parametrize("name", ["product_list", "order_list"])
def test_what_is_unread_is_told_with_the_menu_and_without_it_and_to_its_person_alone(client, name):
    world = World()
    Notice.objects.all().delete()
    pages = []
    for person in (world.applicant, world.provider_member):
        client.force_login(person)
        Notice.objects.create(recipient=world.applicant, kind="x", subject="t", body="t")
        pages.append(client.get(reverse(name)).content.decode())
    told = ['<span class="count">1</span>' in page.partition("</section>")[0] for page in pages]
    assert told == [True, False]
