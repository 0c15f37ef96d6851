"""Pages of 【科技创新券】-【创新券兑现】."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from accounts.cases.pages import KEPT, crumbs, own, part_in
from accounts.cases.views import check, end, hand_in, handed_in, leave
from accounts.members.switching import shown_unit
from papers.services import facts_of
from records.filenames import safe_name
from records.once import repeatable
from records.people import Person, PersonRequest
from records.rules import RuleBroken, StaleCase, sentence_of
from records.steps import seen_in
from records.uploads import forget, store_upload
from redemption import pages
from redemption.checks import papers_of
from redemption.filters import ClaimFilter
from redemption.findings.lines import own_lines
from redemption.form.making import form_file
from redemption.forms import STAMPED, ClaimForm, StampedForm
from redemption.models import Claim
from redemption.pages import LISTED
from redemption.permissions import has_nothing_dropped
from redemption.rows.dropping import Waiting, waiting_of
from redemption.rows.forms import Beside
from redemption.rows.kinds import KINDS, Line
from redemption.rows.pages import EDIT_PAGE, Shown, edit_context, missing_rows
from redemption.services import (
    drop_paper,
    note_export,
    save_claim,
    start_claim,
    submit_claim,
    upload_stamped_form,
)
from redemption.verdicts.services import end as end_step
from reviews.case_pages import case_context, ending_of, endings_of
from reviews.kinds import tell
from reviews.progress import open_corrections
from reviews.receipts import where_it_lies
from ui.paging import PAGE, page_of
from vouchers.models import Application

if TYPE_CHECKING:
    from django.core.files.base import File
from ui.listing import exported

REMOVE = "remove-"  # and the key of a paper: what its button sends as act
STILL_DROPPED = sentence_of(has_nothing_dropped)
UPLOADED = "盖章的兑现申请表已上传，进入专家评审。有结果时会发消息给您。"


@exported(
    "创新券兑现",
    {
        "编号": "number",
        "项目名称": "title",
        "服务机构": "application.order.provider.name",
        "创新券编号": "application.voucher_number",
        "核定兑现金额": "final_amount",
        "状态": "get_state_display",
        "更新": "updated_at",
    },
)
@require_GET
def claim_list(request: PersonRequest) -> HttpResponse:
    """Vouchers that can be redeemed, and the redemptions."""
    unit = shown_unit(request.user)
    mine = Claim.objects.filter(unit=unit).select_related("application__order__provider")
    found = ClaimFilter(request.GET, mine)
    page = page_of(request, found.qs)
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
        return leave(request, claim)
    if request.method != "POST":
        return render(request, EDIT_PAGE, edit_context(claim, asked_for(request, claim)))
    act = request.POST.get("act", "save")
    form = ClaimForm(
        request.POST, request.FILES, instance=claim, final=act == "submit", corrections=open_corrections(claim)
    )
    if not save(request, form, act):
        claim = own(Claim, request, number)
        return render(request, EDIT_PAGE, edit_context(claim, still_open(request, claim), form))
    if act == "submit":
        return redirect("claim_check", claim.number)
    messages.success(request, KEPT)
    return redirect(f"{reverse('claim_edit', args=[claim.number])}{parts_asked(request)}")


def parts_asked(request: PersonRequest) -> str:
    """The parts of the lists that were on screen, as a query: whoever saves the form finds them again."""
    parts = {name: value for name, value in request.GET.items() if name.startswith("rows")}
    return f"?{urlencode(parts)}" if parts else ""


def save(request: PersonRequest, form: ClaimForm, act: str) -> bool:
    """Keep what is valid; whether all of it was, and no row stands open. The rest stays on the page."""
    is_valid = form.is_valid()
    try:
        claim, papers = form.fill(by=request.user)
        save_claim(claim, by=request.user, papers=papers, seen=seen_in(request.POST))
        for paper in claim.result_papers.all() if act.startswith(REMOVE) else ():
            if act == f"{REMOVE}{paper.pk}":
                drop_paper(claim, paper, by=request.user)
    except RuleBroken as refusal:
        form.refuse(refusal)
        return False
    form.is_saved = True
    if act == "submit" and request.POST.get("open_row"):
        form.add_error(None, "还有一行没有保存。请先【保存】或移除这一行，再点“申请”。")
        return False
    if act == "submit" and not has_nothing_dropped(claim):
        form.add_error(None, STILL_DROPPED)
        return False
    return is_valid and not (form.final and missing_rows(claim))


def asked_for(request: PersonRequest, claim: Claim) -> Shown:
    """What the address asks to open: ?add=invoice, ?edit=invoice-12, or of what was dropped ?open=7; for pages without script.

    at: the row that was just saved, as invoice-12.
    """
    add, (kind, _, pk) = request.GET.get("add", ""), request.GET.get("edit", "").partition("-")
    lines = opened(request, claim, add or kind, "" if add else pk, is_new=bool(add))
    return Shown(waiting(request, claim, request.GET.get("open", "")), lines, request.GET.get("at", ""))


def waiting(request: PersonRequest, claim: Claim, pk: str) -> list[Waiting]:
    """The papers that wait to become rows; the one of this key stands open."""
    ones = waiting_of(claim, request.user)
    for one in ones:
        one.form = one.opened() if str(one.pk) == pk else None
    return ones


def still_open(request: PersonRequest, claim: Claim) -> Shown:
    """The row that stood open when the form beside it was sent, without script; what was typed into it is not sent."""
    kind, _, key = request.POST.get("open_row", "").removeprefix("row-").partition("-")
    lines = opened(request, claim, kind, key, is_new=False) or opened(request, claim, kind, "", is_new=True)
    return Shown(waiting(request, claim, key if kind == "dropped" else ""), lines)


def opened(request: PersonRequest, claim: Claim, kind: str, pk: str, *, is_new: bool) -> list[Line]:
    """A blank row of the list, or a stored one, open; empty where there is none."""
    if kind not in KINDS:
        return []
    row = next((row for row in KINDS[kind].rows(claim).all() if str(row.pk) == pk), None)  # they are there already
    if row is None and not is_new:
        return []
    stored = {"instance": row, "beside": Beside(read=facts_of(row.document))} if row else {}
    form = KINDS[kind].form(claim=claim, by=request.user, **stored)
    line = Line(KINDS[kind], row, form)
    line.take_focus()
    return [line]


@require_GET
def claim_check(request: PersonRequest, number: str) -> HttpResponse:
    """Check your answers: everything once more, and what still stands in the way."""
    claim = own(Claim, request, number)
    if claim.state not in Claim.EDITABLE:
        return redirect(claim)
    return check_page(request, claim)


def check_page(request: PersonRequest, claim: Claim, refusal: RuleBroken | None = None) -> HttpResponse:
    """All answers with the reasons why they cannot be handed in, if any."""
    refusals = pages.refusals_of(claim)
    return check(
        request,
        claim,
        refusal,
        dossier=tell(claim, request.user),
        refusals=refusals,
        crumbs=crumbs(LISTED, claim, "核对"),
        places=pages.places_of(claim),
        checks=own_lines(claim, papers_of(claim), refusals),
    )


@require_POST
def claim_submit(request: PersonRequest, number: str) -> HttpResponse:
    """Hand the claim in."""
    return hand_in(
        request,
        get_object_or_404(Claim.objects.written_by(request.user), number=number),
        submit_claim,
        refused=lambda refusal: check_page(request, own(Claim, request, number), refusal),
        said=lambda _case: handed_in("兑现申请"),
    )


def claim_end(request: PersonRequest, number: str, step: str) -> HttpResponse:
    """Withdraw the claim, or drop 复核; asks once."""
    claim = own(Claim, request, number)
    ending = ending_of(claim, step)

    def act() -> None:
        end_step(claim, step, by=request.user, seen=seen_in(request.POST))

    return end(request, claim, step, ending, act, crumbs=crumbs(LISTED, claim, ending.title))


@require_GET
def claim_detail(request: PersonRequest, number: str) -> HttpResponse:
    """The case: who has it, until when, what can be done now; its content, papers, opinions and progress."""
    claim = get_object_or_404(Claim.objects.shown_to(request.user), number=number)
    return detail_page(request, claim, StampedForm())


def detail_page(request: PersonRequest, claim: Claim, form: StampedForm) -> HttpResponse:
    """The page of the case, with the place where the stamped form is handed in."""
    request.part = part_in(claim, request.user)
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


@repeatable
@require_POST
def claim_form_export(request: PersonRequest, number: str) -> HttpResponse:
    """The 兑现申请表 as PDF, the same file each time; each export is written into the trail."""
    claim = get_object_or_404(Claim.objects.visible_to(request.user), number=number)
    if not claim.form_number:
        raise Http404
    paper = form_file(claim)
    note_export(claim, by=request.user)
    response = HttpResponse(paper, content_type="application/pdf")
    name = f"兑现申请表_{claim.form_number}_第{claim.form_version}版.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=safe_name(name))
    return response


def hand_in_form(claim: Claim, scan: "File[Any]", *, by: Person, seen: int | None) -> Claim:
    """Keep the scan and move the case; where the case does not take it, no file is left."""
    if seen is not None and seen != claim.version:
        raise StaleCase
    document = store_upload(scan, by=by, kinds=STAMPED)
    try:
        return upload_stamped_form(claim, document, by=by, seen=seen)
    except RuleBroken:
        forget(document)
        raise


@require_POST
def claim_form_upload(request: PersonRequest, number: str) -> HttpResponse:
    """Take the signed and stamped scan; the upload itself moves the case on to the experts."""
    claim = get_object_or_404(Claim.objects.written_by(request.user), number=number)
    form = StampedForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            claim = hand_in_form(claim, form.cleaned_data["scan"], by=request.user, seen=seen_in(request.POST))
        except RuleBroken as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, UPLOADED + where_it_lies(claim))
            return redirect(claim)
    return detail_page(request, own(Claim, request, number), form)
