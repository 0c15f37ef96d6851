"""One row of 发票, 银行回单 or 合同: a part of the page with script, the whole page without."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from accounts.cases.pages import crumbs, own
from accounts.cases.views import leave
from papers.services import facts_of
from records.changes import changes_since, told
from records.people import PersonRequest
from records.rules import RuleBroken
from records.steps import seen_in
from redemption.forms import ClaimForm
from redemption.models import Claim
from redemption.pages import LISTED
from redemption.rows.dropping import waiting_of
from redemption.rows.forms import Beside, RowForm
from redemption.rows.kinds import KINDS, Line, RowKind
from redemption.rows.pages import EDIT_PAGE, Shown, edit_context, mark_rows, missing_rows, money_context
from redemption.services import delete_row, row_gone, save_row
from reviews.progress import open_corrections
from ui.forms import missing_of


def claim_and_kind(request: PersonRequest, number: str, kind: str) -> tuple[Claim, RowKind]:
    """The claim and the list; 404 where either is not there."""
    if kind not in KINDS:
        raise Http404
    claims = Claim.objects.written_by(request.user).select_related(*Claim.BESIDE)  # without its rows: one is at stake
    return get_object_or_404(claims, number=number), KINDS[kind]


def whole_page(claim: Claim, kind: RowKind, query: str = "") -> HttpResponse:
    """Back to the page, at the list."""
    return redirect(f"{reverse('claim_edit', args=[claim.number])}{query}#rows-{kind.name}")


def claim_row(request: PersonRequest, number: str, kind: str) -> HttpResponse:
    """【添加】 gives a blank row, 【保存】 keeps it."""
    claim, row_kind = claim_and_kind(request, number, kind)
    if claim.state not in Claim.EDITABLE:
        part = request.htmx and request.method == "GET"
        return HttpResponseClientRedirect(claim.get_absolute_url()) if part else leave(request, claim)
    if request.method == "POST":
        return save(request, row_kind, row_kind.form(request.POST, request.FILES, claim=claim, by=request.user))
    if not request.htmx:
        return whole_page(claim, row_kind, f"?add={kind}")
    line = Line(row_kind, form=row_kind.form(claim=claim, by=request.user))
    return render(request, "redemption/row_open.html", {"claim": claim, "line": line})


def claim_row_edit(request: PersonRequest, number: str, kind: str, pk: int) -> HttpResponse:
    """【编辑】 opens the row, 【保存】 keeps it, 【取消】 shows its text again."""
    claim, row_kind = claim_and_kind(request, number, kind)
    row = row_kind.rows(claim).select_related("document").filter(pk=pk).first()
    if row is None:
        return gone(request, claim, row_kind, pk)
    beside = Beside(read=facts_of(row.document))
    if request.method == "POST":
        form = row_kind.form(request.POST, request.FILES, instance=row, claim=claim, by=request.user, beside=beside)
        return save(request, row_kind, form)
    if not request.htmx:
        return whole_page(claim, row_kind, f"?edit={kind}-{pk}")
    if "cancel" in request.GET:
        return render(request, "redemption/row_text.html", {"claim": claim, "line": marked(Line(row_kind, row), claim)})
    line = marked(Line(row_kind, row, row_kind.form(instance=row, claim=claim, by=request.user, beside=beside)), claim)
    return render(request, "redemption/row_open.html", {"claim": claim, "line": line})


def gone(request: PersonRequest, claim: Claim, kind: RowKind, pk: int) -> HttpResponse:
    """The row was taken out by a colleague meanwhile: what was typed stays, and may become a new row."""
    if request.method != "POST":
        raise Http404
    since = changes_since(claim, seen_in(request.POST) or 0)
    changes = [change for change in since if f"{kind.name}-{pk}" in change.what]
    form = kind.form(request.POST, request.FILES, claim=claim, by=request.user)
    form.add_error(None, row_gone(told(changes)).sentence)
    return refuse(request, kind, form)


def save(request: PersonRequest, kind: RowKind, form: RowForm) -> HttpResponse:
    """Keep the row and turn it to text; a refused one stays open with its sentences and all that was typed."""
    claim = form.claim
    try:
        row = save_row(form.row(), claim, by=request.user, seen=seen_in(request.POST)) if form.is_valid() else None
    except RuleBroken as refusal:
        form.add_error(None, refusal.sentence)
        form.seen = getattr(refusal, "version", form.seen)
        row = None
    if row is None:
        return refuse(request, kind, form)
    if not request.htmx:
        messages.success(request, f"{kind.title}已保存。")
        return whole_page(claim, kind, f"?at={kind.name}-{row.pk}")
    context = fresh(request, claim)
    line = marked(Line(kind, row), context["claim"])
    return render(request, "redemption/row_saved.html", context | {"line": line})


def marked(line: Line, claim: Claim) -> Line:
    """The line, with what a return says of it."""
    mark_rows([line], open_corrections(claim))
    return line


def refuse(request: PersonRequest, kind: RowKind, form: RowForm) -> HttpResponse:
    """The row as it was typed, with its sentences; alone, or in the whole page."""
    form.keep_paper()
    stored = form.instance if form.instance.pk else None
    line = Line(kind, stored, form)
    line.take_focus()
    if request.htmx:
        return render(request, "redemption/row_open.html", {"claim": form.claim, "line": line})
    claim = own(Claim, request, form.claim.number)
    return render(request, EDIT_PAGE, edit_context(claim, Shown(waiting_of(claim, request.user), [line])))


def fresh(request: PersonRequest, claim: Claim) -> dict[str, Any]:
    """Totals, arithmetic, findings and what is missing after a change of a row."""
    claim = own(Claim, request, claim.number)
    money = money_context(claim)
    missing = missing_rows(claim) + missing_of(ClaimForm(instance=claim))
    return money | {"missing": missing, "corrections": open_corrections(claim), "out_of_band": True}


def claim_row_delete(request: PersonRequest, number: str, kind: str, pk: int) -> HttpResponse:
    """Take the row out; asks once."""
    claim, row_kind = claim_and_kind(request, number, kind)
    row = get_object_or_404(row_kind.rows(claim), pk=pk)
    if request.method != "POST":
        context = {
            "claim": claim,
            "kind": row_kind,
            "line": Line(row_kind, row),
            "url": request.path,
            "crumbs": crumbs(LISTED, claim, f"删除{row_kind.title}"),
        }
        return render(request, "redemption/row_delete.html", context)
    beside = row_kind.rows(claim).filter(pk__lt=pk).order_by("-pk").values_list("pk", flat=True).first()
    delete_row(row, by=request.user, seen=seen_in(request.POST))
    if request.htmx:
        return render(request, "redemption/row_saved.html", fresh(request, claim))
    messages.success(request, f"{row_kind.title}已删除。")
    return whole_page(claim, row_kind, f"?at={kind}-{beside}")
