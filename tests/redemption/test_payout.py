"""Verdicts on a redemption and what is paid: oracles 6–9 and 12 of domain.md §3, grave refusals, papers used twice."""

from decimal import Decimal

import pytest

from redemption.models import Claim, Invoice
from redemption.services import end_claim, occupy, start_claim, submit_claim
from tests.factories import World, drive_application, drive_claim
from tests.helpers import afresh, at_once, new_policy, other_side, refused
from vouchers.models import QuotaAccount

pytestmark = pytest.mark.django_db
PLAIN = "专家组一致同意。"


@pytest.fixture
def world():
    return World()


def sums(claim):
    account = QuotaAccount.objects.get(pk=claim.application.account_id)
    return account.reserved, account.approved, account.used


def at_experts(world, amount=100_000, word="agree", cut=0):
    """A claim on which the group of three has spoken; cut: yuan that each of them names."""
    claim = drive_claim(world.make_claim(amount=amount), "experts", world)
    world.hear_experts(claim, word, Decimal(cut))
    return claim


def test_oracle_6_what_is_not_redeemed_returns_to_the_cycle(world):
    claim = at_experts(world, amount=80_000)
    assert (claim.redeemed_amount, sums(claim)) == (40_000, (0, 50_000, 0))
    claim = world.decide(claim, world.body_second, "pass_review", PLAIN)
    account = claim.application.account
    assert (claim.final_amount, sums(claim), account.free) == (40_000, (0, 0, 40_000), 110_000)


def test_oracle_7_never_more_than_was_approved(world):
    claim = at_experts(world, amount=120_000)
    claim = world.decide(claim, world.body_second, "pass_review", PLAIN)
    assert (claim.final_amount, sums(claim)) == (50_000, (0, 0, 50_000))


def test_oracle_8_without_full_payment_nothing_is_handed_in(world):
    claim = world.make_claim(amount=100_000, paid=60_000)
    with refused("R-PAID", match="还差 40,000 元"):
        submit_claim(claim, by=world.applicant)
    assert (afresh(claim).state, claim.invoices.get().live) == ("draft", False)


def test_oracle_9_where_the_policy_asks_no_full_payment_the_receipts_count(world):
    new_policy(full_payment_required=False)
    claim = submit_claim(world.make_claim(amount=100_000, paid=60_000), by=world.applicant)
    assert claim.redeemed_amount == 30_000


def test_oracle_12_experts_cut_case_6_to_32_000(world):
    claim = at_experts(world, amount=80_000, word="cut", cut=32_000)
    claim = world.decide(claim, world.body_second, "pass_review", PLAIN)
    voucher = afresh(claim.application)
    assert (claim.state, claim.final_amount, voucher.state) == ("passed", 32_000, "redeemed")
    assert sums(claim) == (0, 0, 32_000)
    entry = voucher.entries.last()
    assert (entry.kind, entry.approved, entry.used, entry.approved + entry.used) == ("use", -50_000, 32_000, -18_000)


def test_the_body_records_less_than_the_group_names_and_never_more(world):
    claim = at_experts(world, amount=80_000, word="cut", cut=32_000)
    with refused("R-SUM", match="不超过专家组金额 32,000 元"):
        world.decide(claim, world.body_second, "pass_review", PLAIN, amount=Decimal(32_001))
    claim = world.decide(claim, world.body_second, "pass_review", PLAIN, amount=Decimal(30_000))
    assert (claim.final_amount, sums(claim)) == (30_000, (0, 0, 30_000))


@pytest.mark.parametrize("amount", [0, 40_001])
def test_experts_never_raise_the_amount_and_do_not_pass_nothing(world, amount):
    claim = at_experts(world, amount=80_000)
    with refused("R-SUM", match="不超过专家组金额 40,000 元"):
        world.decide(claim, world.body_second, "pass_review", PLAIN, amount=Decimal(amount))
    assert (afresh(claim).state, afresh(claim).final_amount, sums(claim)) == ("experts", None, (0, 50_000, 0))


def test_the_net_sum_counts_where_the_policy_says_so(world):
    new_policy(amount_base="net")
    claim = world.make_claim(amount=80_000)
    claim.invoices.update(net=70_000, tax=10_000)
    assert submit_claim(claim, by=world.applicant).redeemed_amount == 35_000


@pytest.mark.parametrize(
    ("reason", "voucher", "approved"),
    [
        ("R-REL", "voided", 0),
        ("R-DUP", "voided", 0),
        ("R-RESULT", "approved", 50_000),
        ("R-PARTY", "approved", 50_000),
    ],
)
@pytest.mark.parametrize("state", ["district", "formal"])
def test_a_grave_refusal_ends_the_voucher_and_another_leaves_it(world, state, reason, voucher, approved):
    claim = drive_claim(world.make_claim(), state, world)
    office = {"district": world.district, "formal": world.body}[state]
    claim = world.decide(claim, office, "reject", "经核查不符合规定。", reason=reason)
    assert (claim.state, claim.invoices.get().live, claim.receipts.get().live) == (f"{state}_rejected", False, False)
    assert (afresh(claim.application).state, sums(claim)) == (voucher, (0, approved, 0))


def test_the_group_may_refuse_and_the_voucher_lives_on(world):
    claim = drive_claim(world.make_claim(), "experts_rejected", world)
    assert (afresh(claim.application).state, sums(claim), claim.final_amount) == ("approved", (0, 50_000, 0), None)


def same_papers(world, number="26000000000000009999"):
    """Drafts of two firms that hold the same invoice."""
    other = other_side(world)
    claims = [world.make_claim(), other.make_claim(drive_application(other.make_application(), "approved", other))]
    Invoice.objects.update(invoice_number=number)
    return claims


def test_an_invoice_is_used_once_over_all_units_and_is_free_after_the_claim_has_died(world):
    first, second = same_papers(world)
    submit_claim(first, by=world.applicant)
    with refused("R-DUP", match="同一张发票不能重复兑现"):
        submit_claim(second, by=world.stranger)
    end_claim(first, "withdraw", by=world.applicant)
    assert submit_claim(second, by=world.stranger).state == "district"


def test_a_bank_receipt_is_used_once_as_well(world):
    first, second = same_papers(world)
    second.invoices.update(invoice_number="26000000000000008888")
    second.receipts.update(serial=first.receipts.get().serial)
    submit_claim(first, by=world.applicant)
    with refused("R-DUP", match="银行回单"):
        submit_claim(second, by=world.stranger)


def test_an_invoice_counts_for_ever_once_it_was_paid(world):
    first, second = same_papers(world)
    drive_claim(first, "passed", world)
    with refused("R-DUP"):
        submit_claim(second, by=world.stranger)


def test_a_paper_taken_in_the_very_moment_is_refused_by_the_database(world):
    first, second = same_papers(world)
    occupy(first)
    with refused("R-DUP", match="刚刚被另一份兑现申请使用"):
        occupy(second)


def test_formal_review_refuses_to_accept_papers_that_no_longer_agree(world):
    claim = drive_claim(world.make_claim(), "formal", world)
    claim.invoices.update(buyer="另一家样例公司")
    with refused("R-PARTY"):
        world.decide(claim, world.body, "pass_review", "形式审查合格。")
    assert afresh(claim).state == "formal"


@pytest.mark.django_db(transaction=True)
def test_two_firms_at_once_with_one_invoice():
    world = World()
    first, second = same_papers(world)
    results = at_once(
        lambda: submit_claim(first, by=world.applicant).state, lambda: submit_claim(second, by=world.stranger).state
    )
    assert sorted(results) == ["R-DUP", "district"]
    assert Invoice.objects.filter(live=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_on_start_make_one_claim():
    world = World()
    voucher = drive_application(world.make_application(), "approved", world)
    numbers = at_once(*[lambda: start_claim(voucher, by=world.applicant).number] * 2)
    assert (len(set(numbers)), Claim.objects.count()) == (1, 1)
