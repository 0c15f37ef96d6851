"""The oracles of domain.md §3 and the laws behind them."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from policy.arithmetic import (
    AmountBase,
    Balance,
    Rounding,
    Terms,
    ceiling,
    counted,
    free_quota,
    offer,
    redemption,
    round_amount,
    yuan,
)
from policy.calendar import cycle_of

TERMS = Terms()
UNPAID_ALLOWED = Terms(full_payment_required=False)
D = Decimal

money = st.decimals(min_value=0, max_value=10**9, places=2)
roundings = st.sampled_from(Rounding.values)
terms_ = st.builds(
    Terms,
    ratio=st.decimals(min_value="0.01", max_value=1, places=4),
    cap=st.decimals(min_value=1, max_value=10**7, places=2),
    minimum=st.none() | st.decimals(min_value="0.01", max_value=2000, places=2),
    rounding=roundings,
    full_payment_required=st.booleans(),
)
balances = st.builds(Balance, *[st.decimals(min_value=0, max_value=10**6, places=2)] * 3)


@pytest.mark.parametrize(
    ("case", "contract", "reserved", "amount", "limit"),
    [
        (1, "20000.00", "0", "10000.00", "ratio"),
        (2, "1999.99", "0", "0.00", "minimum"),
        (3, "33333.33", "0", "16666.00", "ratio"),
        (4, "400000", "0", "150000.00", "cap"),
        (5, "100000", "120000", "30000.00", "quota"),
    ],
)
def test_what_a_contract_brings(case, contract, reserved, amount, limit):
    made = offer(D(contract), TERMS, Balance(reserved=D(reserved)))
    assert (made.amount, made.limit) == (D(amount), limit)


@pytest.mark.parametrize(
    ("case", "sums", "terms", "amount", "returned"),
    [
        (6, (100000, 80000, 80000), TERMS, "40000", "10000"),
        (7, (120000, 120000, 120000), TERMS, "50000", "0"),
        (9, (100000, 100000, 60000), UNPAID_ALLOWED, "30000", "20000"),
    ],
)
def test_what_is_paid_back(case, sums, terms, amount, returned):
    settled = redemption(*map(D, sums), D(50000), terms)
    assert (settled.amount, settled.returned, settled.refusal) == (D(amount), D(returned), "")


def test_case_8_cannot_be_submitted_and_says_why():
    settled = redemption(D(100000), D(100000), D(60000), D(50000), TERMS)
    assert settled.refusal == "须全额支付后才能申请兑现：应付 100,000 元，银行回单合计 60,000 元，还差 40,000 元。"


@pytest.mark.parametrize(
    ("case", "instant", "cycle"),
    [
        (10, datetime(2026, 12, 31, 23, 59, 59, tzinfo=ZoneInfo("Asia/Shanghai")), 2026),
        (11, datetime(2026, 12, 31, 16, 30, tzinfo=UTC), 2027),
    ],
)
def test_the_cycle_is_the_year_in_shanghai(case, instant, cycle):
    assert cycle_of(instant) == cycle


@pytest.mark.parametrize(
    ("contract", "terms", "balance", "sentence"),
    [
        (
            "100000",
            TERMS,
            Balance(D(120000)),
            "合同额 100,000 元 × 50 % = 50,000 元；本年度剩余 30,000 元 → 最多可申请 30,000 元",
        ),
        ("20000", TERMS, None, "合同额 20,000 元 × 50 % = 10,000 元；本年度剩余 150,000 元 → 最多可申请 10,000 元"),
        (
            "400000",
            TERMS,
            None,
            "合同额 400,000 元 × 50 % = 200,000 元；每家企业每年最多 150,000 元 → 最多可申请 150,000 元",
        ),
        (
            "1999.99",
            TERMS,
            None,
            "合同额 1,999.99 元 × 50 % = 999 元（舍去不足一元的部分）；本年度剩余 150,000 元 → 999 元低于最低补贴金额 1,000 元，不能申请",
        ),
        (
            "9000",
            TERMS,
            Balance(used=D(150000)),
            "合同额 9,000 元 × 50 % = 4,500 元；本年度剩余 0 元 → 没有可以申请的金额",
        ),
        (
            "1",
            Terms(minimum=None),
            None,
            "合同额 1 元 × 50 % = 0 元（舍去不足一元的部分）；本年度剩余 150,000 元 → 没有可以申请的金额",
        ),
        ("0", TERMS, None, "合同金额须大于 0"),
        (
            "999.99",
            Terms(ratio=D("0.3350"), minimum=None, rounding=Rounding.FEN),
            None,
            "合同额 999.99 元 × 33.5 % = 334.99 元（精确到分，舍去不足一分的部分）；本年度剩余 150,000 元 → 最多可申请 334.99 元",
        ),
    ],
)
def test_the_sentence_names_the_limit_that_decides(contract, terms, balance, sentence):
    assert offer(D(contract), terms, balance).sentence == sentence


def test_exactly_the_minimum_is_offered():
    assert offer(D(2000), TERMS).amount == D(1000)


def test_what_is_taken_is_the_sum_of_the_three_columns():
    assert Balance(D(100), D(20), D(3)).taken == D(123)


@pytest.mark.parametrize(
    ("applied", "objection"),
    [
        ("30000", ""),
        ("1000", ""),
        (
            "30001",
            "申请补贴金额 30,001 元超过上限：合同额 100,000 元 × 50 % = 50,000 元；本年度剩余 30,000 元 → 最多可申请 30,000 元。",
        ),
        ("999", "申请补贴金额 999 元低于最低补贴金额 1,000 元。"),
        ("2000.50", "申请补贴金额须精确到元，请改为 2,000 元。"),
    ],
)
def test_an_applied_amount_is_judged_against_the_offer(applied, objection):
    assert offer(D(100000), TERMS, Balance(approved=D(120000))).objection(D(applied)) == objection


def test_without_a_minimum_any_positive_amount_may_be_applied_for():
    made = offer(D(100), Terms(minimum=None, rounding=Rounding.FEN))
    assert made.objection(D("0.01")) == ""
    assert made.objection(D("0.00")) == "申请补贴金额 0 元低于最低补贴金额 0.01 元。"
    assert made.objection(D("1.005")) == "申请补贴金额须精确到分，请改为 1 元。"


def test_a_refused_offer_refuses_every_amount_with_its_sentence():
    made = offer(D(0), TERMS)
    assert made.refused
    assert made.objection(D(1000)) == "合同金额须大于 0。"


@pytest.mark.parametrize(
    ("rounding", "amount"),
    [(Rounding.FLOOR_YUAN, "1000.00"), (Rounding.HALF_UP_YUAN, "1001.00"), (Rounding.FEN, "1000.50")],
)
def test_each_way_of_rounding(rounding, amount):
    assert str(round_amount(D("1000.505"), rounding)) == amount


def test_an_unknown_way_of_rounding_is_an_error():
    with pytest.raises(ValueError, match="ceil"):
        round_amount(D(1), "ceil")


@pytest.mark.parametrize(("base", "figure_"), [(AmountBase.NET, "90"), (AmountBase.GROSS, "100")])
def test_the_amount_base_picks_net_or_gross(base, figure_):
    assert counted(D(90), D(100), base) == D(figure_)


def test_net_invoices_are_fully_paid_only_when_the_tax_is_paid_too():
    net = redemption(D(106000), D(100000), D(100000), D(50000), TERMS, billed=D(106000))
    assert net.refusal == "须全额支付后才能申请兑现：应付 106,000 元，银行回单合计 100,000 元，还差 6,000 元。"
    assert redemption(D(106000), D(100000), D(106000), D(50000), TERMS, billed=D(106000)).refusal == ""


def test_what_the_contract_does_not_oblige_to_pay_need_not_be_paid():
    assert redemption(D(100000), D(120000), D(100000), D(50000), TERMS).refusal == ""


def test_nothing_to_pay_back_cannot_be_submitted():
    assert (
        redemption(D(0), D(0), D(0), D(50000), TERMS).refusal
        == "按合同、发票和银行回单计算的兑现金额为 0，请核对金额。"
    )


def test_a_cap_lowered_below_what_is_taken_leaves_nothing_not_less():
    assert free_quota(D(100000), D(120000), D(0), D(0)) == D("0.00")


@pytest.mark.parametrize(("amount", "text"), [("1234567.5", "1,234,567.50 元"), ("100", "100 元"), ("0.10", "0.10 元")])
def test_an_amount_in_a_sentence(amount, text):
    assert yuan(D(amount)) == text


@given(money, terms_, balances)
def test_an_offer_is_never_above_ratio_cap_or_what_is_free(contract, terms, balance):
    made = offer(contract, terms, balance)
    slack = D("0.5") if terms.rounding == Rounding.HALF_UP_YUAN else 0
    assert made.amount <= contract * terms.ratio + slack
    assert made.amount + balance.taken <= max(terms.cap, balance.taken)
    assert made.amount == 0 or made.amount >= (terms.minimum or 0)


@settings(suppress_health_check=[HealthCheck.filter_too_much])  # some runs draw mostly offers that are refused
@given(money, terms_, balances)
def test_an_offer_takes_its_own_amount_and_not_a_fen_more(contract, terms, balance):
    made = offer(contract, terms, balance)
    assume(not made.refused)
    assert made.objection(made.amount) == ""
    assert made.objection(made.amount + D("0.01")) != ""


@given(money, money, terms_, balances)
def test_a_dearer_contract_never_brings_less(one, other, terms, balance):
    small, large = sorted((one, other))
    assert offer(small, terms, balance).amount <= offer(large, terms, balance).amount


@given(money, terms_, balances, money)
def test_what_was_taken_never_brings_more(contract, terms, balance, more):
    taken = Balance(balance.reserved + more, balance.approved, balance.used)
    assert offer(contract, terms, taken).amount <= offer(contract, terms, balance).amount


@given(money, money, money, money, terms_)
def test_a_settlement_never_exceeds_approval_or_share_of_any_sum(actual, invoices, receipts, approved, terms):
    settled = redemption(actual, invoices, receipts, approved, terms)
    assert settled.amount <= approved
    assert settled.amount <= min(ceiling(sum_, terms) for sum_ in (actual, invoices, receipts))
    assert settled.amount + settled.returned == approved


@given(money, money, money, money)
def test_full_payment_refuses_exactly_when_less_was_paid_than_owed(actual, invoices, receipts, approved):
    refusal = redemption(actual, invoices, receipts, approved, TERMS).refusal
    assert refusal.startswith("须全额支付") == (receipts < min(actual, invoices))


@given(money, roundings)
def test_rounding_moves_less_than_a_unit_and_only_half_up_upwards(amount, rounding):
    moved = amount - round_amount(amount, rounding)
    low = D("-0.5") if rounding == Rounding.HALF_UP_YUAN else D(0)
    assert low <= moved < 1
