"""Three hundred invoices and receipts in the draft of one firm: `python -m benchmarks.invoices`, for the bench of claims.

Copies of the first of each, which keep what they came to together; they share its paper.
"""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import django
from django.apps import apps

from tten.local.say import say

if TYPE_CHECKING:
    from redemption.models import Invoice, Receipt

FIRM = "unit_admin"  # user name of its administrator
MANY = 300
EACH = Decimal(1)  # yuan of each copy


def main() -> None:
    """Write them, the first less by what the copies come to."""
    claims = apps.get_model("redemption.Claim")._default_manager
    claim = claims.get(state="draft", unit__memberships__user__username=FIRM)
    invoice, receipt, less = claim.invoices.earliest("pk"), claim.receipts.earliest("pk"), EACH * (MANY - 1)
    multiply(
        invoice,
        {"net": invoice.net - less, "gross": invoice.gross - less},
        {"net": EACH, "tax": Decimal(0), "gross": EACH},
        "invoice_number",
    )
    multiply(receipt, {"amount": receipt.amount - less}, {"amount": EACH}, "serial")
    say(f"{claim.number}: {claim.invoices.count()} invoices, {claim.receipts.count()} receipts")


def multiply(row: "Invoice | Receipt", first: dict[str, Decimal], each: dict[str, Decimal], key: str) -> None:
    """Copies of the row, each with a key of its own as long as the mould's; first: what is left of it."""
    model: type[Any] = type(row)
    rows = model._default_manager
    rows.filter(pk=row.pk).update(**first)
    mould = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    said = str(mould[key])
    rows.bulk_create([model(**(mould | each | {key: f"{said[:-6]}77{place:04d}"})) for place in range(MANY - 1)])


if __name__ == "__main__":
    django.setup()
    main()
