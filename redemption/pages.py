"""What the pages of a redemption show beside its fields and its rows."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.permissions import can_write_for
from records.steps import arrow_of, may_take
from redemption.checks import findings, papers_of
from redemption.form.pdf import pdf_ready
from redemption.models import Claim
from reviews.case_pages import Ending, ending_acts, endings_of
from vouchers.models import Application
from vouchers.pages import CENTER

HERE = ("创新券兑现", "claim_list")
ENDINGS = {
    "withdraw": Ending(
        "撤回兑现申请", "撤回后这份兑现申请结束，发票和回单可以再用；在兑现截止日期前可以重新申请。确定要撤回吗？", "确认撤回",
        "兑现申请已撤回。在兑现截止日期前可以重新申请。",
    ),
}  # fmt: skip


def crumbs(claim: Claim | None = None, here: str = "") -> list[tuple[str, str]]:
    """(label, url) from 用户中心 to this page."""
    trail = [(label, reverse(name)) for label, name in (CENTER, HERE)]
    if claim is not None:
        trail.append((claim.number, claim.get_absolute_url()))
    return [*trail, (here, "")] if here else trail


def find(request: HttpRequest, number: str) -> Claim:
    """The claim of this number of a unit that the person acts for; 404 for anybody else, 只读 included."""
    return get_object_or_404(Claim.objects.written_by(request.user).with_papers(), number=number)


def waiting_of(unit: Any, user: Any) -> Any:
    """The unit's vouchers that can be redeemed; none to a person who only reads."""
    may = unit is not None and can_write_for(unit, user)
    return Claim.objects.vouchers_waiting(unit) if may else Application.objects.none()


def refusals_of(claim: Claim) -> list[str]:
    """Why the claim cannot be handed in now: the sentence of each condition and of each hard rule of the papers."""
    arrow = arrow_of(claim, "submit")
    conditions: Any = arrow.conditions if arrow else ()
    found = [condition.broken[1] for condition in conditions if not condition(claim)]
    stops = [finding.sentence for finding in findings(claim) if finding.stops] if papers_of(claim).has_all else []
    return found + stops


def actions_of(claim: Claim, user: Any) -> list[dict[str, Any]]:
    """What the person can do with the claim now."""
    acts: list[dict[str, Any]] = []
    if can_write_for(claim, user) and claim.state in Claim.EDITABLE:
        label = "修改后重新申请" if claim.submitted_at else "继续填写"
        acts.append({"label": label, "url": reverse("claim_edit", args=[claim.number]), "primary": True})
    return acts + ending_acts(endings_of(claim, user, ENDINGS, "claim_end"))


def form_context(claim: Claim, user: Any) -> dict[str, Any]:
    """The 兑现申请表 on the page: whether it stands, can be printed, and can be handed in by this person."""
    if not claim.form_number:
        return {}
    return {
        "pdf_refusal": pdf_ready(), "may_upload": may_take(claim, "upload_form", user),
        "short_hash": claim.form_hash[:12].upper(),
    }  # fmt: skip
