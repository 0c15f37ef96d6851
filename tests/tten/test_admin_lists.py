"""A list of the administration costs the same however long it is: nothing is counted or compared to its end."""

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from catalog.models import Product
from tests.factories import World, drive_claim, make_product
from tests.tour_of_keepers import rows_of_administration
from ui import paging
from ui.templatetags.ui import money

pytestmark = pytest.mark.django_db
GROWING = re.compile(
    r"accounts_(?!district)|records_|notifications_|reviews_turn|orders_|vouchers_|redemption_|catalog_(product|prov|lab)"
)
PRODUCTS = reverse("admin:catalog_product_changelist")


def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


def lists(world):
    """(browser, address) of every list, by somebody who may read it."""
    people = (world.auditor, world.curator, world.administrator, world.municipal)
    browsers = [browser_of(person) for person in people]
    for table in admin.site._registry.values():
        url = reverse(f"admin:{table.opts.app_label}_{table.opts.model_name}_changelist")
        yield next((browser, url) for browser in browsers if browser.get(url).status_code == 200)


def counts_all(sql):
    return sql.startswith("SELECT COUNT(") and "LIMIT" not in sql


def test_no_list_is_counted_to_its_end_nor_asked_for_its_days(world_of_rows):
    for browser, url in lists(world_of_rows):
        with CaptureQueriesContext(connection) as asked:
            browser.get(url)
        told = [query["sql"] for query in asked if GROWING.search(query["sql"])]
        assert [sql for sql in told if counts_all(sql) or "DATE_TRUNC" in sql or "SELECT DISTINCT" in sql] == [], url


@pytest.fixture
def world_of_rows():
    world = World()
    rows_of_administration(world)
    return world


def test_beyond_what_is_counted_the_list_says_so(monkeypatch):
    world = World()
    monkeypatch.setattr(paging, "MOST", 2)
    monkeypatch.setattr(admin.site._registry[Product], "list_per_page", 1)
    browser = browser_of(world.curator)
    assert "1 服务产品" in browser.get(PRODUCTS).content.decode()
    for _ in range(2):
        make_product(world.provider)
    page = browser.get(PRODUCTS, {"p": 9})
    assert [page.context["cl"].result_count, page.context["cl"].page_num] == [2, 2]
    assert "2+ 服务产品" in page.content.decode()


def test_an_act_on_all_is_on_those_that_were_counted(monkeypatch):
    world = World()
    monkeypatch.setattr("tten.admin_site.MOST", 1)
    sent = {"action": "close", "_selected_action": [world.applicant.pk], "select_across": "1"}
    browser_of(world.administrator).post(reverse("admin:accounts_user_changelist"), sent)
    assert User.objects.filter(is_active=False).count() <= 1


def test_amounts_of_a_row_that_is_read_and_of_those_below_are_written_as_everywhere():
    world = World()
    claim = drive_claim(world.make_claim(), "district", world)
    browser = browser_of(world.auditor)
    rows = {
        "vouchers_application": claim.application,
        "redemption_claim": claim,
        "orders_order": claim.application.order,
    }
    for name, row in rows.items():
        page = browser.get(reverse(f"admin:{name}_change", args=[row.pk])).content.decode()
        texts = re.findall(r">\s*([0-9][0-9,]*\.[0-9]{2})\s*<", page)
        assert (name, texts) == (name, [])
    page = browser.get(reverse("admin:vouchers_application_change", args=[claim.application.pk])).content.decode()
    application = claim.application
    assert page.count(money(application.applied_amount)) > 1  # its own, and the entry that holds it
    assert f'<span class="money">{money(application.contract_amount)}</span>' in page
