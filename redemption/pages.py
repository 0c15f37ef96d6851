"""What the pages of a redemption show beside its fields and its rows."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.cases import pages
from accounts.models import Unit
from accounts.permissions import can_write_for
from records.people import Person
from records.rules import sentence_of
from records.steps import may_take
from redemption.checks import findings, papers_of
from redemption.form.making import is_being_made
from redemption.models import Claim
from redemption.permissions import has_nothing_dropped, has_papers, is_complete, may_verify
from registers.kinds import Register, is_connected
from reviews.appeals.pages import appeal_acts
from reviews.case_pages import ending_acts, endings_of
from ui.printing import pdf_ready
from vouchers.models import Application

LISTED = ("创新券兑现", "claim_list")


def waiting_of(unit: Unit | None, user: Person) -> QuerySet[Application]:
    """The unit's vouchers that can be redeemed; none to a person who only reads."""
    if unit is None or not can_write_for(unit, user):
        return Application.objects.none()
    return Claim.objects.vouchers_waiting(unit)


def refusals_of(claim: Claim) -> list[str]:
    """Why the claim cannot be handed in now: the conditions, and each hard rule of the papers."""
    stops = [finding.sentence for finding in findings(claim) if finding.stops] if papers_of(claim).has_all else []
    return pages.refusals_of(claim, stops)


def places_of(claim: Claim) -> dict[str, str]:
    """Where on the form a refusal is mended: sentence → #anchor."""
    empty = next(
        (kind for kind in ("invoice", "receipt", "contract") if not getattr(claim, f"{kind}s").all()), "invoice"
    )
    rules = {has_papers: f"#rows-{empty}", has_nothing_dropped: "#dropped-form", is_complete: "#claim-form"}
    return {sentence_of(rule): place for rule, place in rules.items()}


def actions_of(claim: Claim, user: Person) -> list[dict[str, Any]]:
    """What the person can do with the claim now."""
    acts: list[dict[str, Any]] = []
    if can_write_for(claim, user) and claim.state in Claim.EDITABLE:
        label = "修改后重新申请" if claim.submitted_at else "继续填写"
        acts.append({"label": label, "url": reverse("claim_edit", args=[claim.number]), "primary": True})
    if is_connected(Register.INVOICE) and may_verify(claim, user):
        acts.append({"label": "重新查验发票", "url": reverse("claim_verify", args=[claim.number]), "post": True})
    acts += appeal_acts(claim, user, "claim_appeal")
    return acts + ending_acts(endings_of(claim, user, "claim_end"))


def form_context(claim: Claim, user: Person) -> dict[str, Any]:
    """The 兑现申请表 on the page: whether it stands, can be printed, and can be handed in by this person."""
    if not claim.form_number:
        return {}
    return {
        "pdf_refusal": pdf_ready(),
        "is_being_made": is_being_made(claim),
        "may_upload": may_take(claim, "upload_form", user),
        "short_hash": claim.form_hash[:12].upper(),
    }
