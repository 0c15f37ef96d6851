"""What stands in a claim of the demo: a contract, an invoice and a receipt that agree."""

import datetime as dt
import itertools
from decimal import Decimal

from django.utils import timezone

from redemption.models import Claim, Contract, Invoice, Receipt
from tten.demo.papers import net_and_tax

NUMBERS = itertools.count(1)
ACCOUNT = "1200000000000001"


def rows_of(claim: Claim, amount: Decimal, paid: Decimal) -> tuple[Contract, Invoice, Receipt]:
    """One contract, one invoice and one receipt of today, as the applicant would type them."""
    number = next(NUMBERS)
    return contract_of(claim, amount, number), invoice_of(claim, amount, number), receipt_of(claim, paid, number)


def contract_of(claim: Claim, amount: Decimal, number: int) -> Contract:
    """A contract of sixty days over the amount (yuan)."""
    today = timezone.localdate()
    return Contract(
        name="技术服务合同",
        number=f"HT-{today:%Y}-{number:04d}",
        party_a=claim.unit.name,
        party_b=claim.application.order.provider.legal_name,
        signed_on=today,
        starts_on=today,
        ends_on=today + dt.timedelta(60),
        amount=amount,
    )


def invoice_of(claim: Claim, amount: Decimal, number: int) -> Invoice:
    """One invoice over the whole amount (yuan), tax included."""
    provider = claim.application.order.provider
    net, tax = net_and_tax(amount)
    return Invoice(
        kind="digital_plain",
        invoice_number=f"26{number:018d}",
        issued_on=timezone.localdate(),
        seller=provider.legal_name,
        seller_tax_id=provider.legal_uscc,
        buyer=claim.unit.name,
        net=net,
        tax=tax,
        gross=amount,
    )


def receipt_of(claim: Claim, paid: Decimal, number: int) -> Receipt:
    """One payment (yuan) from the unit's account."""
    today = timezone.localdate()
    return Receipt(
        paid_on=today,
        payer=claim.unit.name,
        payer_account=ACCOUNT,
        payee=claim.application.order.provider.legal_name,
        payee_account="1200000000000002",
        amount=paid,
        serial=f"LS{today:%Y%m%d}{number:06d}",
    )
