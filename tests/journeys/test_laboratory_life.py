"""A life with a 京津冀 laboratory: found by a word of two characters, papers name its 依托单位, paid like any other."""

import pytest

from accounts.models import Unit, UnitMember
from catalog.mall.services import refresh_provider
from policy.models import PolicyVersion
from redemption.form.freezing import frozen_form
from tests.factories import World, make_laboratory, make_product, make_user
from tests.helpers import afresh, new_policy
from tests.journeys import person as p
from vouchers.models import QuotaAccount

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def lab(world):
    """A listed laboratory with one service; its 依托单位 keeps its desk."""
    lab = make_laboratory()
    unit = Unit.objects.create(name=lab.host_name, uscc=lab.host_uscc, kind="institution")
    UnitMember.objects.create(unit=unit, user=make_user("host"), role=UnitMember.Role.ADMIN)
    lab.provider.unit = unit
    lab.provider.save()
    lab.service = make_product(lab.provider, name="复合材料疲劳检测")
    refresh_provider(lab.provider)
    return lab


def approved(world, lab):
    firm = p.Person(world.applicant)
    application = p.apply(firm, p.order(firm, lab.service))
    for reviewer in (world.district, world.body):
        application = p.Person(reviewer).decide(application)
    host = p.Person(lab.provider.unit.members.get())
    host.send("order_move", application.order.number, "confirm")
    return application


def test_from_the_search_to_the_experts_word(world, lab):
    visitor = p.Person()
    for word in ("检测", "疲劳", "样例实验室"):
        assert lab.provider.name in visitor.client.get(p.reverse("lab_list"), {"q": word}).content.decode()
    assert lab.service.name in visitor.reads("lab_detail", lab.number)
    firm, second = p.Person(world.applicant), p.Person(world.body_second)
    claim = p.claim_for(firm, approved(world, lab))
    claim = p.Person(world.body).decide(p.Person(world.district).decide(claim))
    form = frozen_form(claim)
    assert (form.service.provider, form.service.laboratory) == ("北京样例研究院", lab.provider.name)
    firm.send("claim_form_upload", claim.number, scan=p.paper("盖章.pdf"), seen=claim.version)
    p.review_form(second, world, afresh(claim))
    claim = second.decide(afresh(claim))
    assert (claim.state, claim.final_amount) == ("passed", 10_000)
    assert QuotaAccount.objects.get().used == 10_000


def test_papers_in_the_laboratory_s_own_name_are_refused(world, lab):
    firm = p.Person(world.applicant)
    claim = p.draft_claim(firm, approved(world, lab))
    typed = p.rows_of(claim)["invoice"] | {"seller": lab.provider.name}
    firm.send("claim_row_edit", claim.number, "invoice", claim.invoices.get().pk, **typed)
    sentence = f"的销售方“{lab.provider.name}”与本事项的“北京样例研究院”不一致"
    assert sentence in firm.reads("claim_check", claim.number)
    answer = firm.client.post(p.reverse("claim_submit", args=[claim.number]), {"seen": claim.version})
    assert (answer.status_code, sentence in answer.content.decode()) == (409, True)
    assert (afresh(claim).state, claim.invoices.get().live) == ("draft", False)


def test_a_laboratory_that_leaves_the_list_takes_no_new_orders_and_old_ones_go_on(world, lab):
    application = approved(world, lab)
    lab.status = "removed"
    lab.save()
    firm = p.Person(world.applicant)
    assert firm.client.post(p.reverse("order_place", args=[lab.service.number]), {}).status_code == 200
    assert p.claim_for(firm, application).state == "district"
    assert lab.provider.name in firm.reads("order_detail", application.order.number)


def test_a_cap_of_its_own_where_the_policy_says_so(world, lab):
    new_policy(jjj_shares_cap=False)
    firm = p.Person(world.applicant)
    p.apply(firm, p.order(firm, world.product))
    p.apply(firm, p.order(firm, lab.service))
    accounts = QuotaAccount.objects.order_by("pool").values_list("pool", "reserved")
    assert list(accounts) == [("municipal", 10_000), ("regional", 10_000)]
    assert PolicyVersion.objects.in_force().name == "测试版"
