"""What was typed is compared with what a paper says: by value, as a reader would."""

import datetime as dt
from decimal import Decimal

import pytest

from papers.comparing import Compared, Outcome, compare, in_yuan
from papers.facts import Fact, Facts, Kind, Source


def facts(**values):
    """What a paper says."""
    return Facts(Kind.DIGITAL, tuple(Fact(name, value, Source.XML) for name, value in values.items()))


def outcome(name, typed, said):
    """What follows from one figure."""
    (found,) = compare({name: typed}, facts(**{name: said}))
    return found.outcome


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("seller", "样例检测（天津）有限公司", "样例检测(天津)有限公司"),
        ("legal_representative", "阿布都·某某", "阿布都•某某"),
        ("gross", Decimal(15000), "15000.00"),
        ("gross", "15,000", "15000.00"),
        ("net", Decimal("0.10"), "0.10"),
        ("issued_on", dt.date(2026, 3, 1), "2026-03-01"),
        ("paid_on", dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC), "2026-03-01"),
        ("signed_on", "2026年3月1日", "2026-03-01"),
        ("valid_until", dt.date(2046, 3, 1), "2046-03-01"),
        ("invoice_number", "２６１２ 0000-1111", "261200001111"),
        ("uscc", "91120104000000019e", "91120104000000019E"),
        ("payer_account", "1200 0000 0001", "120000000001"),
        ("type", "数电专用发票", "专用"),
        ("type", "纸质普通发票", "普通"),
        ("capital", Decimal(5000000), "伍佰万元整"),
        ("address", "南开区样例路 1 号", "天津市南开区样例路1号"),
        ("address", "天津市南开区样例路1号（A座）", "天津市南开区样例路1号A座"),
    ],
)
def test_what_a_reader_takes_for_one_agrees(name, typed, said):
    assert outcome(name, typed, said) == Outcome.AGREES


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("seller", "样例检测有限公司", "样例检测（天津）有限公司"),
        ("gross", Decimal("15000.01"), "15000.00"),
        ("gross", "一万五", "15000.00"),
        ("issued_on", dt.date(2026, 3, 2), "2026-03-01"),
        ("issued_on", "昨天", "2026-03-01"),
        ("valid_until", "长期", "2046-03-01"),
        ("invoice_number", "26120000111", "261200001111"),
        ("type", "数电普通发票", "专用"),
        ("capital", Decimal(500), "伍佰万元整"),
        ("address", "天津市南开区样例路1号", "天津市南开区样例路11号"),
        ("address", "路1号", "天津市南开区样例路1号"),
    ],
)
def test_what_is_something_else_differs(name, typed, said):
    assert outcome(name, typed, said) == Outcome.DIFFERS


def test_each_figure_names_both_values_and_where_the_paper_says_it():
    said = facts(gross="100.00")
    (gross, number) = compare({"gross": Decimal(90), "invoice_number": "1234", "net": None, "code": " "}, said)
    assert gross == Compared("gross", "价税合计", "90.00", said.of("gross"), Outcome.DIFFERS)
    assert number == Compared("invoice_number", "发票号码", "1234", None, Outcome.TYPED_ONLY)


def test_what_no_paper_says_is_not_compared():
    assert compare({"printed": "1234", "starts_on": dt.date(2026, 3, 1)}, facts(gross="1.00")) == []


def test_a_capital_that_is_not_in_yuan_is_left_to_the_reader():
    (capital,) = compare({"capital": Decimal(5000000)}, facts(capital="伍佰万美元"))
    assert (capital.outcome, capital.fact.value) == (Outcome.TYPED_ONLY, "伍佰万美元")


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("伍佰万元整", "5000000.00"),
        ("人民币壹仟零伍拾万元整", "10500000.00"),
        ("500万元人民币", "5000000.00"),
        ("１００．５万元", "1005000.00"),
        ("5,000,000.00元", "5000000.00"),
        ("壹亿贰仟万元", "120000000.00"),
        ("十万元", "100000.00"),
        *((text, "") for text in ("500万美元", "无", "", "1.2.3万元")),
    ],
)
def test_a_registered_capital(text, yuan):
    assert in_yuan(text) == yuan
