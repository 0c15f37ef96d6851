"""A life with every kind of return: 单位认证, 初审, 转办, 复审, 形式审查, 申请表; what was handed in is never lost."""

import pytest

from orders.services import move_order
from reviews.models import PanelSeat
from tests.factories import World, drive_application, drive_unit, make_unit, make_user
from tests.helpers import afresh
from tests.journeys import person as p

pytestmark = pytest.mark.django_db
WORDS = "服务内容与研发活动的关系不够清楚，请补充数据将用于哪个研发环节。"


@pytest.fixture
def world():
    return World()


def rounds(case):
    return list(case.turns.order_by("pk").values_list("state", "round"))


def test_a_unit_mends_its_papers_and_is_certified(world):
    user = make_user()
    unit = drive_unit(make_unit(user, "91120222MA00000312", "雍阳样例工贸有限公司", "120114"), "pending", world)
    unit = p.Person(world.platform).decide(unit, "send_back", "执照照片不清晰，请重新上传。", corrections=["licence"])
    admin = p.Person(user)
    page = admin.reads("certification_edit")
    assert "执照照片不清晰，请重新上传。" in page
    assert "雍阳样例工贸有限公司" in page
    admin.send(
        "certification_edit",
        name=unit.name,
        uscc=unit.uscc,
        kind="enterprise",
        district="120114",
        act="submit",
        address=unit.address,
        founded_on="2018-05-01",
        legal_representative="甄样例",
        handler_name="贾经办",
        handler_phone="13800000000",
        licence=p.picture("清晰.png"),
        licence_permanent="on",
    )
    admin.send("certification_submit", unit.number, seen=afresh(unit).version)
    unit = p.Person(world.platform).decide(afresh(unit))
    assert (unit.state, unit.licence.name, rounds(unit)) == ("certified", "清晰.png", [("pending", 1), ("pending", 2)])


def test_an_application_is_returned_twice_and_money_sends_it_to_the_district_again(world):
    firm, district, body = p.Person(world.applicant), p.Person(world.district), p.Person(world.body)
    application = p.apply(firm, p.order(firm, world.product))
    application = district.decide(application, "send_back", WORDS, corrections=["content"])
    page = firm.open("application_edit", application.number)
    assert (WORDS in page.content.decode(), page.context["form"].to_correct) == (True, ["content"])
    application = p.hand_in(firm, p.fill_application(firm, application, content=p.CONTENT + "补充说明。"))
    application = district.decide(application)
    application = body.decide(application, "send_back", WORDS)
    application = p.hand_in(firm, p.fill_application(firm, application, content=p.CONTENT + "再补充。"))
    assert application.state == "body"
    application = body.decide(application, "send_back", "金额偏高，请核减。", corrections=["applied_amount"])
    application = p.hand_in(firm, p.fill_application(firm, application, applied_amount="8000"))
    assert (application.state, afresh(application.account).reserved) == ("district", 8_000)
    application = body.decide(district.decide(application))
    assert (application.state, application.approved_amount) == ("approved", 8_000)
    assert rounds(application) == [
        ("district", 1),
        ("district", 2),
        ("body", 1),
        ("body", 2),
        ("district", 3),
        ("body", 3),
    ]
    told = firm.open("application_detail", application.number).context["opinions"]
    assert [row.result for row in told].count("退回修改") == 3
    assert [row.office for row in told[:3]] == ["南开区科技局", "南开区科技局", "样例专业机构"]


def test_a_case_of_another_district_is_handed_over_and_goes_on_there(world):
    firm = p.Person(world.applicant)
    application = p.apply(firm, p.order(firm, world.product))
    turn = application.turns.get(closed_at=None)
    p.Person(world.district).send(
        "turn_transfer",
        turn.pk,
        office=world.other_district_office.pk,
        words="研发活动在滨海新区。",
        seen=application.version,
    )
    application = p.Person(world.other_district).decide(afresh(application))
    assert (application.state, application.district.code) == ("body", "120116")
    assert rounds(application) == [("district", 1), ("district", 1), ("body", 1)]
    assert "研发活动在滨海新区。" in firm.reads("notice_list")


def test_a_claim_is_mended_row_by_row_and_its_form_is_scanned_again(world):
    firm, body, second = p.Person(world.applicant), p.Person(world.body), p.Person(world.body_second)
    application = drive_application(world.make_application(contract=20_000, applied=10_000), "approved", world)
    move_order(application.order, "confirm", by=world.provider_member)
    claim = p.Person(world.district).decide(p.claim_for(firm, application))
    claim = body.decide(claim, "send_back", "第 1 张发票的号码与文件不一致，请改正。", corrections=["invoices"])
    typed = p.rows_of(claim, number="26120000000000000002")["invoice"]
    firm.send("claim_row_edit", claim.number, "invoice", claim.invoices.get().pk, **typed)
    assert (claim.contracts.count(), claim.receipts.count()) == (1, 1)
    firm.send("claim_submit", claim.number, seen=afresh(claim).version)
    assert (afresh(claim).state, claim.invoices.get().live) == ("formal", True)
    claim = body.decide(afresh(claim))
    firm.send("claim_form_upload", claim.number, scan=p.paper("漏盖章.pdf"), seen=claim.version)
    claim = second.decide(afresh(claim), "return_form", "申请表第 2 页未盖章，请补盖后重新上传。")
    assert (claim.state, claim.due_on is not None) == ("form_returned", True)
    firm.send("claim_form_upload", claim.number, scan=p.paper("已盖章.pdf"), seen=claim.version)
    claim = step_aside_and_pass(world, second, afresh(claim))
    assert (claim.state, claim.final_amount, claim.stamped_form.name) == ("passed", 8_000, "已盖章.pdf")


def step_aside_and_pass(world, body, claim):
    """One expert steps aside and is replaced, one cuts, the group's result is what the body records."""
    turn = claim.turns.get(closed_at=None)
    body.send("panel_form", turn.pk, experts=[member.pk for member in world.experts])
    leaving = PanelSeat.objects.get(turn=turn, expert=world.expert_3)
    p.Person(world.expert_3).send("seat_recuse", leaving.pk)
    fresh = world.expert_office.memberships.create(user=make_user("expert_4"))
    body.send("panel_replace", turn.pk, expert=fresh.pk)
    for seat in turn.seats.filter(recused_at=None):
        word = {"word": "cut", "amount": "8000", "text": "人工费偏高。"} if seat.is_financial else {"word": "agree"}
        p.Person(seat.expert).send("seat_word", seat.pk, **word)
    return body.decide(claim, amount="8000", text="专家组建议核减至 8000 元。")
