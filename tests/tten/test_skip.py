"""跳到正文 leads past the menus: behind it comes what the page is for."""

import re

import pytest
from django.urls import reverse

from tests.factories import World

pytestmark = pytest.mark.django_db
PAGES = (  # who reads it, the page, the menu that stands before its content
    ("applicant", "user_center", "desk-nav"),
    ("applicant", "order_list", "desk-nav"),
    ("district", "turn_list", "desk-nav"),
    ("applicant", "product_list", "product-nav"),
)


@pytest.mark.parametrize(("who", "name", "menu"), PAGES)
def test_the_link_leads_past_the_menu_at_the_side(client, who, name, menu):
    client.force_login(getattr(World(), who))
    page = client.get(reverse(name)).content.decode()
    target = re.search(r'class="skip-link" href="#([\w-]+)"', page).group(1)
    at = page.index(f'id="{target}" tabindex="-1"')
    assert page.index(f'class="{menu}"') < page.index("</nav>", page.index(f'class="{menu}"')) < at < page.index("<h1")


def test_a_page_without_such_a_menu_begins_at_its_main_part(client, db):
    page = client.get(reverse("home")).content.decode()
    assert 'class="skip-link" href="#main"' in page
