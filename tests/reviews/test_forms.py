from decimal import Decimal

import pytest

from reviews import panel
from reviews.forms import OpinionForm, PanelForm, ReplaceForm, TransferForm, WordForm, verdicts_for
from tests.factories import drive_application, drive_unit, make_unit, make_user
from tests.reviews.desk import open_turn

MARKS = [("content", "服务内容"), ("发票", "发票")]


def form_of(case, data=None, limit=None):
    return OpinionForm(data, case=case, corrections=MARKS, limit=limit)


def test_the_verdicts_are_those_that_the_state_allows(world, application, experts_claim):
    assert [value for value, _ in verdicts_for(application)] == ["pass_review", "send_back", "reject"]
    assert [value for value, _ in verdicts_for(experts_claim)] == ["return_form"]
    assert verdicts_for(world.make_application(2_000, 1_000)) == []


def test_a_form_asks_only_what_its_verdicts_need(world, application, experts_claim):
    assert list(form_of(application).fields) == ["verdict", "reason", "corrections", "text"]
    assert list(form_of(application, limit=Decimal(10)).fields) == [
        "verdict",
        "amount",
        "reason",
        "corrections",
        "text",
    ]
    assert list(form_of(experts_claim, limit=Decimal(10)).fields) == ["verdict", "text"]


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({}, {"verdict"}),
        ({"verdict": "void"}, {"verdict"}),
        ({"verdict": "send_back", "text": " "}, {"text"}),
        ({"verdict": "reject"}, {"text", "reason"}),
        ({"verdict": "reject", "text": "理由。", "reason": "R-MOON"}, {"reason"}),
        ({"verdict": "send_back", "text": "理由。", "corrections": ["nonsense"]}, {"corrections"}),
        ({"verdict": "pass_review", "amount": "50000.01"}, {"amount"}),
        ({"verdict": "pass_review", "amount": "0"}, {"amount"}),
        ({"verdict": "send_back", "text": "字" * 1001}, {"text"}),
    ],
)
def test_what_a_verdict_lacks(world, application, data, errors):
    assert set(form_of(application, data, Decimal(50_000)).errors) == errors


def said(case, **data):
    form = form_of(case, data, Decimal(50_000))
    assert form.is_valid(), form.errors
    return form.said


def test_what_is_said_is_what_the_verdict_takes(application):
    assert said(application, verdict="pass_review") == {"verdict": "pass_review"}
    assert said(application, verdict="pass_review", amount="30,000") == {"verdict": "pass_review", "amount": 30_000}
    refused = said(application, verdict="reject", text="理由。", reason="R-SCOPE", amount="30,000")
    assert refused == {"verdict": "reject", "text": "理由。", "reason": "R-SCOPE"}
    returned = said(application, verdict="send_back", text="理由。", corrections=["content", "发票"])
    assert returned == {"verdict": "send_back", "text": "理由。", "corrections": ["content", "发票"]}


def test_a_transfer_goes_to_other_districts_at_work(world, application):
    form = TransferForm(turn=open_turn(application))
    assert list(form.fields["office"].queryset) == [world.other_district_office]
    assert set(TransferForm({"words": " "}, turn=open_turn(application)).errors) == {"office", "words"}


def test_the_body_chooses_among_those_who_are_not_concerned(world, experts_claim):
    turn = open_turn(experts_claim)
    labels = [label for _, label in PanelForm(turn=turn).fields["experts"].choices]
    assert labels == ["测试expert_1（财务专家）", "测试expert_2", "测试expert_3"]
    panel.form_panel(turn, world.experts, by=world.body)
    spare = world.expert_office.memberships.create(user=make_user("spare"))
    assert list(ReplaceForm(turn=turn).fields["expert"].queryset) == [spare]


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({}, {"word"}),
        ({"word": "agree"}, set()),
        ({"word": "refuse"}, {"text"}),
        ({"word": "cut", "text": "理由。"}, {"amount"}),
        ({"word": "cut", "text": "理由。", "amount": "100"}, {"amount"}),
        ({"word": "cut", "text": "理由。", "amount": "99.99"}, set()),
    ],
)
def test_what_a_word_lacks(data, errors):
    assert set(WordForm(data, asked=Decimal(100)).errors) == errors


def test_a_certification_has_the_three_verdicts_too(world):
    unit = drive_unit(make_unit(make_user(), "91120222MA00000312", "蓟运样例有限公司"), "pending", world)
    assert [value for value, _ in verdicts_for(unit)] == ["pass_review", "send_back", "reject"]


def test_the_body_has_the_three_verdicts_on_an_application(world):
    application = drive_application(world.make_application(), "body", world)
    assert [value for value, _ in verdicts_for(application)] == ["pass_review", "send_back", "reject"]
