"""The 兑现申请表 as PDF: equal forms give equal bytes (domain.md §6.4)."""

import segno

from policy.capitals import capitals
from redemption.form.claim_form import ClaimForm
from ui.printing import print_pdf

EXPERT_LINES = range(1, 8)  # an odd number, from 3 on (domain.md §5.4); a larger group adds a sheet


def render_claim_form(form: ClaimForm) -> bytes:
    """Return the form as PDF/A; raise RuntimeError with pdf_ready()'s sentence where it cannot be made."""
    return print_pdf("pdf/claim_form.html", context_of(form), mark=form.qr_text)


def context_of(form: ClaimForm) -> dict[str, object]:
    """Return what the template needs: the form, its QR code as a data address, and the amount in capitals."""
    code = segno.make(form.qr_text, error="m", micro=False)
    return {
        "form": form,
        "qr": code.svg_data_uri(border=0, scale=4, svgns=True),
        "capitals": capitals(form.redemption.amount),
        "expert_lines": EXPERT_LINES,
    }
