"""Verbs of 拨付登记: many claims were paid on one day, and one line was wrong."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import prefetch_related_objects
from django.utils import timezone

from notifications.services import notify
from policy.arithmetic import yuan
from policy.calendar import today
from records.doors import door
from records.locks import held_first, hold_row
from records.people import Person
from records.rules import RuleBroken, StaleCase
from records.steps import write_each
from redemption.models import Claim, Payment
from redemption.payments.notices import PAID, STRUCK
from redemption.payments.querysets import held_against, unpaid, with_names
from reviews.permissions import is_municipal

MOST = 100  # claims of one entry
NOT_YOURS = "R-PERM", "只有市科技局可以登记拨付。"
NOTHING = "R-PAY", "请先勾选要登记的兑现申请。"
TOO_MANY = "R-PAY", f"一次最多登记 {MOST} 份兑现申请，请分批办理。"
MOVED = "R-PAY", "勾选的兑现申请中有的已经登记、进入复核或者还在申请复核的期限内，没有登记任何一份。请重新勾选。"
AHEAD = "R-DATE", "拨付日期不能晚于今天。"
EARLY = "R-DATE", "拨付日期不能早于专家评审通过的日期：{number} 于 {day:%Y-%m-%d} 通过。"
STRUCK_BEFORE = "这条拨付登记已经撤销。"


def check_payer(by: Person) -> None:
    """RuleBroken unless he is at work at 市科技局."""
    if not is_municipal(by):
        raise RuleBroken(*NOT_YOURS)


@door
def record_payments(keys: Sequence[int], *, paid_on: dt.date, reference: str, by: Person) -> list[Payment]:
    """Write that the claims with these keys were paid on this day, all or none, and tell their firms.

    Raises RuleBroken where one of them is not to be paid (any more), or the day cannot be.
    """
    check_payer(by)
    claims = hold_unpaid(keys)
    check_day(paid_on, claims)
    rows = [
        Payment(claim=claim, amount=claim.final_amount or Decimal(0), paid_on=paid_on, reference=reference, by=by)
        for claim in claims
    ]
    made = Payment.objects.bulk_create(rows)
    Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(paid_on=paid_on)
    write_each(claims, "claim_paid", by=by, text={row.claim_id: in_words(row) for row in made})
    prefetch_related_objects(claims, "unit__members")
    for row in made:
        notify(PAID, row.claim, payment=row)
    return made


def hold_unpaid(keys: Sequence[int]) -> list[Claim]:
    """Hold these claims; RuleBroken unless each of them waits for its money."""
    if not keys:
        raise RuleBroken(*NOTHING)
    if len(keys) > MOST:
        raise RuleBroken(*TOO_MANY)
    with held_first(Claim.objects.filter(pk__in=keys)):
        claims = list(with_names(unpaid().exclude(held_against()).filter(pk__in=keys)))
    if len(claims) != len(set(keys)):
        raise RuleBroken(*MOVED)
    return claims


def check_day(paid_on: dt.date, claims: Sequence[Claim]) -> None:
    """RuleBroken for a day that lies ahead, or before one of the claims had passed."""
    if paid_on > today():
        raise RuleBroken(*AHEAD)
    for claim in claims:
        if claim.passed_at and (day := timezone.localdate(claim.passed_at)) > paid_on:
            code, sentence = EARLY
            raise RuleBroken(code, sentence.format(number=claim.number, day=day))


@door
def strike_payment(payment: Payment, *, why: str, by: Person) -> Payment:
    """Take back a line that was wrong, with the reason; the claim waits for its money again and its firm is told."""
    check_payer(by)
    claim = hold_row(with_names(Claim.objects.all()), payment.claim_id)
    held = hold_row(Payment.objects.all(), payment.pk)
    if held.struck_at is not None:
        raise StaleCase(STRUCK_BEFORE)
    held.struck_at, held.struck_by, held.struck_why = timezone.now(), by, why
    held.save(update_fields=["struck_at", "struck_by", "struck_why"])
    Claim.objects.filter(pk=claim.pk).update(paid_on=None)
    write_each([claim], "claim_payment_struck", by=by, text=f"{in_words(held)}；撤销原因：{why}")
    notify(STRUCK, claim, payment=held)
    return held


def in_words(payment: Payment) -> str:
    """What the trail keeps of it."""
    return f"{payment.paid_on:%Y-%m-%d} 拨付 {yuan(payment.amount)}，{payment.reference}"
