"""京津冀 in a browser: find a laboratory by institution and by service, choose a service, and go on as in the mall."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from catalog.mall.services import refresh_laboratory
from catalog.models import Provider
from orders.models import Order
from tests.browser.test_journey import NEED, TODAY
from tests.factories import World, make_laboratory, make_product

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_firm_orders_a_service_of_a_laboratory_and_may_apply_for_a_voucher(stage):
    world = World()
    laboratory = make_laboratory()
    make_product(laboratory.provider, name="复合材料疲劳测试")
    refresh_laboratory(laboratory)
    firm = stage.staff("applicant")
    firm.go("/labs/").look("50-laboratories").sees(laboratory.provider.name)
    firm.go("/labs/?by=service&q=疲劳").sees(laboratory.provider.name)
    firm.press(laboratory.provider.name, role="link", exact=False).sees("复合材料疲劳测试").look("51-laboratory")
    firm.press("立刻申请 复合材料疲劳测试", role="link")
    firm.fill(requirement=NEED, budget="20000", wanted_on=str(TODAY() + dt.timedelta(30)), contact="贾经办")
    firm.fill(phone="13800000000").press("确认申请")
    order = Order.objects.get()
    assert (order.unit, order.provider, order.state) == (world.unit, laboratory.provider, "placed")
    firm.go("/vouchers/applications/").sees("复合材料疲劳测试")


def test_a_visitor_finds_a_district_by_keyboard_and_reads_its_batch(stage):
    here, there = make_laboratory(), make_laboratory()
    Provider.objects.filter(pk=here.provider_id).update(region="tianjin", city="西青区", name="样例膜材料实验室")
    for laboratory in (here, there):
        laboratory.refresh_from_db()
        refresh_laboratory(laboratory)
    visitor = stage.enter("visitor").go("/labs/")
    tile = visitor.page.get_by_role("link", name="西青区，1 家", exact=True)
    tile.focus()
    visitor.page.keyboard.press("Enter")
    visitor.sees("样例膜材料实验室").look("52-laboratories-of-a-district")
    expect(visitor.page.get_by_role("link", name="西青区，1 家，已选，点按取消")).to_have_attribute(
        "aria-current", "true"
    )
    expect(visitor.page.get_by_text(there.provider.name)).to_have_count(0)
    visitor.press("第 1 批", role="link").sees("京津冀开放实验室第 1 批").look("53-batch")
    visitor.go("/mall/?q=膜材料").press("实验室 1 个", role="link").sees("样例膜材料实验室")
