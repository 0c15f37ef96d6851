"""A life of a service institution: from the certified unit to the marked product, an order with the mark, and the end."""

import datetime as dt

import pytest
import time_machine

from catalog.mall.services import set_mark
from catalog.models import Admission, Product
from catalog.tasks import expire, remind
from notifications.models import Notice
from tests.factories import World, make_category
from tests.helpers import afresh
from tests.journeys import person as p

pytestmark = pytest.mark.django_db
SUMMARY = "专业检测机构，设备齐全，人员稳定，面向企业研发活动，按标准方法出具盖章的报告，并解释结果。"


@pytest.fixture
def world():
    return World()


@pytest.fixture
def testing(db):
    return make_category(name="材料性能测试", parent=make_category(name="检验检测"))


def apply(firm, category, **changes):
    """服务机构入驻: start, fill in with a certificate, check, hand in."""
    firm.reads("admission_home")
    firm.send("admission_start")
    admission = Admission.objects.latest("pk")
    typed = {
        "summary": SUMMARY,
        "region": "tianjin",
        "address": "样例路 1 号",
        "contact": "贾经办",
        "phone": "13800000000",
        "scope": [category.pk],
        "pledge": "on",
        "rows": "1",
        "row0-kind": "cnas",
        "row0-number": "CNAS-L00001",
        "row0-valid_from": "2025-01-01",
        "row0-permanent": "on",
        "row0-file": p.paper("CNAS.pdf"),
        "act": "submit",
        "seen": admission.version,
    }
    firm.send("admission_edit", admission.number, **typed | changes)
    assert firm.open("admission_check", admission.number).context["refusals"] == []
    firm.send("admission_submit", admission.number, seen=afresh(admission).version)
    return afresh(admission)


def offer(firm, provider, category):
    """A product of the provider, on the shelf; the platform's curator gives it the mark."""
    typed = {
        "provider": provider.pk,
        "name": "复合材料疲劳检测",
        "category": category.pk,
        "summary": "",
        "price": "20000",
        "description": "按样例标准开展疲劳试验，客户提供试样十件以上，出具盖章报告。",
        "deliverable": "检测报告",
        "duration": "10 个工作日",
        "price_unit": "次",
    }
    firm.send("provider_product_new", **typed)
    product = Product.objects.get(name="复合材料疲劳检测")
    firm.send("provider_product_status", product.number, status="on_sale")
    return set_mark(product, marked=True)


def test_from_the_certified_unit_to_the_voucher_and_to_the_end(world, testing):
    firm, platform, buyer = p.Person(world.applicant), p.Person(world.platform), p.Person(world.stranger)
    admission = platform.decide(apply(firm, testing), "send_back", "请补充说明检测能力。", corrections=["summary"])
    assert (admission.state, "请补充说明检测能力" in firm.reads("admission_detail", admission.number)) == (
        "returned",
        True,
    )
    row = admission.qualifications.get()
    again = {"row0-pk": row.pk, "row0-file": "", "seen": admission.version, "summary": SUMMARY * 2}
    firm.send("admission_edit", admission.number, **typed_again(testing), **again)
    firm.send("admission_submit", admission.number, seen=afresh(admission).version)
    admission = platform.decide(afresh(admission))
    assert admission.state == "admitted"
    product = offer(firm, admission.provider, testing)
    order = p.order(buyer, product)
    assert order.is_marked
    application = p.apply(buyer, order, district="120116")
    assert application.state == "district"
    the_end(world, admission, product, application)


def typed_again(category):
    """The form as it stood, without what the browser sends anew."""
    return {
        "region": "tianjin",
        "address": "样例路 1 号",
        "contact": "贾经办",
        "phone": "13800000000",
        "scope": [category.pk],
        "pledge": "on",
        "rows": "1",
        "row0-kind": "cnas",
        "row0-number": "CNAS-L00001",
        "row0-valid_from": "2025-01-01",
        "row0-permanent": "on",
        "act": "submit",
    }


def the_end(world, admission, product, application):
    """Reminded, ended: the mark rests, the running application goes on, a new admission wakes the mark."""
    last = admission.valid_until
    with time_machine.travel(dt.datetime.combine(last - dt.timedelta(15), dt.time(2), dt.UTC), tick=False):
        remind()
    assert Notice.objects.filter(recipient=world.applicant, kind="admission_ends_soon").count() == 1
    with time_machine.travel(dt.datetime.combine(last + dt.timedelta(1), dt.time(2), dt.UTC), tick=False):
        expire()
        visitor, firm, platform = p.Person(), p.Person(world.applicant), p.Person(world.platform)
        assert "券后约" not in visitor.reads("product_detail", product.number)
        assert p.Person(world.other_district).decide(application).state == "body"
        again = apply(firm, product.category, **{"row0-pk": "", "rows": "0"})
        assert platform.decide(again).state == "admitted"
        assert "券后约" in visitor.reads("product_detail", product.number)


def test_a_provider_and_its_order_stand_in_the_menu_where_they_belong(world):
    buyer, provider = p.Person(world.applicant), p.Person(world.provider_member)
    order = p.order(buyer, world.product)
    for person, label in ((buyer, "我买到的产品"), (provider, "收到的订单")):
        menu = person.open("order_detail", order.number).context["menu"]
        assert [item["label"] for group in menu for item in group["items"] if item["active"]] == [label]
