"""What a rule proves, and what looks alike and proves nothing."""

import pytest

from papers.facts import Fact, Kind, Source
from papers.merging import Seen, merged
from tests.papers.test_unlabelled import read

DAY = "2026-03-01"


def sure(source=Source.TEXT, **said):
    facts = [Fact(name, value, source) for name, value in said.items()]
    return {fact.name for fact in merged([Seen(Kind.DIGITAL, facts)]).facts if fact.is_sure} - {"issued_on"}


def told(facts):
    return {fact.name for fact in facts.facts if fact.is_sure}


@pytest.mark.parametrize(
    ("number", "day", "proves"),
    [
        ("26122000003104928871", DAY, True),
        ("25122000003104928871", DAY, False),  # of another year
        ("26102000003104928871", DAY, False),  # of no province
        ("30714582", DAY, False),
    ],
)
def test_the_number_of_an_invoice_begins_with_its_year_and_a_province(number, day, proves):
    assert sure(invoice_number=number, issued_on=day) == ({"invoice_number"} if proves else set())
    assert sure(invoice_number=number) == set()


@pytest.mark.parametrize(
    ("code", "kind", "proves"),
    [
        ("012002500111", "普通", True),
        ("012002500113", "专用", True),
        ("012002500111", "专用", False),  # it calls itself something else
        ("012002500199", "普通", False),
        ("012002100111", "普通", False),  # given five years before
        ("010102500111", "普通", False),  # of no region
        ("1200254130", "专用", True),
        ("2102254130", "专用", True),  # a city with a bureau of its own
        ("12002541301", "专用", False),
    ],
)
def test_a_code_has_a_region_a_year_and_the_kind_that_it_calls_itself(code, kind, proves):
    said = sure(code=code, type=kind, issued_on=DAY) - {"type"}
    assert said == ({"code"} if proves else set())


def test_a_code_without_day_or_type_is_not_sure():
    assert sure(code="012002500111", type="普通") - {"type"} == set()
    assert sure(code="012002500111", issued_on=DAY) == set()


def test_elements_of_data_name_what_they_hold_where_it_has_their_form():
    said = {"code": "012002500111", "invoice_number": "30714582", "check_code": "02418567008427471889", "type": "普通"}
    assert sure(Source.XML, **said) == set(said)
    assert sure(Source.METADATA, **said) == set(said)
    assert sure(**said) == {"type"}
    assert sure(Source.XML, code="0120025001", invoice_number="3071458", check_code="1889", type="其他") == {"code"}


def test_a_qr_code_proves_its_gross_and_never_its_net():
    assert sure(Source.QR, gross="112.00", invoice_number="30714582") == {"gross", "invoice_number"}
    assert sure(Source.QR, net="104.72") == set()


def test_data_without_a_gross_is_proven_by_a_rate_of_the_law():
    assert sure(Source.XML, net="867.92", tax="26.04") == {"net", "tax"}
    assert sure(Source.XML, net="867.92", tax="26.05") == set()
    assert sure(Source.XML, net="26.04", tax="867.92") == set()
    assert sure(net="867.92", tax="26.04") == set()  # a line of several keeps to the rate, too
    assert sure(Source.XML, net="867.92", tax="26.04", gross="900.00") == set()


def test_both_accounts_of_a_receipt_prove_each_other_where_words_say_whose_they_are():
    lines = ("电子回单", "付款人账号：0302710400938812", "收款人账号：1205016035000004")
    assert told(read(*lines)) == {"payer_account", "payee_account"}
    assert told(read(lines[0], lines[1])) == set()
    assert told(read(lines[0], lines[1], lines[2].replace("1205016035000004", "0302710400938812"))) == set()


def test_accounts_that_only_their_order_tells_apart_are_not_sure():
    facts = read("电子回单", "账号：0302710400938812", "户名：甲", "账号：1205016035000004")
    assert facts.value("payer_account") == "0302710400938812"
    assert told(facts) == set()


def test_an_account_that_may_go_on_in_the_next_line_is_not_sure():
    broken = [[(0.0, "付款人账号："), (60.0, "03027104")], [(60.0, "00938812")]]
    facts = read("电子回单", *broken, "收款人账号：1205016035000004")
    assert facts.value("payer_account") == "03027104"
    assert told(facts) == set()


@pytest.mark.parametrize(
    ("lines", "proves"),
    [
        (("天津增值税电子普通发票",), True),
        (("电子发票（增值税专用发票）",), True),
        (("天津增值税电子普通发票", "备注：原专用发票作废"), False),  # both are named
        (("机动车发票联", "发票代码：012002500111", "附普通发票"), False),  # no title
    ],
)
def test_the_type_is_what_the_title_says_and_nothing_else_on_the_paper(lines, proves):
    facts = read(*lines)
    assert facts.value("type")
    assert ("type" in told(facts)) == proves
