"""What is known is put into an empty field by one click, saved as typed, and never put over what was typed."""

import pytest
from playwright.sync_api import expect

from accounts.models import FormDraft
from tests.factories import World
from vouchers.models import Application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_offers_fill_empty_fields_alone_and_are_saved_as_what_was_typed(stage):
    world = World()
    application = world.make_application()
    Application.objects.filter(pk=application.pk).update(contract_amount=None, applied_amount=None, planned_to=None)
    firm = stage.staff("applicant").go(f"/vouchers/applications/{application.number}/edit/")
    page = firm.page
    fill = {name: page.locator(f"button[data-known=id_{name}]") for name in ("contract_amount", "planned_to")}
    for button in fill.values():
        expect(button).to_be_visible()
    assert FormDraft.objects.count() == 0  # an offer is nothing that somebody typed
    page.locator("[name=planned_to]").fill("2027-01-05")
    expect(fill["planned_to"]).to_be_hidden()
    fill["contract_amount"].click()
    expect(page.locator("[name=contract_amount]")).to_have_value("20000.00")
    expect(page.locator("[name=contract_amount]")).to_be_focused()
    expect(fill["contract_amount"]).to_be_hidden()
    firm.sees("最多可申请 10,000 元").look("80-known")
    page.locator("button[data-known=id_applied_amount]").click()
    expect(page.locator("[name=applied_amount]")).to_have_value("10000.00")
    expect(page.locator("[data-saved]")).to_contain_text("已自动保存")
    expect(page.locator("[name=planned_to]")).to_have_value("2027-01-05")
    firm.go(f"/vouchers/applications/{application.number}/edit/").press("恢复这些内容")
    expect(page.locator("[name=contract_amount]")).to_have_value("20000.00")
    expect(fill["contract_amount"]).to_be_hidden()
