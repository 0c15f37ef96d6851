"""Verbs of 创新券兑现: the draft and its rows, the guards of submission, the stamped form, the ends."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from accounts.certification.services import set_frozen
from records.rules import StaleCase
from redemption.models import Claim, Invoice
from redemption.services import (
    delete_row,
    drop_paper,
    end_claim,
    note_export,
    save_claim,
    save_row,
    start_claim,
    submit_claim,
    upload_stamped_form,
)
from reviews.models import Office
from tests.factories import World, drive_application, drive_claim, make_document
from tests.helpers import afresh, new_policy, refused
from vouchers.models import Application
from vouchers.services import end_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def voucher_of(world):
    return drive_application(world.make_application(), "approved", world)


def test_a_draft_knows_unit_district_and_account_name(world):
    claim = start_claim(voucher_of(world), by=world.applicant)
    assert (claim.unit, claim.district.code, claim.account_name, claim.state) == (
        world.unit,
        "120104",
        world.unit.name,
        "draft",
    )


def test_a_second_click_on_start_returns_the_same_draft(world):
    voucher = voucher_of(world)
    assert start_claim(voucher, by=world.applicant) == start_claim(voucher, by=world.applicant)
    assert Claim.objects.count() == 1


@pytest.mark.parametrize("dead", ["withdrawn", "lapsed", "district_rejected", "formal_rejected"])
def test_after_a_dead_claim_the_voucher_is_claimed_again(world, dead):
    ended = drive_claim(world.make_claim(), dead, world)
    again = start_claim(ended.application, by=world.applicant)
    assert (again.state, again == ended, ended.application.state) == ("draft", False, "approved")


@pytest.mark.parametrize("state", ["draft", "body", "voided"])
def test_only_an_approved_voucher_is_claimed(world, state):
    with refused("R-VOUCHER"):
        start_claim(drive_application(world.make_application(), state, world), by=world.applicant)


@pytest.mark.parametrize("role", ["stranger", "provider_member", "municipal"])
def test_only_the_unit_claims_also_where_a_draft_stands(world, role):
    voucher = voucher_of(world)
    with refused("R-PERM"):
        start_claim(voucher, by=world.people[role])
    start_claim(voucher, by=world.applicant)
    with refused("R-PERM"):
        start_claim(voucher, by=world.people[role])


def test_a_frozen_unit_cannot_start(world):
    voucher = voucher_of(world)
    set_frozen(world.unit, frozen=True, by=world.platform, text="经核实，提供虚假材料。")
    with refused("R-FROZEN"):
        start_claim(voucher, by=world.applicant)


@pytest.mark.parametrize("state", ["district", "accepted", "withdrawn"])
def test_nothing_is_editable_outside_draft_and_return(world, state):
    claim = drive_claim(world.make_claim(), state, world)
    for edit in (
        lambda: save_claim(claim, by=world.applicant),
        lambda: save_row(claim.invoices.get(), claim, by=world.applicant),
        lambda: delete_row(claim.receipts.get(), by=world.applicant),
        lambda: drop_paper(claim, claim.result_papers.get(), by=world.applicant),
    ):
        with refused("R-STATE"):
            edit()


def test_only_members_edit(world):
    claim = world.make_claim()
    with refused("R-PERM"):
        save_claim(claim, by=world.stranger)
    with refused("R-PERM"):
        delete_row(claim.invoices.get(), by=world.provider_member)


def test_a_colleague_s_words_are_not_overwritten(world):
    mine = world.make_claim()
    theirs = afresh(mine)
    theirs.bank_name = "另一家示例银行"
    save_claim(theirs, by=world.applicant)
    mine.bank_name = "第三家示例银行"
    with pytest.raises(StaleCase):
        save_claim(mine, by=world.applicant)


def test_results_are_added_one_by_one_and_taken_out_again(world):
    claim = world.make_claim()
    first, more = claim.result_papers.get(), make_document(world.applicant, "照片.jpg")
    save_claim(claim, by=world.applicant, papers=(more,))
    drop_paper(claim, first, by=world.applicant)
    assert [paper.name for paper in claim.result_papers.all()] == ["照片.jpg"]
    assert afresh(more).case == claim


def test_a_row_is_saved_once_and_its_paper_joins_the_case(world):
    claim = world.make_claim()
    row = claim.invoices.get()
    twin = Invoice.objects.get(pk=row.pk)
    twin.pk, twin._state.adding = None, True
    with refused("R-DUP", match="刚刚已经保存过"):
        save_row(twin, claim, by=world.applicant)
    assert (claim.invoices.count(), row.document.case, row.document.purpose) == (1, claim, "发票")


def test_deleting_one_row_leaves_the_others(world):
    claim = world.make_claim()
    delete_row(claim.invoices.get(), by=world.applicant)
    assert (claim.invoices.count(), claim.receipts.count(), claim.contracts.count()) == (0, 1, 1)


LACKING = {
    "no account": ("R-FIELDS", lambda claim: Claim.objects.filter(pk=claim.pk).update(account_number="")),
    "no invoice": ("R-ROWS", lambda claim: claim.invoices.all().delete()),
    "no receipt": ("R-ROWS", lambda claim: claim.receipts.all().delete()),
    "no contract": ("R-ROWS", lambda claim: claim.contracts.all().delete()),
    "window": ("R-WINDOW", lambda claim: new_policy(redeem_open="01-01", redeem_close="03-31")),
}


@pytest.mark.parametrize("what", LACKING)
@time_machine.travel("2026-11-24 10:00 +0800", tick=False)
def test_a_guard_refuses_submission_with_its_code(world, what):
    code, spoil = LACKING[what]
    claim = world.make_claim()
    spoil(claim)
    with refused(code):
        submit_claim(claim, by=world.applicant)
    assert (afresh(claim).state, claim.turns.count()) == ("draft", 0)


@time_machine.travel("2026-11-24 10:00 +0800", tick=False)
def test_the_redeem_by_day_itself_is_in_time(world):
    claim = world.make_claim()
    Application.objects.update(redeem_by=dt.date(2026, 11, 24))
    assert submit_claim(claim, by=world.applicant).state == "district"


def test_without_an_office_nothing_is_handed_in(world):
    claim = world.make_claim()
    Office.objects.filter(kind="district").update(is_active=False)
    with refused("R-OFFICE", match="南开区"):
        submit_claim(claim, by=world.applicant)


def test_submission_takes_the_papers_and_tells_the_amount(world):
    claim = submit_claim(world.make_claim(), by=world.applicant)
    assert (claim.invoices.get().live, claim.receipts.get().live) == (True, True)
    assert (claim.redeemed_amount, claim.policy, claim.due_on) == (50_000, claim.application.policy, None)


def test_a_returned_claim_goes_back_to_the_stage_and_keeps_its_papers(world):
    claim = drive_claim(world.make_claim(), "formal_returned", world)
    assert claim.invoices.get().live
    assert claim.due_on is not None
    claim = submit_claim(claim, by=world.applicant)
    assert (claim.state, claim.due_on, claim.turns.get(closed_at=None).round) == ("formal", None, 2)


def test_a_claim_with_another_sum_starts_at_the_district_again(world):
    claim = drive_claim(world.make_claim(), "formal_returned", world)
    Claim.objects.get(pk=claim.pk).contracts.update(amount=90_000)
    assert submit_claim(claim, by=world.applicant).state == "district"


@pytest.mark.parametrize(
    ("step", "role", "state"), [("withdraw", "applicant", "district"), ("lapse", "clock", "formal_returned")]
)
def test_an_ended_claim_frees_its_papers_and_leaves_the_voucher(world, step, role, state):
    claim = drive_claim(world.make_claim(), state, world)
    claim = end_claim(claim, step, by=world.people[role], note="项目调整。")
    assert (claim.invoices.get().live, claim.receipts.get().live) == (False, False)
    assert (afresh(claim.application).state, claim.application.account.approved) == ("approved", 50_000)


@pytest.mark.parametrize("step", ["give_back", "lapse"])
def test_a_voucher_under_redemption_is_neither_given_back_nor_lapsed(world, step):
    claim = drive_claim(world.make_claim(), "district", world)
    with refused("R-CLAIM"):
        end_application(claim.application, step, by=world.applicant if step == "give_back" else world.clock)


def test_a_mere_draft_does_not_hold_the_voucher(world):
    claim = world.make_claim()
    assert end_application(claim.application, "give_back", by=world.applicant).state == "voided"
    with refused("R-VOUCHER"):
        submit_claim(claim, by=world.applicant)
    assert list(Claim.objects.overdue()) == [claim]


def test_the_upload_moves_the_case_to_the_experts_and_stands_in_the_trail(world):
    claim = drive_claim(world.make_claim(), "accepted", world)
    scan = make_document(world.applicant, "盖章.pdf")
    claim = upload_stamped_form(claim, scan, by=world.applicant, seen=claim.version)
    event = claim.events.last()
    assert (claim.state, claim.stamped_form, claim.due_on) == ("experts", scan, None)
    assert (event.step, event.attachments, afresh(scan).case) == ("upload_form", [scan.sha256], claim)


def test_a_stale_or_foreign_upload_changes_nothing(world):
    claim = drive_claim(world.make_claim(), "accepted", world)
    with pytest.raises(StaleCase):
        upload_stamped_form(claim, make_document(world.applicant), by=world.applicant, seen=claim.version - 1)
    with refused("R-PERM"):
        upload_stamped_form(claim, make_document(world.stranger), by=world.stranger)
    assert (afresh(claim).state, afresh(claim).stamped_form) == ("accepted", None)


def test_a_returned_form_is_uploaded_again(world):
    claim = drive_claim(world.make_claim(), "form_returned", world)
    assert claim.due_on is not None
    claim = upload_stamped_form(claim, make_document(world.applicant, "重扫.pdf"), by=world.applicant)
    assert (claim.state, claim.stamped_form.name, claim.form_version) == ("experts", "重扫.pdf", 1)


def test_an_export_stands_in_the_trail_and_moves_nothing(world):
    claim = drive_claim(world.make_claim(), "accepted", world)
    note_export(claim, by=world.applicant)
    event = claim.events.last()
    assert (event.step, event.to_state, event.text) == ("export", "", f"导出兑现申请表 {claim.form_number} 第 1 版")
    assert afresh(claim).version == claim.version


@time_machine.travel("2026-11-24 10:00 +0800", tick=False)
def test_deadlines_follow_the_policy(world):
    returned = drive_claim(world.make_claim(), "district_returned", world)
    assert returned.due_on == dt.date(2026, 12, 8)
    end_claim(returned, "withdraw", by=world.applicant)
    claim = world.make_claim(returned.application)
    claim.invoices.update(gross=Decimal(100_000))
    assert drive_claim(claim, "accepted", world).due_on == dt.date(2026, 12, 15)
