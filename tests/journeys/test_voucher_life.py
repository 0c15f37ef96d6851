"""One whole life, from registration to 专家评审通过, through the real forms."""

import pytest

from accounts.models import Unit, User
from notifications.models import Notice
from records.steps import chain_holds
from tests.accounts.login import code_for
from tests.factories import World
from tests.helpers import afresh
from tests.journeys import person as p
from ui.printing import pdf_ready

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
CODE = "91120222MA00000312"


@pytest.fixture
def world():
    return World()


def register():
    """Somebody new, signed in by the registration itself once his number is proved."""
    newcomer = p.Person()
    newcomer.send(
        "account_signup",
        username="haihe",
        phone="13800000009",
        name="岳·样例",
        password1="tten-Reg-2026",
        password2="tten-Reg-2026",
        agrees="on",
    )
    newcomer.send("account_code", code=code_for("13800000009"))
    assert newcomer.open("user_center").context["user"] == User.objects.get(username="haihe")
    return newcomer


def certify(newcomer, world):
    """单位认证 from the blank form to the platform's word."""
    newcomer.send(
        "certification_edit",
        name="雍阳样例（天津）工贸有限公司",
        uscc=CODE.lower(),
        kind="enterprise",
        district="120104",
        licence=p.picture("营业执照.png"),
        address="南开区样例路 8 号",
        founded_on="2019-03-04",
        act="submit",
        legal_representative="甄样例",
        handler_name="岳·样例",
        handler_phone="13800000009",
        licence_permanent="on",
    )
    unit = Unit.objects.get(uscc=CODE)
    newcomer.open("certification_check")
    newcomer.send("certification_submit", unit.number, seen=unit.version)
    return p.Person(world.platform).decide(unit)


def export(applicant, claim):
    """The 兑现申请表, twice: equal content gives equal bytes."""
    address = p.reverse("claim_form_export", args=[claim.number])
    first, second = (applicant.client.post(address) for _ in range(2))
    assert first["Content-Type"] == "application/pdf"
    assert first.content == second.content
    return first.content


def to_the_experts(applicant, world, application):
    """Redemption up to 专家评审中."""
    claim = p.claim_for(applicant, application)
    claim = p.Person(world.district).decide(claim)
    claim = p.Person(world.body).decide(claim)
    assert (claim.state, claim.redeemed_amount, claim.form_version) == ("accepted", 10_000, 1)
    if not pdf_ready():
        assert export(applicant, claim).startswith(b"%PDF")
    applicant.send("claim_form_upload", claim.number, scan=p.paper("盖章申请表.pdf"), seen=afresh(claim).version)
    return afresh(claim)


def test_from_registration_to_the_experts_word(world):
    firm = register()
    unit = certify(firm, world)
    bought = p.order(firm, world.product)
    application = p.apply(firm, bought)
    for reviewer in (world.district, world.body):
        application = p.Person(reviewer).decide(application)
    assert (unit.state, application.state, application.approved_amount) == ("certified", "approved", 10_000)
    p.Person(world.provider_member).send("order_move", bought.number, "confirm")
    claim = to_the_experts(firm, world, application)
    second = p.Person(world.body_second)
    p.review_form(second, world, claim)
    claim = second.decide(claim, text="专家组一致同意。")
    account = afresh(application.account)
    assert (claim.state, claim.final_amount, afresh(application).state) == ("passed", 10_000, "redeemed")
    assert (account.reserved, account.approved, account.used) == (0, 0, 10_000)
    assert all(chain_holds(case) for case in (unit, bought, application, claim))
    p.Person(world.municipal).send("payment_record", claim=claim.pk, paid_on=p.day(), reference="样例 3 号")
    tell_the_end(firm, world, claim)


def tell_the_end(firm, world, claim):
    """What stands on the applicant's pages at the end, and what does not."""
    page = firm.reads("claim_detail", claim.number)
    assert [
        word
        for word in ("专家评审通过", "南开区科技局", "样例专业机构", "专家组一致同意。", f"已于 {p.day()} 拨付")
        if word not in page
    ] == []
    assert [word for word in ("测试district", "测试body", "测试expert_1") if word in page] == []
    told = Notice.objects.filter(recipient__username="haihe").values_list("kind", flat=True)
    assert set(told) == {
        "certification_passed",
        "order_confirmed",
        "application_body",
        "application_approved",
        "application_redeemed",
        "claim_formal",
        "claim_accepted",
        "claim_passed",
        "claim_paid",
    }
