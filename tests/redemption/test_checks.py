"""What the papers of a redemption must agree on: hard rules stop the claim, soft ones are shown to the reviewers."""

import datetime as dt
from decimal import Decimal

import pytest

from policy.models import PolicyVersion
from redemption.checks import findings, judge, papers_of, require_agreement, settle
from tests.factories import World, drive_application, make_laboratory, make_product
from tests.helpers import new_policy, refused
from tests.unsaved import AT, a_claim, a_laboratory, a_unit, a_voucher, an_order
from ui.names import same_name

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
        ("海河样例（天津）公司", "海河样例〔天津〕公司", True),
        ("阿不都·样例", "阿不都•样例", True),
    ],
)
def test_how_a_name_is_written_makes_no_other_name(one, other, equal):
    assert same_name(one, other) == equal


def judged(claim, used=()):
    return [(finding.code, finding.stops) for finding in judge(claim, papers_of(claim), frozenset(used))]


def test_papers_that_agree_give_no_finding_and_one_that_does_not_stops_the_claim(world):
    claim = world.make_claim()
    assert found(claim) == []
    require_agreement(claim)
    claim.invoices.update(buyer="别家样例公司")
    with refused("R-PARTY", match="的购买方“别家样例公司”与本事项的“海河样例科技有限公司”不一致"):
        require_agreement(claim)


@pytest.mark.bare
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
def test_each_party_on_each_paper_is_the_unit_or_the_provider(rows, field, words):
    claim = a_claim()
    assert judged(claim) == []
    setattr(getattr(claim, rows).all()[0], field, "别家样例公司")
    [finding] = judge(claim, papers_of(claim))
    assert (finding.code, finding.stops, words in finding.sentence) == ("R-PARTY", True, True)


@pytest.mark.bare
def test_the_other_width_of_brackets_on_a_paper_is_no_mismatch():
    unit = a_unit(name="海河样例（天津）科技有限公司")
    claim = a_claim(application=a_voucher(unit=unit))
    claim.invoices.all()[0].buyer = "海河样例(天津)科技有限公司"
    claim.receipts.all()[0].payer = "海河样例（天津)科技有限公司"
    claim.contracts.all()[0].party_a = "海河样例 (天津) 科技有限公司"
    assert judged(claim) == []


@pytest.mark.bare
def test_papers_of_a_laboratory_name_the_legal_person_behind_it():
    lab = a_laboratory()
    claim = a_claim(application=a_voucher(order=an_order(provider=lab)))
    assert {row.seller for row in claim.invoices.all()} == {"北京样例研究院"}
    assert judged(claim) == []
    claim.invoices.all()[0].seller = lab.name
    assert judged(claim) == [("R-PARTY", True)]


def test_the_papers_of_a_laboratory_s_order_agree(world):
    order = world.make_order(product=make_product(make_laboratory().provider))
    type(order).objects.update(state="serving")
    claim = world.make_claim(drive_application(world.make_application(order=order), "approved", world))
    assert {row.seller for row in claim.invoices.all()} == {"北京样例研究院"}
    assert found(claim) == []


def signed(day, at=AT, rule="hard"):
    """What is found where the contract was signed on the day, and the application handed in at the moment."""
    policy, later = PolicyVersion(contract_date_rule=rule), dt.date(2026, 11, 30)
    claim = a_claim(application=a_voucher(submitted_at=at, policy=policy), completed_on=later)
    claim.contracts.all()[0].signed_on = day
    claim.invoices.all()[0].issued_on = claim.receipts.all()[0].paid_on = later
    return judged(claim)


@pytest.mark.bare
@pytest.mark.parametrize(
    ("rule", "expected"), [("hard", [("R-DATE", True)]), ("warn", [("R-DATE", False)]), ("off", [])]
)
def test_a_contract_before_the_application_is_judged_as_the_policy_says(rule, expected):
    assert signed(dt.date(2026, 11, 23), rule=rule) == expected


@pytest.mark.bare
@pytest.mark.parametrize("rule", ["hard", "warn", "off"])
def test_a_contract_of_the_day_of_application_is_in_time(rule):
    assert signed(dt.date(2026, 11, 24), rule=rule) == []


@pytest.mark.bare
def test_the_day_of_application_is_the_day_in_tianjin():
    assert signed(dt.date(2026, 11, 24), dt.datetime(2026, 11, 24, 15, 59, tzinfo=dt.UTC)) == []
    assert signed(dt.date(2026, 11, 24), dt.datetime(2026, 11, 24, 16, 0, tzinfo=dt.UTC)) == [("R-DATE", True)]


@pytest.mark.bare
@pytest.mark.parametrize(("day", "expected"), [(24, []), (25, [("R-DATE", True)])])
def test_the_work_is_done_by_the_use_by_day(day, expected):
    assert judged(a_claim(completed_on=dt.date(2027, 11, day))) == expected


@pytest.mark.bare
def test_hard_findings_stand_before_soft_ones():
    claim = a_claim(application=a_voucher(policy=PolicyVersion(contract_date_rule="warn")))
    claim.contracts.all()[0].signed_on = dt.date(2020, 1, 1)
    claim.receipts.all()[0].payee = "别家样例公司"
    assert judged(claim) == [("R-PARTY", True), ("R-DATE", False)]
    assert judged(claim, {("invoice", 1)}) == [("R-PARTY", True), ("R-DUP", True), ("R-DATE", False)]


@pytest.mark.bare
@pytest.mark.parametrize(("used", "number"), [(("invoice", 1), "26999999999999999999"), (("receipt", 1), "LS-0001")])
def test_a_paper_that_is_used_elsewhere_stops_the_claim_by_its_number(used, number):
    claim = a_claim()
    [finding] = judge(claim, papers_of(claim), frozenset({used}))
    assert (finding.code, finding.stops, number in finding.sentence) == ("R-DUP", True, True)
    assert judged(claim, {("invoice", 2), ("receipt", 2)}) == []


@pytest.mark.bare
def test_invoices_that_differ_from_the_contract_are_shown_and_do_not_stop():
    claim = a_claim()
    claim.contracts.all()[0].amount = Decimal(99_999)
    assert judged(claim) == [("R-SUM", False)]


@pytest.mark.bare
@pytest.mark.parametrize(("paid", "expected"), [(99_999, [("R-PAID", True)]), (100_000, []), (100_001, [])])
def test_what_the_receipts_lack_stops_the_claim(paid, expected):
    claim = a_claim()
    claim.receipts.all()[0].amount = Decimal(paid)
    assert judged(claim) == expected


@pytest.mark.bare
def test_the_claim_s_own_version_settles_before_the_voucher_s():
    claim = a_claim(policy=PolicyVersion(ratio=Decimal("0.30")))
    assert settle(claim).amount == 30_000
    claim.policy = None
    assert settle(claim).amount == 50_000


@pytest.mark.bare
def test_the_net_sum_counts_where_the_policy_says_so():
    net = a_claim(application=a_voucher(policy=PolicyVersion(amount_base="net")))
    assert (settle(a_claim()).base, settle(net).base) == (100_000, Decimal("94339.62"))


def test_a_draft_before_the_policy_s_choice_is_settled_by_the_voucher_s_version(world):
    claim = world.make_claim(amount=80_000)
    new_policy(ratio=Decimal("0.30"))
    settlement = settle(claim)
    assert (settlement.base, settlement.amount, settlement.returned) == (80_000, 40_000, 10_000)


@pytest.mark.bare
def test_the_sums_of_the_papers_and_of_the_claim_are_the_same():
    claim = a_claim()
    sums = papers_of(claim).sums
    assert sums == claim.sums
    assert sums.net + sums.tax == sums.gross == 100_000


@pytest.mark.bare
def test_an_empty_claim_has_sums_of_nothing():
    claim = a_claim({"invoices": [], "receipts": [], "contracts": []})
    assert set(claim.sums) == {Decimal(0)}
    assert claim.terms["contracts"] == []
    assert (papers_of(claim).has_any, papers_of(claim).has_all) == (False, False)


@pytest.mark.bare
@pytest.mark.parametrize("name", ["invoices", "receipts", "contracts"])
def test_a_claim_without_one_of_the_lists_is_not_whole(name):
    papers = papers_of(a_claim({name: []}))
    assert (papers.has_any, papers.has_all) == (True, False)


@pytest.mark.bare
@pytest.mark.parametrize(("rows", "field"), [("invoices", "issued_on"), ("receipts", "paid_on")])
@pytest.mark.parametrize(
    ("rule", "expected"), [("hard", [("R-DATE", True)]), ("warn", [("R-DATE", False)]), ("off", [])]
)
def test_no_paper_is_older_than_the_application(rows, field, rule, expected):
    claim = a_claim(application=a_voucher(policy=PolicyVersion(contract_date_rule=rule)))
    claim.contracts.all()[0].signed_on = dt.date(2006, 1, 1)
    setattr(getattr(claim, rows).all()[0], field, dt.date(2006, 1, 2))
    assert judged(claim) == expected * 2


@pytest.mark.bare
@pytest.mark.parametrize(("day", "expected"), [(23, [("R-DATE", True)]), (24, [])])
def test_the_work_is_not_done_before_the_application(day, expected):
    assert judged(a_claim(completed_on=dt.date(2026, 11, day))) == expected
    assert judged(a_claim(completed_on=dt.date(2006, 11, day))) == [("R-DATE", True)]


@pytest.mark.bare
@pytest.mark.parametrize(("day", "expected"), [(24, [("R-DATE", False)]), (25, [])])
def test_what_was_paid_or_billed_before_the_contract_is_asked_about(day, expected):
    claim = a_claim()
    claim.contracts.all()[0].signed_on = dt.date(2026, 11, 25)
    claim.receipts.all()[0].paid_on = claim.invoices.all()[0].issued_on = dt.date(2026, 11, day)
    assert judged(claim) == expected * 2


@pytest.mark.bare
@pytest.mark.parametrize(
    ("rows", "changes", "words"),
    [
        ("invoices", {"issued_on": dt.date(2026, 11, 23)}, "开具于 2026-11-23，早于合同签订日期 2026-11-24，请核对。"),
        ("receipts", {"paid_on": dt.date(2026, 11, 23)}, "付款于 2026-11-23，早于合同签订日期 2026-11-24，请核对。"),
        (
            "contracts",
            {"starts_on": dt.date(2026, 11, 25)},
            "完成日期 2026-11-24 早于合同开始日期 2026-11-25，请核对。",
        ),
    ],
)
def test_days_that_are_out_of_order_are_asked_about(rows, changes, words):
    claim = a_claim(application=a_voucher(policy=PolicyVersion(contract_date_rule="off")))
    for name, value in changes.items():
        setattr(getattr(claim, rows).all()[0], name, value)
    [finding] = judge(claim, papers_of(claim))
    assert (finding.code, finding.stops, words in finding.sentence) == ("R-DATE", False, True)


@pytest.mark.bare
def test_a_contract_after_the_voucher_s_use_by_day_is_asked_about():
    claim = a_claim()
    claim.application.use_by = dt.date(2026, 11, 24)
    assert judged(claim) == []
    claim.contracts.all()[0].signed_on = dt.date(2026, 11, 25)
    told = [finding.sentence for finding in judge(claim, papers_of(claim)) if "签订于" in finding.sentence]
    assert told == ["合同 HT-9 签订于 2026-11-25，晚于创新券使用截止日期 2026-11-24，请核对。"]


@pytest.mark.bare
def test_a_contract_that_ends_before_it_is_signed_is_asked_about():
    claim = a_claim()
    contract = claim.contracts.all()[0]
    contract.ends_on = contract.signed_on
    assert judged(claim) == []
    contract.ends_on = contract.signed_on - dt.timedelta(days=1)
    told = [finding.sentence for finding in judge(claim, papers_of(claim))]
    assert told == [f"合同 HT-9 的结束日期 {contract.ends_on} 早于签订日期 {contract.signed_on}，请核对。"]
