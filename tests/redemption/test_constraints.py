"""The database says no, too: each constraint of a redemption broken once by a raw write."""

import datetime as dt

import pytest
from django.utils import timezone

from redemption.checks import used_elsewhere
from redemption.models import Claim, Contract, Dropped, Invoice, Receipt
from tests.factories import World, drive_application, drive_claim
from tests.helpers import constrained, copied, other_side
from vouchers.models import Application
from vouchers.services import end_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def paper_dropped(claim, **fields):
    """One of its papers, as if it had been dropped."""
    return Dropped.objects.create(
        **{"claim": claim, "document": claim.result_papers.get(), "dropped_on": "invoice"} | fields
    )


def dropped_twice(claim):
    for _ in range(2):
        paper_dropped(claim)


BREAKS = {
    "dropped_once": dropped_twice,
    "dropped_list_known": lambda claim: paper_dropped(claim, dropped_on="cheque"),
    "claim_state_known": lambda claim: Claim.objects.update(state="unheard_of"),
    "claim_submitted_exactly": lambda claim: Claim.objects.update(submitted_at=timezone.now()),
    "submitted_exactly": lambda claim: Claim.objects.update(policy=claim.application.policy),
    "claim_one_live_per_voucher": lambda claim: copied(claim, number="DX0"),
    "claim_final_within_redeemed": lambda claim: Claim.objects.update(redeemed_amount=1, final_amount=2),
    "final_within_redeemed": lambda claim: Claim.objects.update(redeemed_amount=None, final_amount=2),
    "redemption_claim_number": lambda claim: copied(claim, state="withdrawn"),
    "invoice_once_per_claim": lambda claim: copied(claim.invoices.get(), code=claim.invoices.get().code),
    "invoice_sums_up": lambda claim: Invoice.objects.update(gross=1),
    "invoice_other_has_a_reason": lambda claim: Invoice.objects.update(kind="other"),
    "invoice_above_zero": lambda claim: Invoice.objects.update(net=0, tax=0, gross=0),
    "receipt_once_per_claim": lambda claim: copied(claim.receipts.get()),
    "receipt_above_zero": lambda claim: Receipt.objects.update(amount=0),
    "contract_above_zero": lambda claim: Contract.objects.update(amount=-1),
    "contract_ends_after_it_starts": lambda claim: Contract.objects.update(ends_on=dt.date(2020, 1, 1)),
    "contract_once_per_claim": lambda claim: copied(claim.contracts.get()),
    "printed_form_once_per_version": lambda claim: copied(claim.printed_forms.create(version=1)),
    "printed_form_made_has_file": lambda claim: claim.printed_forms.create(version=1, made_at=timezone.now()),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses(world, name):
    claim = world.make_claim()
    with constrained(name):
        BREAKS[name](claim)


@pytest.mark.parametrize("dead", sorted(Claim.DEAD - {"experts_rejected"}))
def test_a_dead_claim_does_not_count_as_the_one_live_one(world, dead):
    claim = drive_claim(world.make_claim(), dead, world)
    copied(claim, number="DX0", form_number=None)
    with constrained("claim_one_live_per_voucher"):
        Claim.objects.update(state="draft", submitted_at=None, policy=None)


LIVE = sorted(set(Claim.STATES) - Claim.DEAD - Claim.DRAFTS - {"passed"})


def test_a_redemption_that_is_under_way_needs_a_voucher_that_lives(world):
    """The trigger of 0010_live_needs_voucher knows every such state."""
    claim = drive_claim(world.make_claim(), "withdrawn", world)
    end_application(claim.application, "give_back", by=world.applicant)
    for state in LIVE:
        with constrained("claim_needs_living_voucher"):
            Claim.objects.filter(pk=claim.pk).update(state=state)
    with constrained("claim_needs_living_voucher"):
        copied(claim, number="DX0", state="district")
    Claim.objects.filter(pk=claim.pk).update(state="experts_rejected")


def test_a_voucher_lives_while_its_redemption_is_under_way(world):
    claim = drive_claim(world.make_claim(), "district", world)
    for state in LIVE:
        Claim.objects.filter(pk=claim.pk).update(state=state)
        with constrained("voucher_lives_while_redeemed"):
            Application.objects.update(state="lapsed")
    Claim.objects.filter(pk=claim.pk).update(state="withdrawn")
    assert Application.objects.update(state="lapsed") == 1


def two_claims(world):
    other = other_side(world)
    first, second = world.make_claim(), other.make_claim(other_voucher(other))
    Invoice.objects.update(invoice_number="26000000000000009999")
    Receipt.objects.update(payer_account="1200000000000001", serial="LS9999")
    return first, second


def other_voucher(other):
    return drive_application(other.make_application(), "approved", other)


@pytest.mark.parametrize(("rows", "name"), [("invoices", "invoice_used_once"), ("receipts", "receipt_used_once")])
def test_a_key_is_used_once_by_living_claims_and_as_often_as_one_likes_by_others(world, rows, name):
    first, second = two_claims(world)
    getattr(first, rows).update(live=True)
    with constrained(name):
        getattr(second, rows).update(live=True)
    getattr(first, rows).update(live=False)
    assert getattr(second, rows).update(live=True) == 1


def test_a_key_that_reads_as_one_is_one(world):
    first, second = two_claims(world)
    Receipt.objects.filter(claim=second).update(serial="ｌｓ－9999")
    first.receipts.update(live=True)
    with constrained("receipt_used_once"):
        second.receipts.update(live=True)
    assert used_elsewhere(second) == {("receipt", second.receipts.get().pk)}


def test_what_is_printed_on_a_digital_paper_is_used_once_too(world):
    first, second = two_claims(world)
    first.invoices.update(code="1200154130", invoice_number="03630024", live=True)
    second.invoices.update(kind="printed_special", printed="120015413003630024")
    with constrained("invoice_paper_used_once"):
        second.invoices.update(live=True)
    assert used_elsewhere(second) == {("invoice", second.invoices.get().pk)}


def test_a_form_number_is_given_once(world):
    first, second = two_claims(world)
    Claim.objects.filter(pk=first.pk).update(form_number="SQB1")
    with constrained("form_number"):
        Claim.objects.filter(pk=second.pk).update(form_number="SQB1")
