"""What the letter of a verdict says: a lowered amount with its reason, and each thing that is to be corrected by its name."""

from decimal import Decimal

import pytest

from reviews.forms import OpinionForm
from reviews.kinds import correction_choices, tell
from reviews.services import NEEDS_CUT_WORDS
from tests.factories import drive_application, drive_claim, drive_unit, make_unit, make_user
from tests.helpers import refused
from tests.reviews.desk import open_turn
from ui.templatetags.ui import money

WHY = "检测项目减少两项。"
CUT = {"verdict": "pass_review", "amount": Decimal(32_000)}


def letter(case):
    """The last message to the applicant."""
    return case.applicant.members.first().notices.filter(url=case.get_absolute_url()).order_by("-pk").first().body


def judged(world, case, person, **data):
    dossier = tell(case, person)
    return OpinionForm(data, case=case, corrections=correction_choices(case, dossier), limit=dossier.limit).errors


def test_a_voucher_is_lowered_with_words_and_the_letter_says_both(world):
    application = drive_application(world.make_application(), "body", world)
    with refused(*NEEDS_CUT_WORDS[:1], match="核减的理由"):
        world.decide(application, world.body, **CUT, text="  ")
    words = letter(world.decide(application, world.body, **CUT, text=WHY))
    assert "批准金额 ¥\u00a032,000.00" in words
    assert f"申请补贴 ¥\u00a050,000.00，已核减。核减理由：{WHY}" in words


def test_a_voucher_as_it_was_asked_for_needs_no_words(world):
    application = drive_application(world.make_application(), "body", world)
    words = letter(world.decide(application, world.body, "pass_review", amount=Decimal(50_000)))
    assert "核减" not in words


@pytest.mark.parametrize("amount", [None, Decimal(30_000)])
def test_a_redemption_that_the_group_or_the_body_cuts_needs_words(world, experts_claim, amount):
    world.hear_experts(experts_claim, "cut", Decimal(32_000))
    said = {"verdict": "pass_review", "amount": amount}
    with refused("R-WORDS", match="核减的理由"):
        world.decide(experts_claim, world.body_second, **said)
    words = letter(world.decide(experts_claim, world.body_second, **said, text=WHY))
    assert f"核定兑现 {money(amount or 32_000)}。" in words
    assert f"申请兑现 {money(experts_claim.asked_amount)}，已核减。核减理由：{WHY}" in words


@pytest.mark.parametrize(
    ("amount", "text", "wrong"), [("32000", "", ["text"]), ("32000", WHY, []), ("", "", []), ("50000", "", [])]
)
def test_the_form_asks_for_the_words_before_the_letter_is_shown(world, amount, text, wrong):
    application = drive_application(world.make_application(), "body", world)
    assert list(judged(world, application, world.body, verdict="pass_review", amount=amount, text=text)) == wrong


def test_the_form_asks_for_words_where_the_experts_have_cut(world, experts_claim):
    world.hear_experts(experts_claim, "cut", Decimal(32_000))
    errors = judged(world, experts_claim, world.body_second, verdict="pass_review")
    assert errors == {"text": [NEEDS_CUT_WORDS[1]]}


RETURNS = {
    "certification": ("platform", ["address", "licence_until"], "注册地址、证照有效期至"),
    "admission": ("platform", ["summary"], None),
    "application_district": ("district", ["content", "contract_draft"], "服务内容及与研发活动的关系、合同草案"),
    "application_body": ("body", ["planned_to"], "计划结束日期"),
    "claim_district": ("district", ["invoices", "result_papers"], None),
    "claim_formal": ("body", ["contracts"], None),
}


def case_of(world, name):
    kind, _, state = name.partition("_")
    if kind == "certification":
        return drive_unit(make_unit(make_user(), "91120222MA00000312", "蓟运样例有限公司"), "pending", world)
    if kind == "admission":
        return world.admit("pending")
    drive, made = (
        (drive_application, world.make_application) if kind == "application" else (drive_claim, world.make_claim)
    )
    return drive(made(), state, world)


@pytest.mark.parametrize("name", RETURNS)
def test_the_letter_of_a_return_names_what_is_to_be_corrected(world, name):
    person, marks, named = RETURNS[name]
    case = case_of(world, name)
    known = dict(correction_choices(case, tell(case, world.people[person])))
    case = world.decide(case, world.people[person], "send_back", WHY, corrections=marks)
    names = "、".join(known.get(mark, mark) for mark in marks)
    assert set(marks) <= set(known)
    assert names == named or named is None
    assert f"需要修改的内容：{names}。" in letter(case)


def test_a_return_that_marks_nothing_names_nothing(world):
    application = drive_application(world.make_application(), "district", world)
    assert open_turn(application).office == world.district_office
    assert "需要修改的内容：" not in letter(world.decide(application, world.district, "send_back", WHY))
