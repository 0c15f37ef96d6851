"""What the clock does to redemptions: each case in a transaction of its own, all of it safe twice."""

import datetime as dt

from celery import shared_task

from accounts.cases.deadlines import put_off_appeals, put_off_cases, spare
from policy.calendar import today
from redemption.form.tasks import make_claim_form, sweep_claim_forms
from redemption.models import Claim
from redemption.notices import REMINDERS
from redemption.services import end_claim
from redemption.workflow import REFUSED, State
from reviews.clock import LATE, lapse_each, once
from vouchers import tasks as vouchers
from vouchers.tasks import begin_of, remind_of_return, remind_of_window, spare_returned

__all__ = ["lapse", "make_claim_form", "remind", "sweep_claim_forms"]  # celery looks for them in this file


@shared_task
def lapse() -> None:
    """End what is past its day, then the vouchers that it kept alive, then the drafts of those: all in one night, also after an outage."""
    put_off_cases(Claim.objects.filter(state__in=Claim.RETURNED | Claim.AWAITS_FORM))
    put_off_appeals(Claim.objects.filter(state__in=[*REFUSED, State.PASSED]))
    spare_returned(Claim.objects.overdue(), REMINDERS["claim_due_soon"])
    forms = Claim.objects.overdue().filter(state__in=Claim.AWAITS_FORM)
    spare(forms, REMINDERS["claim_form_soon"], lambda claim: today() + dt.timedelta(claim.rules.form_reminder_days))
    lapse_each(Claim.objects.overdue(), end_claim, LATE)
    vouchers.lapse()
    lapse_each(Claim.objects.overdue(), end_claim, LATE)


@shared_task
def remind() -> None:
    """Tell the units what will lapse soon: corrections, and stamped forms that are still missing."""
    for claim in Claim.objects.filter(state__in=Claim.RETURNED).select_related("policy"):
        remind_of_return(claim, REMINDERS["claim_due_soon"])
    waiting = Claim.objects.filter(state__in=Claim.AWAITS_FORM, due_on__gte=today())
    for claim in waiting.select_related("policy"):
        remind_of_form(claim)
    remind_of_window(Claim.objects.filter(state=State.DRAFT), "redeem", REMINDERS["claim_window_ends"])


def remind_of_form(claim: Claim) -> None:
    """Twice after each 市级受理 and each return of the form: so many days before it is due as its version says, and on the day."""
    if claim.due_on is None or claim.due_on - today() > dt.timedelta(days=claim.rules.form_reminder_days):
        return
    turn = claim.turns.exclude(closed_at=None).order_by("-closed_at").first()
    if turn is not None:
        is_last = claim.due_on == today()
        once(
            REMINDERS["claim_form_soon"],
            claim,
            since=begin_of(claim.due_on) if is_last else turn.closed_at,
            is_last=is_last,
        )
