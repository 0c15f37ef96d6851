"""形式审查通过 freezes what stands on the 兑现申请表: number, version, content and its hash (domain.md §5.4, §6.4)."""

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from types import NoneType
from typing import Any, get_args, get_type_hints

from django.utils import timezone

from accounts.models import Honour
from records.models import next_number
from redemption.checks import settle
from redemption.form import claim_form as form
from redemption.forms import RESULT, ClaimForm
from redemption.models import Claim, Contract, Invoice, PrintedForm, Receipt
from redemption.workflow import State
from reviews.models import Opinion
from ui.forms import Row, read_row
from ui.templatetags.ui import day, figure, money, when

STAGES_ON_FORM = {
    State.DISTRICT: "district_opinion",
    State.FORMAL: "body_opinion",
}  # state of the turn → field of the form
READ: dict[type, Callable[[str], Any]] = {
    Decimal: Decimal,
    dt.date: dt.date.fromisoformat,
    dt.datetime: dt.datetime.fromisoformat,
}  # the inverse of `_exact`
PLACED = {"result_papers", "completed_on", "effect"}  # have places of their own on the form
WORDS: dict[str, Callable[[Any], str]] = {
    "money": money,
    "date": day,
    "time": when,
    "list": "、".join,
}  # kind of value → how it is printed


def freeze_form(claim: Claim) -> None:
    """Compute the amount, build the form and keep it; the version rises only if the content has changed, and is to be made."""
    settlement = settle(claim)
    claim.redeemed_amount = settlement.amount
    claim.accepted_at = timezone.now()
    claim.form_number = claim.form_number or next_number("SQB")
    sheet = build(claim).sealed()
    is_new = sheet.content_hash != claim.form_hash
    if is_new:
        claim.form_version += 1
        claim.form_hash = sheet.content_hash
        claim.form_content = json.loads(json.dumps(sheet.content(), default=_exact))
    claim.stamped_form = None
    claim.save()
    if is_new:
        PrintedForm.objects.create(claim=claim, version=claim.form_version, content_hash=claim.form_hash)


def _exact(value: Decimal | dt.date) -> str:
    """Write money and instants without losing a digit: the hash is of the whole value."""
    return str(value) if isinstance(value, Decimal) else value.isoformat()


def frozen_form(claim: Claim) -> form.ClaimForm:
    """The form as it was frozen, whatever has changed about the unit since."""
    identity = {
        "number": claim.form_number,
        "version": claim.form_version,
        "frozen_at": claim.accepted_at and claim.accepted_at.isoformat(),
        "content_hash": claim.form_hash,
    }
    frozen: form.ClaimForm = restore(form.ClaimForm, {**(claim.form_content or {}), **identity})
    return frozen


def restore(kind: Any, value: Any) -> Any:
    """What was written as plain JSON, as the annotation of its field names it: a part of the form, rows, money, a day."""
    if value is None:
        return None
    if NoneType in get_args(kind):  # X | None
        kind = get_args(kind)[0]
    if isinstance(value, list):  # tuple[X, ...]
        return tuple(restore(get_args(kind)[0], part) for part in value)
    if isinstance(value, dict):
        fields = get_type_hints(kind)
        return kind(**{name: restore(fields[name], part) for name, part in value.items()})
    return READ[kind](value) if kind in READ else value


def build(claim: Claim) -> form.ClaimForm:
    """Everything that stands on the form, from the claim's rows."""
    return form.ClaimForm(
        number=claim.form_number or "",
        version=claim.form_version,
        frozen_at=claim.accepted_at or timezone.now(),
        year=claim.application.cycle,
        applicant=_applicant(claim),
        service=_service(claim),
        redemption=_redemption(claim),
        outcome=form.Outcome(
            completed=claim.completed_on,
            text=claim.effect,
            rating=claim.rating,
            papers=tuple(claim.result_papers.values_list("name", flat=True)),
            more=_more(claim),
        ),
        pledge=claim.rules.pledge_text,
        **_opinions(claim),
        **_rows(claim),
    )


def _more(claim: Claim) -> tuple[form.Answer, ...]:
    """What the form's section on the result asks beside that: whatever is named there is printed, if it is filled in."""
    rows = [read_row(ClaimForm, claim, name, whole=False) for name in ClaimForm.sections[RESULT] if name not in PLACED]
    return tuple(form.Answer(row.label, _words(row)) for row in rows if row.value not in (None, "", []))


def _words(row: Row) -> str:
    """The value as paper shows it."""
    return WORDS.get(row.kind, str)(row.value)


def _applicant(claim: Claim) -> form.Applicant:
    unit = claim.certified
    return form.Applicant(
        name=unit.name,
        uscc=unit.uscc,
        kind=unit.get_kind_display(),
        district=str(claim.district),
        address=unit.address,
        legal_representative=unit.legal_representative,
        founded=unit.founded_on,
        registered_capital=f"{figure(unit.capital)} 万元" if unit.capital is not None else "",
        industry=unit.industry,
        qualifications="、".join(Honour(honour).label for honour in unit.honours),
        staff=unit.staff_count,
        revenue=unit.revenue,
        research_spending=unit.research_spend,
        handler=unit.handler_name,
        phone=unit.handler_phone,
    )


def _service(claim: Claim) -> form.Service:
    application, voucher = claim.application, claim.application.voucher
    order = application.order
    laboratory = getattr(order.provider, "laboratory", None)
    return form.Service(
        voucher_number=voucher.number,
        application_number=application.number,
        project=application.project_name,
        content=application.content,
        product=order.product_name,
        category=order.category_name,
        provider=order.provider.legal_name,
        provider_uscc=laboratory.host_uscc if laboratory else order.provider.uscc,
        order_number=order.number,
        laboratory=order.provider.name if laboratory else "",
        approved_amount=voucher.amount,
        approved_on=timezone.localdate(voucher.approved_at),
    )


def _redemption(claim: Claim) -> form.Redemption:
    settlement = settle(claim)
    return form.Redemption(
        base=settlement.base,
        ratio=claim.rules.ratio,
        amount=claim.asked_amount,
        payee=claim.account_name,
        bank=claim.bank_name,
        account=claim.account_number,
    )


def _rows(claim: Claim) -> dict[str, Any]:
    return {
        "contracts": tuple(_contract(row) for row in claim.contracts.all()),
        "invoices": tuple(_invoice(row) for row in claim.invoices.all()),
        "receipts": tuple(_receipt(row) for row in claim.receipts.all()),
    }


def _contract(row: Contract) -> form.ContractLine:
    period = f"{row.starts_on} 至 {row.ends_on}"
    return form.ContractLine(row.name, row.number, row.party_a, row.party_b, row.signed_on, period, row.amount)


def _invoice(row: Invoice) -> form.InvoiceLine:
    kind, number = row.kind_words, row.invoice_number
    return form.InvoiceLine(kind, row.code, number, row.issued_on, row.seller, row.net, row.tax, row.gross)


def _receipt(row: Receipt) -> form.ReceiptLine:
    payer, payee = (row.payer, row.payer_account), (row.payee, row.payee_account)
    return form.ReceiptLine(row.paid_on, *payer, *payee, row.serial, row.amount)


def _opinions(claim: Claim) -> dict[str, Any]:
    """The last word of 区初审 and of 形式审查, or of the 复核 that has taken its place."""
    turns = claim.turns.filter(state__in=[*STAGES_ON_FORM, State.APPEAL]).exclude(closed_at=None)
    told, stage = {}, State.DISTRICT
    words = Opinion.objects.filter(turn__in=turns).select_related("turn__office", "turn__case_type")
    for word in words.order_by("turn", "at", "pk"):
        stage = stage if word.turn.is_appeal else State(word.turn.state)
        told[STAGES_ON_FORM[stage]] = form.OfficeOpinion(word.turn.office.name, word.result, word.text, word.at)
    return told
