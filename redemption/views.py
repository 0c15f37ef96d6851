"""Pages of 【科技创新券】-【创新券兑现】."""

import re

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from accounts.cases.pages import KEPT, crumbs, own
from accounts.cases.views import check, end, hand_in, handed_in
from accounts.members.switching import shown_unit
from records.people import PersonRequest
from records.rules import RuleBroken
from records.steps import seen_in
from records.uploads import store_upload
from redemption import pages
from redemption.filters import ClaimFilter
from redemption.form.freezing import frozen_form
from redemption.form.pdf import pdf_ready, render_claim_form
from redemption.forms import STAMPED, ClaimForm, StampedForm
from redemption.models import Claim
from redemption.pages import LISTED
from redemption.rows.kinds import KINDS
from redemption.rows.pages import EDIT_PAGE, Line, edit_context, money_context
from redemption.services import (
    drop_paper,
    end_claim,
    note_export,
    save_claim,
    start_claim,
    submit_claim,
    upload_stamped_form,
)
from reviews.case_pages import case_context, ending_of, endings_of
from reviews.kinds import tell
from reviews.progress import open_corrections
from vouchers.models import Application

PAGE = 20  # rows
REMOVE = "remove-"  # and the key of a paper: what its button sends as act
PK = re.compile(r"[0-9]{1,18}")


@require_GET
def claim_list(request: PersonRequest) -> HttpResponse:
    """Vouchers that can be redeemed, and the redemptions."""
    unit = shown_unit(request.user)
    mine = Claim.objects.filter(unit=unit).select_related("application__order__provider")
    found = ClaimFilter(request.GET, mine)
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "page": page,
        "vouchers": pages.waiting_of(unit, request.user)[:PAGE],
        "crumbs": crumbs(LISTED),
    }
    return render(request, "redemption/claim_list.html", context)


@require_POST
def claim_start(request: PersonRequest, number: str) -> HttpResponse:
    """Begin the redemption of a voucher, or go on with the one under way."""
    application = get_object_or_404(Application.objects.of(request.user), number=number)
    claim = start_claim(application, by=request.user)
    if claim.state in Claim.EDITABLE:
        return redirect("claim_edit", claim.number)
    return redirect(claim)


def claim_edit(request: PersonRequest, number: str) -> HttpResponse:
    """The three row lists and the form: 保存 keeps what is there, 申请 goes on to the check."""
    claim = own(Claim, request, number)
    if claim.state not in Claim.EDITABLE:
        return redirect(claim)
    if request.method != "POST":
        return render(request, EDIT_PAGE, edit_context(claim, opened=asked_for(request, claim)))
    act = request.POST.get("act", "save")
    form = ClaimForm(
        request.POST, request.FILES, instance=claim, final=act == "submit", corrections=open_corrections(claim)
    )
    if not save(request, form, act):
        return render(request, EDIT_PAGE, edit_context(own(Claim, request, number), form))
    if act == "submit":
        return redirect("claim_check", claim.number)
    messages.success(request, KEPT)
    return redirect("claim_edit", claim.number)


def save(request: PersonRequest, form: ClaimForm, act: str) -> bool:
    """Keep what is valid; whether all of it was, and no row stands open. The rest stays on the page."""
    is_valid = form.is_valid()
    try:
        claim, papers = form.fill(by=request.user)
        save_claim(claim, by=request.user, papers=papers, seen=seen_in(request.POST))
        for paper in claim.result_papers.all():
            if act == f"{REMOVE}{paper.pk}":
                drop_paper(claim, paper, by=request.user)
    except RuleBroken as refusal:
        form.add_error(None, refusal.sentence)
        return False
    form.kept = True
    if act == "submit" and request.POST.get("open_row"):
        form.add_error(None, "还有一行没有保存。请先【保存】或移除这一行，再点“申请”。")
        return False
    return is_valid


def asked_for(request: PersonRequest, claim: Claim) -> list[Line]:
    """The row that the address asks to open: ?add=invoice, or ?edit=invoice-12; for pages without script."""
    add, (kind, _, pk) = request.GET.get("add", ""), request.GET.get("edit", "").partition("-")
    if add in KINDS:
        return [Line(KINDS[add], form=KINDS[add].form(claim=claim, by=request.user))]
    row = KINDS[kind].rows(claim).filter(pk=pk).first() if kind in KINDS and PK.fullmatch(pk) else None
    if row is None:
        return []
    return [Line(KINDS[kind], row, KINDS[kind].form(instance=row, claim=claim, by=request.user))]


@require_GET
def claim_check(request: PersonRequest, number: str) -> HttpResponse:
    """Check your answers: everything once more, and what still stands in the way."""
    claim = own(Claim, request, number)
    if claim.state not in Claim.EDITABLE:
        return redirect(claim)
    return check_page(request, claim)


def check_page(request: PersonRequest, claim: Claim, refusal: RuleBroken | None = None) -> HttpResponse:
    """All answers with the reasons why they cannot be handed in, if any."""
    return check(
        request,
        claim,
        refusal,
        dossier=tell(claim, request.user),
        refusals=pages.refusals_of(claim),
        crumbs=crumbs(LISTED, claim, "核对"),
        **money_context(claim),
    )


@require_POST
def claim_submit(request: PersonRequest, number: str) -> HttpResponse:
    """Hand the claim in."""
    return hand_in(
        request,
        get_object_or_404(Claim.objects.written_by(request.user), number=number),
        submit_claim,
        refused=lambda refusal: check_page(request, own(Claim, request, number), refusal),
        said=lambda case: handed_in("兑现申请", case),
    )


def claim_end(request: PersonRequest, number: str, step: str) -> HttpResponse:
    """Withdraw the claim; asks once."""
    claim = own(Claim, request, number)
    ending = ending_of(claim, step)

    def act() -> None:
        end_claim(claim, step, by=request.user, seen=seen_in(request.POST))

    return end(request, claim, step, ending, act, crumbs=crumbs(LISTED, claim, ending.title))


@require_GET
def claim_detail(request: PersonRequest, number: str) -> HttpResponse:
    """The case: who has it, until when, what can be done now; its content, papers, opinions and progress."""
    claim = get_object_or_404(Claim.objects.visible_to(request.user).to_read(), number=number)
    return detail_page(request, claim, StampedForm())


def detail_page(request: PersonRequest, claim: Claim, form: StampedForm) -> HttpResponse:
    """The page of the case, with the place where the stamped form is handed in."""
    endings = endings_of(claim, request.user, "claim_end")
    context = (
        case_context(claim, request.user)
        | pages.form_context(claim, request.user)
        | {
            "claim": claim,
            "form": form,
            "crumbs": crumbs(LISTED, claim),
            "endings": endings,
            "actions": pages.actions_of(claim, request.user),
        }
    )
    return render(request, "redemption/claim_detail.html", context)


@require_POST
def claim_form_export(request: PersonRequest, number: str) -> HttpResponse:
    """The 兑现申请表 as PDF; each export is written into the trail."""
    claim = get_object_or_404(Claim.objects.visible_to(request.user), number=number)
    if not claim.form_number:
        raise Http404
    if sentence := pdf_ready():
        raise RuleBroken("R-PDF", sentence)
    paper = render_claim_form(frozen_form(claim))
    note_export(claim, by=request.user)
    response = HttpResponse(paper, content_type="application/pdf")
    name = f"兑现申请表_{claim.form_number}_第{claim.form_version}版.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@require_POST
def claim_form_upload(request: PersonRequest, number: str) -> HttpResponse:
    """Take the signed and stamped scan; the upload itself moves the case on to the experts."""
    claim = own(Claim, request, number)
    form = StampedForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            document = store_upload(form.cleaned_data["scan"], by=request.user, kinds=STAMPED)
            upload_stamped_form(claim, document, by=request.user, seen=seen_in(request.POST))
        except RuleBroken as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "盖章的兑现申请表已上传，进入专家评审。有结果时会发消息给您。")
            return redirect(claim)
    return detail_page(request, claim, form)
