"""What the papers of a redemption must agree on: hard rules stop the claim, soft ones are shown to the reviewers."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from redemption.checks import findings, papers_of, require_agreement, same_name, settle
from tests.factories import World, drive_application, make_laboratory, make_product
from tests.helpers import new_policy, refused

pytestmark = pytest.mark.django_db
TUESDAY = "2026-11-24 10:00 +0800"


@pytest.fixture
def world():
    return World()


def found(claim):
    return [(finding.code, finding.stops) for finding in findings(claim)]


@pytest.mark.bare
@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("海河样例（天津）公司", "海河样例(天津)公司", True),
        ("【样例】公司", "[样例]公司", True),
        ("海河样例(天津） 公司", "海河样例（天津)　公司", True),
        ("海河样例科技有限公司", "海河样例科技公司", False),
        ("海河样例（天津）公司", "海河样例天津公司", False),
    ],
)
def test_brackets_of_both_widths_and_spaces_are_equal_in_names_and_nothing_else(one, other, equal):
    assert same_name(one, other) == equal


def test_papers_that_agree_give_no_finding(world):
    claim = world.make_claim()
    assert found(claim) == []
    require_agreement(claim)


@pytest.mark.parametrize(
    ("rows", "field", "words"),
    [
        ("invoices", "buyer", "的购买方“别家样例公司”与本事项的“海河样例科技有限公司”不一致"),
        ("invoices", "seller", "的销售方“别家样例公司”与本事项的“样例检测服务中心”不一致"),
        ("receipts", "payer", "的付款人“别家样例公司”与本事项的“海河样例科技有限公司”不一致"),
        ("receipts", "payee", "的收款人“别家样例公司”与本事项的“样例检测服务中心”不一致"),
        ("contracts", "party_a", "的甲方“别家样例公司”与本事项的“海河样例科技有限公司”不一致"),
        ("contracts", "party_b", "的乙方“别家样例公司”与本事项的“样例检测服务中心”不一致"),
    ],
)
def test_each_party_on_each_paper_is_the_unit_or_the_provider(world, rows, field, words):
    claim = world.make_claim()
    getattr(claim, rows).update(**{field: "别家样例公司"})
    with refused("R-PARTY", match=words):
        require_agreement(claim)


def test_the_other_width_of_brackets_on_a_paper_is_no_mismatch(world):
    claim = world.make_claim()
    claim.unit.name = "海河样例（天津）科技有限公司"
    claim.unit.save()
    claim.invoices.update(buyer="海河样例(天津)科技有限公司")
    claim.receipts.update(payer="海河样例（天津)科技有限公司")
    claim.contracts.update(party_a="海河样例 (天津) 科技有限公司")
    assert found(claim) == []


def test_papers_of_a_laboratory_name_the_legal_person_behind_it(world):
    lab = make_laboratory()
    order = world.make_order(product=make_product(lab.provider))
    type(order).objects.update(state="serving")
    claim = world.make_claim(drive_application(world.make_application(order=order), "approved", world))
    assert {row.seller for row in claim.invoices.all()} == {"北京样例研究院"}
    assert found(claim) == []
    claim.invoices.update(seller=lab.provider.name)
    assert found(claim) == [("R-PARTY", True)]


@pytest.mark.parametrize(
    ("rule", "expected"), [("hard", [("R-DATE", True)]), ("warn", [("R-DATE", False)]), ("off", [])]
)
@time_machine.travel(TUESDAY, tick=False)
def test_a_contract_before_the_application_is_judged_as_the_policy_says(world, rule, expected):
    new_policy(contract_date_rule=rule)
    claim = world.make_claim()
    claim.contracts.update(signed_on=dt.date(2026, 11, 23))
    assert found(claim) == expected


@time_machine.travel(TUESDAY, tick=False)
def test_a_contract_of_the_day_of_application_is_in_time(world):
    claim = world.make_claim()
    claim.contracts.update(signed_on=dt.date(2026, 11, 24))
    assert found(claim) == []


@time_machine.travel("2026-11-24 23:30 +0000", tick=False)
def test_the_day_of_application_is_the_day_in_tianjin(world):
    claim = world.make_claim()
    claim.contracts.update(signed_on=dt.date(2026, 11, 24))
    assert found(claim) == [("R-DATE", True)]


@pytest.mark.parametrize(("days", "expected"), [(0, []), (1, [("R-DATE", True)])])
def test_the_work_is_done_by_the_use_by_day(world, days, expected):
    claim = world.make_claim()
    claim.completed_on = claim.application.use_by + dt.timedelta(days)
    claim.save()
    assert found(claim) == expected


def test_hard_findings_stand_before_soft_ones(world):
    new_policy(contract_date_rule="warn")
    claim = world.make_claim()
    claim.contracts.update(signed_on=dt.date(2020, 1, 1))
    claim.invoices.update(buyer="别家样例公司")
    assert found(claim) == [("R-PARTY", True), ("R-DATE", False)]


def test_invoices_that_differ_from_the_contract_are_shown_and_do_not_stop(world):
    claim = world.make_claim()
    claim.contracts.update(amount=Decimal(99_999))
    assert found(claim) == [("R-SUM", False)]
    require_agreement(claim)


def test_what_the_receipts_lack_stops_the_claim(world):
    claim = world.make_claim(amount=100_000, paid=99_999)
    assert found(claim) == [("R-PAID", True)]


def test_a_draft_before_the_policy_s_choice_is_settled_by_the_voucher_s_version(world):
    claim = world.make_claim(amount=80_000)
    new_policy(ratio=Decimal("0.30"))
    settlement = settle(claim)
    assert (settlement.base, settlement.amount, settlement.returned) == (80_000, 40_000, 10_000)


def test_the_sums_of_the_rows_and_of_the_database_are_the_same(world):
    claim = world.make_claim(amount=80_000)
    sums = papers_of(claim).sums
    assert sums == claim.sums
    assert sums.net + sums.tax == sums.gross


def test_an_empty_claim_has_sums_of_nothing(world):
    claim = world.make_claim()
    for rows in (claim.invoices, claim.receipts, claim.contracts):
        rows.all().delete()
    assert set(claim.sums) == {Decimal(0)}
    assert claim.terms["contracts"] == []
