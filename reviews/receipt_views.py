"""The 提交回执 as a paper."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from records.filenames import safe_name
from records.people import PersonRequest
from records.rules import RuleBroken
from reviews.receipts import find_receipt, print_receipt
from ui.printing import pdf_ready


@require_GET
def receipt_print(request: PersonRequest, number: str) -> HttpResponse:
    """The receipt as PDF, for whoever may see the case."""
    receipt = find_receipt(number, request.user)
    if sentence := pdf_ready():
        raise RuleBroken("R-PDF", sentence)
    response = HttpResponse(print_receipt(receipt), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=safe_name(f"提交回执_{receipt.number}.pdf")
    )
    return response
