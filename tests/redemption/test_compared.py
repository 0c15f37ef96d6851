"""What is compared beside names, dates and sums, and what is said to agree."""

import datetime as dt

import pytest

from policy.models import PolicyVersion
from redemption.checks import Papers, doubts, judge, papers_of
from redemption.findings.agreed import compared
from redemption.models import Receipt
from tests.factories import FIRM, PROVIDER
from tests.unsaved import a_claim, a_voucher, an_order


@pytest.mark.parametrize(
    ("rows", "changes", "words"),
    [
        ("invoices", {"seller_tax_id": FIRM}, f"的销售方税号 {FIRM} 与服务机构的统一社会信用代码 {PROVIDER} 不一致"),
        ("receipts", {"payer_account": "12345678"}, "的付款账号（尾号 5678）与本申请的收款账号（尾号 0001）不同"),
        ("receipts", {"payee_account": "1200000000000001"}, "的付款账号与收款账号相同"),
    ],
)
def test_numbers_and_accounts_are_compared_and_stop_nothing(rows, changes, words):
    claim = numbered()
    assert judge(claim, papers_of(claim)) == []
    for name, value in changes.items():
        setattr(getattr(claim, rows).all()[0], name, value)
    [finding] = judge(claim, papers_of(claim))
    assert (finding.stops, words in finding.sentence) == (False, True)
    told = [one.text for one in agreements(claim) if one.about == finding.about]
    assert len(told) == 1
    assert told[0] not in [line["text"] for line in agreed(claim)]


def test_money_to_two_accounts_is_asked_about():
    claim = numbered()
    one = claim.receipts.all()[0]
    other = Receipt(**{name: value for name, value in vars(one).items() if not name.startswith("_")})
    other.payee_account = "1200000000000009"
    papers = Papers(list(claim.invoices.all()), [one, other], list(claim.contracts.all()))
    assert "不止一个（尾号 0002、0009）" in " ".join(finding.sentence for finding in judge(claim, papers))


@pytest.mark.parametrize(
    ("policy", "facts", "missing"),
    [
        ({}, {}, set()),
        ({"full_payment_required": False}, {}, {"R-PAID"}),
        ({}, {"account_number": ""}, {"accounts"}),
        ({"contract_date_rule": "off"}, {"completed_on": None}, set()),
    ],
)
def test_only_what_was_compared_is_said_to_agree(policy, facts, missing):
    claim = numbered(application=a_voucher(policy=PolicyVersion(**policy)), **facts)
    told = {one.about for one in agreements(claim)}
    assert {"R-PARTY", "tax_id", "R-DATE", "R-DUP", "R-PAID", "accounts", "R-SUM"} - told == missing


def test_dates_that_the_policy_does_not_compare_are_not_said_to_agree():
    claim = numbered(application=a_voucher(policy=PolicyVersion(contract_date_rule="off")))
    told = [one.text for one in agreements(claim) if one.about == "R-DATE"]
    assert told == ["完成日期不晚于创新券使用截止日期", "发票和银行回单的日期不早于合同签订日期"]


def numbered(**facts):
    """A claim whose papers bear the numbers, too."""
    claim = a_claim(**facts)
    claim.invoices.all()[0].seller_tax_id = PROVIDER
    receipt = claim.receipts.all()[0]
    receipt.payer_account, receipt.payee_account = "1200000000000001", "1200000000000002"
    return claim


def agreed(claim):
    papers = papers_of(claim)
    broken = {finding.about or finding.code for finding in judge(claim, papers)}
    return [{"text": one.text} for one in agreements(claim) if one.about not in broken]


def agreements(claim):
    return list(compared(claim, papers_of(claim)))


@pytest.mark.parametrize(
    ("order", "facts", "words"),
    [
        ("serving", {}, ["订单还在“服务中”，服务机构没有登记完成。请确认服务已经完成，并请服务机构登记。"]),
        ("completed", {}, []),
        (
            "completed",
            {"completed_on": dt.date(2026, 11, 24), "planned_from": dt.date(2026, 12, 1)},
            ["完成日期 2026-11-24 早于计划开始日期 2026-12-01，请核对。"],
        ),
    ],
)
def test_what_makes_no_sense_at_first_sight_is_told(order, facts, words):
    planned = {name: day for name, day in facts.items() if name == "planned_from"}
    claim = numbered(application=a_voucher(order=an_order(state=order), **planned))
    claim.completed_on = facts.get("completed_on", claim.completed_on)
    assert doubts(claim, own=True) == words
