"""The letter before it goes: the very words of the verdict, from a copy that locks, numbers and writes nothing."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.kinds import LATER
from reviews.notices import applicants
from reviews.preview import preview_letter
from reviews.services import give_opinion
from tests.factories import drive_application, drive_claim, drive_unit, make_unit, make_user
from tests.helpers import afresh, refused
from tests.reviews.desk import open_turn

PASS = {"verdict": "pass_review", "text": "材料齐全。"}
RETURN = {"verdict": "send_back", "text": "请补充检测报告。"}
REJECT = {"verdict": "reject", "text": "不属于支持范围。", "reason": "R-SCOPE"}
GRAVE = REJECT | {"reason": "R-DUP"}
LEAVES_A_MARK = re.compile(r"\b(INSERT|UPDATE|DELETE|LOCK|nextval|setval|SAVEPOINT)\b")
PARTS = {  # case, its state, who decides → what may be said
    ("unit", "pending", "platform"): (PASS, RETURN, REJECT | {"reason": "R-QUAL"}),
    ("admission", "pending", "platform"): (PASS, RETURN, REJECT),
    ("application", "district", "district"): (PASS, RETURN, REJECT),
    ("application", "body", "body"): (PASS, PASS | {"amount": Decimal(40_000)}, RETURN, REJECT),
    ("claim", "district", "district"): (PASS, RETURN, REJECT, GRAVE),
    ("claim", "formal", "body"): (PASS, RETURN, REJECT, GRAVE),
    ("claim", "agreed", "body_second"): (PASS, PASS | {"amount": Decimal(30_000)}),
    ("claim", "refused", "body_second"): (REJECT, GRAVE),
    ("claim", "experts", "body_second"): ({"verdict": "return_form", "text": "第 2 页未盖章。"},),
}
GROUP = {"agreed": "agree", "refused": "refuse"}  # what a group has said that the claim lies with
OUTCOMES = [(*part, said) for part, words in PARTS.items() for said in words]


def case_of(world, name, state):
    if name == "unit":
        return drive_unit(make_unit(make_user(), "91120222MA00000312", "蓟运样例有限公司"), state, world)
    if name == "admission":
        return world.admit(state)
    if name == "application":
        return drive_application(world.make_application(), state, world)
    claim = drive_claim(world.make_claim(), "experts" if state in GROUP else state, world)
    if state in GROUP:
        world.hear_experts(claim, GROUP[state])
    return claim


@pytest.mark.parametrize(("name", "state", "person", "said"), OUTCOMES)
def test_a_preview_is_the_letter_to_the_last_character(world, name, state, person, said):
    case = case_of(world, name, state)
    turn, by = open_turn(case), getattr(world, person)
    with CaptureQueriesContext(connection) as asked:
        letter = preview_letter(turn, by=by, **said)
    assert [query["sql"] for query in asked if LEAVES_A_MARK.search(query["sql"])] == []
    assert (afresh(case).state, afresh(case).version, turn.opinions.count()) == (case.state, case.version, 0)
    give_opinion(turn, by=by, **said)
    sent = applicants(case).first().notices.filter(url=case.get_absolute_url()).order_by("-pk").first()
    assert letter.text == hidden(f"{sent.subject}\n\n{sent.body}", case)


def hidden(text, case):
    """The text with the numbers that the verdict has given out."""
    case = afresh(case)
    for name in ("voucher_number", "form_number"):
        number = getattr(case, name, None)
        text = text.replace(number, LATER) if number and case.state in {"approved", "accepted"} else text
    return text


def test_numbers_that_only_the_verdict_gives_out_are_told_to_come(world):
    application = drive_application(world.make_application(), "body", world)
    letter = preview_letter(open_turn(application), by=world.body, **PASS)
    assert (letter.text.count(LATER), application.number in letter.text) == (1, True)


def test_a_grave_refusal_says_that_the_voucher_ends(world):
    claim = drive_claim(world.make_claim(), "district", world)
    letter = preview_letter(open_turn(claim), by=world.district, **GRAVE)
    assert "创新券同时作废。" in letter.text
    assert afresh(claim.application).state == "approved"


@pytest.mark.parametrize(
    ("said", "code"),
    [({"amount": Decimal(60_000)}, "R-SUM"), ({"seen": 0}, "R-STALE"), ({"verdict": "send_back"}, "R-WORDS")],
)
def test_a_preview_refuses_as_the_verdict_would(world, said, code):
    application = drive_application(world.make_application(), "body", world)
    with refused(code):
        preview_letter(open_turn(application), by=world.body, **{"verdict": "pass_review", **said})


@pytest.mark.parametrize(("person", "code"), [("body", "R-PERM"), ("district", "R-STALE")])
def test_who_may_not_decide_sees_no_letter(world, application, person, code):
    turn = open_turn(application)
    if code == "R-STALE":
        give_opinion(turn, by=world.district, **PASS)
    with refused(code):
        preview_letter(turn, by=getattr(world, person), **PASS)
