"""Verbs of 创新券兑现."""

import datetime as dt
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from accounts.cases.services import hold_editable
from accounts.models import User
from accounts.permissions import check_writer, refusal_frozen
from notifications.services import announce
from policy.working_days import add_working_days
from records.models import Document
from records.people import Person
from records.rules import RuleBroken, StaleCase
from records.services import attach, guard_version
from records.steps import lock
from records.steps import note as write_note
from redemption.checks import require_agreement, settle
from redemption.form.freezing import freeze_form
from redemption.models import Claim, Contract, Invoice, Receipt
from redemption.workflow import State
from reviews.models import Opinion, Verdict
from reviews.panel import group_amount
from reviews.reasons import GRAVE
from reviews.services import advance
from vouchers import ledger
from vouchers.models import Application
from vouchers.services import end_application

Row = Invoice | Receipt | Contract


def has_live_claim(application: Application) -> bool:
    """Whether a redemption of the voucher is under way beyond its draft."""
    return Claim.objects.live().filter(application=application).exclude(state=State.DRAFT).exists()


@transaction.atomic
def start_claim(application: Application, *, by: Person) -> Claim:
    """Begin a redemption of a voucher, or return the one that is under way."""
    application = lock(application)
    if not application.has_member(by):
        raise RuleBroken("R-PERM", "只有申请单位的成员可以兑现这张创新券。")
    check_writer(application, by)
    live: Claim | None = Claim.objects.live().filter(application=application).first()
    if live is not None:
        return live
    if not application.is_voucher:
        raise RuleBroken(
            "R-VOUCHER", f"这份申请的状态是“{application.get_state_display()}”，复审通过的创新券才能兑现。"
        )
    if application.unit.is_frozen:
        raise RuleBroken(*refusal_frozen("兑现创新券"))
    return Claim.objects.create(
        application=application,
        unit=application.unit,
        district=application.district,
        account_name=application.unit.name,
    )


@transaction.atomic
def save_claim(claim: Claim, *, by: Person, papers: tuple[Document, ...] = (), seen: int | None = None) -> Claim:
    """Keep what was typed, and add papers that show the result."""
    guard_version(hold_editable(claim, by=by), claim, seen)
    claim.save()
    attach(claim, papers, "服务成果证明")
    claim.result_papers.add(*papers)
    return claim


@transaction.atomic
def drop_paper(claim: Claim, document: Document, *, by: Person) -> None:
    """Take one paper out of 服务成果证明; it stays in the store for the retention job."""
    hold_editable(claim, by=by).result_papers.remove(document)


@transaction.atomic
def save_row(row: Row, claim: Claim, *, by: Person) -> Row:
    """Keep one row of 发票, 银行回单 or 合同; the other rows stay as they are."""
    hold_editable(claim, by=by)
    row.claim = claim
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise RuleBroken("R-DUP", "这一行刚刚已经保存过，同一张票据或合同在列表里只能有一行。") from error
    attach(claim, [row.document], str(row._meta.verbose_name))
    return row


@transaction.atomic
def delete_row(row: Row, *, by: Person) -> None:
    """Take one row out of the claim; its paper stays in the store for the retention job."""
    hold_editable(row.claim, by=by)
    row.delete()


@transaction.atomic
def submit_claim(claim: Claim, *, by: Person, seen: int | None = None) -> Claim:
    """Hand the claim in after the papers agree; its invoices and receipts are taken from now on."""
    claim = advance(claim, "submit", by=by, seen=seen, before_save=settle_and_occupy)
    announce(claim)
    return claim


def settle_and_occupy(claim: Claim) -> None:
    """Refuse papers that do not agree; the claim keeps what they come to, and takes them."""
    prefetch_related_objects([claim], *Claim.objects.all().row_lists())
    require_agreement(claim)
    claim.redeemed_amount = settle(claim).amount
    claim.submitted_terms, claim.due_on = claim.terms, None
    occupy(claim)


def occupy(claim: Claim) -> None:
    """Take the keys of the claim's invoices and receipts; the database refuses a second use."""
    try:
        with transaction.atomic():
            claim.invoices.update(live=True)
            claim.receipts.update(live=True)
    except IntegrityError as error:
        raise RuleBroken("R-DUP", "有发票或银行回单刚刚被另一份兑现申请使用，不能重复兑现，请核对后修改。") from error


def end_rows(claim: Claim) -> None:
    """A dead claim's invoices and receipts may be used again."""
    claim.invoices.update(live=False)
    claim.receipts.update(live=False)


@transaction.atomic
def end_claim(claim: Claim, step: str, *, by: Person, note: str = "", seen: int | None = None) -> Claim:
    """Withdraw or lapse: the claim ends, the voucher lives on until its redeem-by date."""
    claim = advance(claim, step, by=by, note=note, seen=seen)
    end_rows(claim)
    announce(claim, text=note)
    return claim


@transaction.atomic
def upload_stamped_form(claim: Claim, document: Document, *, by: Person, seen: int | None = None) -> Claim:
    """Take the signed scan; the upload itself moves the case on to the experts."""
    stored = lock(claim)
    if seen is not None and seen != stored.version:
        raise StaleCase
    stored.stamped_form, stored.due_on = document, None
    stored.save(update_fields=["stamped_form", "due_on"])
    attach(stored, [document], "盖章申请表")
    claim = advance(stored, "upload_form", by=by, attachments=[document])
    announce(claim)
    return claim


def note_export(claim: Claim, *, by: Person) -> None:
    """Write into the trail that the 兑现申请表 was exported."""
    write_note(claim, "export", by=by, text=f"导出兑现申请表 {claim.form_number} 第 {claim.form_version} 版")


def weigh_verdict(claim: Claim, opinion: Opinion) -> None:
    """Set the deadline of a return or of the stamped form, or the amount that is paid."""
    if opinion.verdict == Verdict.RETURN:
        claim.due_on = deadline(claim.rules.correction_days)
    elif opinion.verdict == Verdict.FORM_RETURN:
        claim.due_on = deadline(claim.rules.form_deadline_days)
    elif claim.state == State.ACCEPTED:
        prefetch_related_objects([claim], *Claim.objects.all().row_lists())  # the checks and the form read them often
        require_agreement(claim)
        claim.redeemed_amount, claim.due_on = settle(claim).amount, deadline(claim.rules.form_deadline_days)
    elif claim.state == State.PASSED:
        fix_amount(claim, opinion)


def fix_amount(claim: Claim, opinion: Opinion) -> None:
    """专家评审通过 with y yuan: the experts may cut the amount, never raise it."""
    most, amount = group_amount(opinion.turn), recorded_amount(opinion)
    if not 0 < amount <= most:
        raise RuleBroken("R-SUM", f"核定兑现金额应大于 0、不超过专家组金额 {most:,.2f} 元。")
    claim.final_amount, claim.passed_at = amount, timezone.now()


def recorded_amount(opinion: Opinion) -> Decimal:
    """Yuan that the body records: what the group names, where it does not cut."""
    return group_amount(opinion.turn) if opinion.amount is None else opinion.amount


def after_verdict(claim: Claim, opinion: Opinion) -> None:
    """What a verdict does beyond the row: frozen form, ledger, the end of the voucher."""
    if opinion.verdict == Verdict.REJECT:
        follow_rejection(claim, opinion)
    elif claim.state == State.ACCEPTED:
        freeze_form(claim)
    elif claim.state == State.PASSED:
        pay_out(claim, opinion)


def deadline(days: int) -> dt.date:
    """The last of so many working days from today."""
    return add_working_days(timezone.localdate(), days)


def follow_rejection(claim: Claim, opinion: Opinion) -> None:
    """The invoices are free again, and the voucher may end."""
    end_rows(claim)
    if is_grave(opinion):
        clock, words = User.objects.clock(), "兑现不通过：" + opinion.get_reason_display()
        claim.application = end_application(claim.application, "void", by=clock, note=words)


def is_grave(opinion: Opinion) -> bool:
    """Whether the word ends the voucher, too: fraud, related parties or double funding (§5.4)."""
    return opinion.verdict == Verdict.REJECT and opinion.reason in GRAVE


def pay_out(claim: Claim, opinion: Opinion) -> None:
    """The voucher is used; what is not paid returns to the cycle."""
    clock = User.objects.clock()
    application = advance(claim.application, "redeem", by=clock, note=f"兑现 {claim.number} 专家评审通过")
    ledger.use(application, recorded_amount(opinion), by=opinion.reviewer)
    announce(application)
