"""Long row lists in a browser: another part comes in place, keeps the focus, and asks before it drops what was typed."""

import pytest
from playwright.sync_api import expect

from tests.browser.stage import NARROW
from tests.factories import World
from tests.redemption.test_parts import multiply

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def firm(stage):
    claim = World().make_claim()
    multiply(claim)
    return stage.staff("applicant").go(f"/vouchers/claims/{claim.number}/edit/")


def test_another_part_comes_in_place_and_keeps_the_focus(firm):
    invoices = firm.page.locator("#rows-invoice")
    first = invoices.locator("tbody").first.get_attribute("id")
    firm.page.locator("#id_effect").fill("已完成。")
    invoices.get_by_role("link", name="2", exact=True).click()
    expect(invoices.locator("[aria-current]")).to_have_text("2")
    expect(invoices.locator("[aria-current]")).to_be_focused()
    assert invoices.locator("tbody").first.get_attribute("id") != first
    expect(firm.page.locator("#id_effect")).to_have_value("已完成。")
    firm.look("74-part")


def test_what_was_typed_into_a_row_is_asked_about(firm):
    invoices = firm.page.locator("#rows-invoice")
    invoices.get_by_role("link", name="添加").click()
    row = invoices.locator(".row-open")
    row.locator("[name=net]").fill("100")
    asked = []
    firm.page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    invoices.get_by_role("link", name="3", exact=True).click()
    expect(row).to_have_count(1)
    assert asked == ["这一行的修改还没有保存。确定要放弃吗？"]


def test_a_row_on_another_part_is_opened_and_saved_there(firm):
    invoices = firm.page.locator("#rows-invoice")
    invoices.get_by_role("link", name="15", exact=True).click()
    expect(invoices.locator("[aria-current]")).to_have_text("15")
    invoices.get_by_role("link", name="编辑").last.click()
    invoices.locator(".row-open").get_by_role("button", name="保存").click()
    expect(invoices.locator(".row-open")).to_have_count(0)
    expect(invoices.locator("[aria-current]")).to_have_text("15")


def test_on_a_phone_the_parts_turn_too(firm):
    firm.page.set_viewport_size(NARROW)
    firm.page.locator("#rows-receipt").get_by_role("link", name="2", exact=True).click()
    expect(firm.page.locator("#rows-receipt [aria-current]")).to_have_text("2")
    firm.look("75-part-narrow")
