"""京津冀 in a browser: find a laboratory by institution and by service, choose a service, and go on as in the mall."""

import datetime as dt

import pytest

from catalog.mall.services import refresh_laboratory
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
    firm.fill(requirement=NEED, budget="10 件", wanted_on=str(TODAY() + dt.timedelta(30)), contact="贾经办")
    firm.fill(phone="13800000000").press("确认申请")
    order = Order.objects.get()
    assert (order.unit, order.provider, order.state) == (world.unit, laboratory.provider, "placed")
    firm.go("/vouchers/applications/").sees("复合材料疲劳测试")
