"""The 兑现申请表 as PDF: equal forms give equal bytes (domain.md §6.4)."""

from policy.capitals import capitals
from redemption.form.claim_form import ClaimForm
from redemption.form.codes import draw_codes
from ui.printing import print_pdf

EXPERT_LINES = range(1, 8)  # an odd number, from 3 on (domain.md §5.4); a larger group adds a sheet


def render_claim_form(form: ClaimForm) -> bytes:
    """Return the form as PDF/A; raise RuntimeError with pdf_ready()'s sentence where it cannot be made."""
    return print_pdf("pdf/claim_form.html", context_of(form), mark=form.identity, marks=draw_codes(form))


def context_of(form: ClaimForm) -> dict[str, object]:
    """Return what the template needs: the form, the amount in capitals, and the places of the experts."""
    return {
        "form": form,
        "capitals": capitals(form.redemption.amount),
        "expert_lines": EXPERT_LINES,
    }
