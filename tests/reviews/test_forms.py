from decimal import Decimal

import pytest

from accounts.models import Unit
from catalog.models import Admission
from redemption.models import Claim
from reviews import panel
from reviews.forms import OpinionForm, PanelForm, ReplaceForm, TransferForm, WordForm, verdicts_for
from reviews.pages import grave_in
from tests.factories import FIRM, make_user
from tests.reviews.desk import open_turn
from tests.unsaved import a_voucher
from vouchers.models import Application

MARKS = [("content", "服务内容"), ("发票", "发票")]


def form_of(case, data=None, limit=None):
    return OpinionForm(data, case=case, corrections=MARKS, limit=limit)


def at_the_district():
    """An application that waits for 区初审; what it holds matters to no verdict."""
    return Application(state="district")


GRAVE = ["税务查验：不一致"]


@pytest.mark.parametrize(
    ("said", "asked"), [({}, True), ({"sure": "on"}, False), ({"verdict": "send_back", "text": "请更正。"}, False)]
)
def test_what_the_checks_found_wrong_is_asked_about_once_before_it_passes(said, asked):
    form = OpinionForm({"verdict": "pass_review"} | said, case=at_the_district(), corrections=MARKS, grave=GRAVE)
    assert ("税务查验：不一致" in " ".join(form.errors.get("sure", [])), form.is_valid()) == (asked, not asked)
    assert "sure" not in form_of(at_the_district()).fields


def test_what_is_wrong_is_told_with_its_detail_where_it_has_one():
    lines = [{"tone": "bad", "text": "甲"}, {"tone": "bad", "text": "乙", "detail": "丙"}, {"tone": "ok", "text": "丁"}]
    assert grave_in(lines) == ["甲", "乙 丙"]


THREE = ["pass_review", "send_back", "reject"]


def test_the_verdicts_are_those_that_the_state_allows(world, experts_claim):
    assert [value for value, _ in verdicts_for(experts_claim)] == ["return_form"]
    assert verdicts_for(world.make_application(2_000, 1_000)) == []


@pytest.mark.parametrize(
    ("case", "verdicts"),
    [
        (Application(state="draft"), []),
        (Application(state="district"), THREE),
        (Application(state="body"), THREE),
        (Application(state="approved"), []),
        (Claim(state="district", application=a_voucher()), THREE),
        (Claim(state="formal", application=a_voucher()), THREE),
        (Claim(state="accepted"), []),
        (Unit(state="pending"), ["send_back", "reject"]),  # its code is not sound: nothing can pass
        (Unit(state="pending", uscc=FIRM, licence_permanent=True), THREE),
        (Unit(state="certified"), []),
        (Admission(state="draft"), []),
    ],
    ids=lambda value: f"{value._meta.model_name}-{value.state}" if hasattr(value, "_meta") else None,
)
def test_the_verdicts_of_each_stage(case, verdicts):
    assert [value for value, _ in verdicts_for(case)] == verdicts


def test_a_form_asks_only_what_its_verdicts_need():
    case = at_the_district()
    assert list(form_of(case).fields) == ["verdict", "reason", "corrections", "text"]
    assert list(form_of(case, limit=Decimal(10)).fields) == ["verdict", "amount", "reason", "corrections", "text"]


def test_a_form_that_can_only_go_back_asks_no_amount(experts_claim):
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
def test_what_a_verdict_lacks(data, errors):
    assert set(form_of(at_the_district(), data, Decimal(50_000)).errors) == errors


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ({"verdict": "pass_review"}, {"verdict"}),
        ({"verdict": "pass_review", "amount": "30,000"}, {"verdict", "amount"}),
        ({"verdict": "pass_review", "amount": "50,000"}, {"verdict", "amount"}),
        (
            {"verdict": "reject", "text": "理由。", "reason": "R-SCOPE", "amount": "30,000"},
            {"verdict", "text", "reason"},
        ),
        (
            {"verdict": "send_back", "text": "理由。", "corrections": ["content", "发票"]},
            {"verdict", "text", "corrections"},
        ),
    ],
)
def test_what_is_said_is_what_the_verdict_takes(data, kept):
    form = form_of(at_the_district(), data, Decimal(50_000))
    assert form.is_valid(), form.errors
    typed = data | ({"amount": Decimal(data["amount"].replace(",", ""))} if "amount" in data else {})
    assert form.said == {name: value for name, value in typed.items() if name in kept}


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


@pytest.mark.bare
@pytest.mark.parametrize("amount", ["", "0", "-5", "三万", "100", "101", "1e9"])
def test_a_cut_without_a_right_amount_is_refused_in_one_sentence(amount):
    form = WordForm({"word": "cut", "amount": amount, "text": "重复计算。"}, asked=Decimal(100))
    assert len(form.errors["amount"]) == 1
