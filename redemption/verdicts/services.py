"""What a verdict does to a redemption, and what 申请复核 takes up again."""

from decimal import Decimal

from django.db.models import prefetch_related_objects
from django.utils import timezone

from accounts.models import User
from catalog.ratings.services import rate_service
from notifications.services import announce
from policy.arithmetic import yuan
from policy.working_days import add_working_days
from records.doors import door
from records.people import Person
from records.queue import after_commit
from records.rules import RuleBroken
from redemption.checks import require_agreement, settle
from redemption.form.freezing import freeze_form
from redemption.form.tasks import make_claim_form
from redemption.models import Claim
from redemption.services import end_claim, end_rows, occupy
from redemption.workflow import State
from reviews.appeals.reading import appeals_of
from reviews.appeals.services import tell_first_office
from reviews.models import Opinion, Verdict
from reviews.panel import group_amount
from reviews.reasons import GRAVE
from reviews.services import advance, check_cut
from vouchers import ledger
from vouchers.services import check_raised, end_application, restore_voucher


def weigh_verdict(claim: Claim, opinion: Opinion) -> None:
    """Set the amount that is asked for or paid, and the day until which the unit corrects, uploads or asks for 复核."""
    if claim.state == State.ACCEPTED:
        prefetch_related_objects([claim], *Claim.objects.all().row_lists())  # the checks and the form read them often
        require_agreement(claim)
        claim.redeemed_amount = settle(claim).amount
    elif claim.state == State.PASSED and opinion.verdict == Verdict.PASS:
        fix_amount(claim, opinion)
    if claim.state in claim.RETURNED | claim.AWAITS_FORM or is_appealable(claim, opinion):
        claim.due_on = add_working_days(timezone.localdate(), claim.days_to_act())


def is_appealable(claim: Claim, opinion: Opinion) -> bool:
    """Whether the word refuses, or lowers the amount, and is no 复核 itself."""
    is_cut = claim.final_amount is not None and claim.final_amount < claim.asked_amount
    return (opinion.verdict == Verdict.REJECT or is_cut) and not opinion.turn.is_appeal


def fix_amount(claim: Claim, opinion: Opinion) -> None:
    """专家评审通过 with y yuan: the experts may cut the amount, never raise it; 复核 may, up to what was asked for."""
    most = claim.asked_amount if opinion.turn.is_appeal else group_amount(opinion.turn)
    amount = most if opinion.amount is None else opinion.amount
    if not 0 < amount <= most:
        raise RuleBroken("R-SUM", f"核定兑现金额应大于 0、不超过{most_words(opinion)} {yuan(most)}。")
    check_cut(opinion, asked=claim.asked_amount, granted=amount)
    check_raised(claim.final_amount, amount)
    claim.final_amount, claim.passed_at = amount, claim.passed_at or timezone.now()


def most_words(opinion: Opinion) -> str:
    """Whose amount is the most that may be recorded."""
    return "申请兑现金额" if opinion.turn.is_appeal else "专家组金额"


def after_verdict(claim: Claim, opinion: Opinion) -> None:
    """What a verdict does beyond the row: frozen form, ledger, the end of the voucher."""
    if opinion.verdict == Verdict.REJECT:
        follow_rejection(claim, opinion, by=opinion.reviewer)
    elif claim.state == State.ACCEPTED:
        freeze_form(claim)
        after_commit(make_claim_form, claim.pk)
    elif claim.state == State.PASSED:
        pay_out(claim, opinion)
    tell_first_office(claim, opinion)


def follow_rejection(claim: Claim, opinion: Opinion, *, by: Person) -> None:
    """The invoices are free again, and the voucher may end; where a lowered amount stands, the rest is free again."""
    if claim.state == State.PASSED:
        ledger.release(claim.application, by=by)
        return
    end_rows(claim)
    if is_grave(opinion) and claim.application.is_voucher:
        clock, words = User.objects.clock(), "兑现不通过：" + opinion.get_reason_display()
        claim.application = end_application(claim.application, "void", by=clock, note=words)


def is_grave(opinion: Opinion) -> bool:
    """Whether the word ends the voucher, too: fraud, related parties or double funding (§5.4)."""
    return opinion.verdict == Verdict.REJECT and opinion.reason in GRAVE


def pay_out(claim: Claim, opinion: Opinion) -> None:
    """The voucher is used, with its amount set anew where it was used before; what is not paid returns to the cycle."""
    application, amount = claim.application, claim.final_amount or Decimal(0)
    is_first = application.is_voucher
    if is_first:
        if claim.rating:
            rate_service(application.order, claim.number, claim.rating)
        clock = User.objects.clock()
        application = advance(application, "redeem", by=clock, note=f"兑现 {claim.number} {claim.get_state_display()}")
        application.unit = claim.unit
        prefetch_related_objects([claim.unit], "members")  # both cases tell them
    ledger.use(application, amount, by=opinion.reviewer)
    if is_first:
        announce(application)


def take_up_again(claim: Claim, *, by: Person) -> None:
    """申请复核: the voucher lives, invoices and receipts are taken, what the experts have cut is reserved; or it is refused."""
    claim.application.unit = claim.unit
    if claim.appealed_from == State.PASSED:
        ledger.reserve_more(claim.application, claim.asked_amount - (claim.final_amount or Decimal(0)), by=by)
        return
    if not claim.application.is_voucher:
        note = f"兑现申请 {claim.number} 申请复核"
        claim.application = restore_voucher(claim.application, by=by, note=note)
    occupy(claim)


@door
def end(claim: Claim, step: str, *, by: Person, seen: int | None = None) -> Claim:
    """An end that the applicant chooses: 撤回, or 撤回复核, after which everything is as it was decided."""
    if step != "drop_appeal":
        return end_claim(claim, step, by=by, seen=seen)
    claim = advance(claim, step, by=by, seen=seen)
    follow_rejection(claim, appeals_of(claim)[0].opinion, by=by)
    announce(claim)
    return claim
