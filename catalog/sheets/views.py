"""Pages of 表格导入: of whoever keeps the catalog, and of a provider for its products."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.members.switching import acting_in, check_acting, current_unit
from accounts.models import Duty, Unit
from catalog.models import SheetImport
from catalog.sheets import pages
from catalog.sheets.forms import BatchForm, SheetForm
from catalog.sheets.permissions import may_import
from catalog.sheets.services import ask_import, publish_import, undo_import
from catalog.sheets.template import template_of
from records.filenames import safe_name
from records.people import PersonRequest
from records.rules import RuleBroken
from ui.listing import exported
from ui.sheets import CONTENT_TYPE

FORMS = {SheetImport.Kind.LABORATORIES: BatchForm, SheetImport.Kind.PRODUCTS: SheetForm}


def unit_of(request: PersonRequest) -> Unit | None:
    """The unit for whose providers the person brings products in; none for whoever keeps the catalog."""
    if request.user.duty == Duty.CATALOG:
        return None
    return current_unit(request.user)


def found_sheet(request: PersonRequest, pk: int) -> SheetImport:
    """The file among those that the person may see."""
    unit_of(request)
    sheets = SheetImport.objects.visible_to(request.user).select_related("by", "acts", "publisher", "unit")
    found: SheetImport = get_object_or_404(sheets, pk=pk)
    return found


@require_GET
def sheet_list(request: PersonRequest) -> HttpResponse:
    """What came in."""
    unit = unit_of(request)
    sheets = SheetImport.objects.visible_to(request.user)
    if not pages.may_look(request.user, unit) and not sheets.exists():
        raise Http404
    return render(request, "catalog/sheet_list.html", pages.list_context(request, sheets, request.user, unit))


@require_http_methods(["GET", "POST"])
def sheet_new(request: PersonRequest, kind: str) -> HttpResponse:
    """A file comes in; it is judged by a worker, and nothing of the portal changes."""
    unit = unit_of(request)
    if kind not in FORMS or not may_import(kind, request.user, unit):
        raise Http404
    form = FORMS[SheetImport.Kind(kind)](request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sheet = kept_sheet(request, form, kind, unit)
        if sheet is not None:
            return redirect(sheet)
    label = SheetImport.Kind(kind).label
    crumbs = pages.crumbs(request.user, (f"导入{label}", ""))
    context = {"form": form, "kind": kind, "label": label, "crumbs": crumbs}
    return render(request, "catalog/sheet_new.html", context)


def kept_sheet(request: PersonRequest, form: SheetForm, kind: str, unit: Unit | None) -> SheetImport | None:
    """The file that was kept; None where a rule refuses, with its sentence on the form."""
    given = dict(form.cleaned_data)
    upload = given.pop("file")
    try:
        check_acting(unit, acting_in(request.POST) if unit else None)
        return ask_import(upload, by=request.user, kind=kind, form=upload.form, unit=unit, **given)
    except RuleBroken as refusal:
        form.add_error(None, refusal.sentence)
        return None


@require_GET
def sheet_template(request: PersonRequest, kind: str) -> HttpResponse:
    """A list to be filled in."""
    if kind not in SheetImport.Kind.values or not may_import(kind, request.user, unit_of(request)):
        raise Http404
    response = HttpResponse(template_of(kind), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=safe_name(f"{SheetImport.Kind(kind).label}导入模板.xlsx")
    )
    return response


@exported(
    "表格核对",
    {
        "工作表": "tab",
        "行": "number",
        "名称": "title",
        "核对结果": "get_verdict_display",
        "说明": "words",
        "办理结果": "get_outcome_display",
        "办理说明": "outcome_words",
    },
)
@require_GET
def sheet_rows(request: PersonRequest, pk: int) -> HttpResponse:
    """One file and its rows."""
    sheet = found_sheet(request, pk)
    return render(request, "catalog/sheet_rows.html", pages.sheet_context(request, sheet, request.user))


@require_GET
def sheet_progress(request: PersonRequest, pk: int) -> HttpResponse:
    """How far the work is, for the page that waits; once it is over, the page comes anew."""
    sheet = found_sheet(request, pk)
    response = render(request, "catalog/sheet_progress.html", {"sheet": sheet})
    if not sheet.is_at_work:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
def sheet_publish(request: PersonRequest, pk: int) -> HttpResponse:
    """Write what the rows say."""
    sheet = publish_import(found_sheet(request, pk), by=request.user)
    messages.success(request, f"已开始写入 {sheet.total} 行，完成后本页会显示每一行的结果。")
    return redirect(sheet)


@require_http_methods(["GET", "POST"])
def sheet_undo(request: PersonRequest, pk: int) -> HttpResponse:
    """What taking all of it back means, and the act."""
    sheet = found_sheet(request, pk)
    if request.method == "POST":
        sheet = undo_import(sheet, by=request.user)
        messages.success(request, f"已开始撤销 {sheet.total} 行，完成后本页会显示每一行的结果。")
        return redirect(sheet)
    context = pages.facts_of(sheet, request.user)
    if not context["may_undo"]:
        return redirect(sheet)
    return render(request, "catalog/sheet_undo.html", context | {"crumbs": pages.crumbs(request.user, *own(sheet))})


def own(sheet: SheetImport) -> list[tuple[str, str]]:
    """The crumbs of the question on a page of its own."""
    return [(sheet.name, sheet.get_absolute_url()), ("撤销整批", "")]
