"""Pages of 单位认证: the form, its check, the page of a unit, the list of units."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.certification import pages as certification
from accounts.certification.dossier import compared_sections
from accounts.certification.filters import UnitFilter
from accounts.certification.forms import CertificationForm, ReasonForm
from accounts.certification.lookups import ACT, Lookup, looked_up, registered_beside
from accounts.certification.on_licence import licence_lines
from accounts.certification.readings import READ, read_into, said_by_licence, said_meanwhile
from accounts.certification.registered import refusal_of, register_findings
from accounts.certification.services import (
    not_editable,
    reopen_certification,
    save_certification,
    set_frozen,
    submit_certification,
)
from accounts.members.switching import own_unit_of, shown_unit, switch_to
from accounts.models import Unit
from accounts.permissions import is_platform, reads_all_units
from records.people import PersonRequest
from records.rules import RuleBroken
from records.steps import may_take, seen_in
from records.views import readable
from reviews.case_pages import marks_of
from reviews.progress import open_corrections, opinions_of
from reviews.receipts import where_it_lies
from ui.listing import exported
from ui.paging import page_of

DRAFTED = frozenset({"save", ACT, READ})  # what keeps a draft
DRAFT_KEPT = "已保存为草稿，填写完整后点“下一步”核对并提交。"
SORTS = {"-updated_at", "updated_at", "licence_until", "-licence_until"}


@exported(
    "单位",
    {
        "编号": "number",
        "单位名称": "name",
        "统一社会信用代码": "uscc",
        "类型": "get_kind_display",
        "所在区": "district",
        "状态": "get_state_display",
        "更新": "updated_at",
    },
)
@require_GET
def certification_list(request: PersonRequest) -> HttpResponse:
    """单位: every unit of the site, for the platform and 市科技局; 404 for anybody else."""
    if not reads_all_units(request.user):
        raise Http404
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else "-updated_at"
    units = Unit.objects.select_related("district").order_by(sort, "-pk")  # who may be here sees all of them
    found = UnitFilter(request.GET, units)
    page = page_of(request, found.qs)
    context = {"filter": found, "page": page, "sort": sort, "crumbs": [("单位", "")]}
    return render(request, "accounts/certification_list.html", context)


def certification_view(request: PersonRequest) -> HttpResponse:
    """【安全认证】: the own unit's page, or the form where there is none yet."""
    return redirect(shown_unit(request.user) or "certification_edit")


@require_http_methods(["GET", "POST"])
def certification_new(request: PersonRequest) -> HttpResponse:
    """安全认证 of a further unit; a code that the person belongs to already leads to that unit."""
    own = own_unit_of(request.user, request.POST.get("uscc", "")) if request.method == "POST" else None
    if own is not None:
        switch_to(own, by=request.user)
        messages.info(request, f"您已经是“{own.name}”的成员，现在显示这个单位。")
        return redirect("certification_view")
    found = found_for(request, Unit())
    form = new_form(request, found)
    if request.method == "POST" and form.is_valid() and found.may_be_kept(form) and kept_certification(form):
        switch_to(form.instance, by=request.user)
        return led_on(request, form.instance, found)
    return edit_page(request, form, {"adding": True})  # to a person's units, as the menu marks it


def new_form(request: PersonRequest, found: Lookup) -> CertificationForm:
    """The form of a new unit: empty but for the person's own data and the code that he brings."""
    initial = certification.typed_before(request.user) | {"uscc": request.GET.get("code", "")[:40]}
    return CertificationForm(
        found.data or None,
        request.FILES or None,
        instance=Unit(),
        by=request.user,
        draft=request.POST.get("act") in DRAFTED,
        initial=initial,
    )


def certification_edit(request: PersonRequest) -> HttpResponse:
    """Fill in the certification: 保存 keeps a draft, 下一步 goes on to the check."""
    unit = certification.unit_to_edit(request.user, request.POST, request.GET)
    if unit.pk and not may_take(unit, "submit", request.user):
        return leave(request, unit)
    found = found_for(request, unit)
    form = certification_form(request, unit, found)
    if request.method == "POST" and form.is_valid() and found.may_be_kept(form) and kept_certification(form):
        return led_on(request, unit, found)
    return edit_page(request, form, told_of(unit) if unit.pk else {})


def told_of(unit: Unit) -> dict[str, Any]:
    """What was said against the certification, and what a return asks to correct."""
    return {"said": certification.said_of(unit, opinions_of(unit)), "marks": marks_of(unit)}


def found_for(request: PersonRequest, unit: Unit) -> Lookup:
    """What was typed; after 填入 and 查询登记信息 with what licence or register say in the boxes that are empty."""
    if request.POST.get("act") == READ:
        return read_into(request.POST, unit, by=request.user)
    return looked_up(request)


def led_on(request: PersonRequest, unit: Unit, found: Lookup) -> HttpResponse:
    """From a form that was kept to the check, or after 保存 and 查询登记信息 back to it."""
    act = request.POST.get("act")
    if act in DRAFTED:
        messages.success(request, found.words or DRAFT_KEPT)
    name = "certification_edit" if act in DRAFTED else "certification_check"
    return redirect(certification.address(name, unit, request.user))


def edit_page(request: PersonRequest, form: CertificationForm, more: dict[str, Any]) -> HttpResponse:
    """The form, what is missing, and what the register says of the code that stands in it."""
    context = {"form": form, "unit": form.instance, "missing": form.missing(), **certification.carried_by(form)}
    context |= {"registered": registered_beside(form), "read": said_by_licence(form)}
    return render(request, "accounts/certification_edit.html", context | more)


@require_GET
def certification_read(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The part of the form that says what is read of the licence; 404 for a paper that this person may not read."""
    return render(request, "components/read.html", said_meanwhile(readable(request.user, pk), request.GET))


def leave(request: PersonRequest, unit: Unit) -> HttpResponse:
    """From the form to the unit, whose facts are not open to a change; what was typed is shown beside the refusal."""
    if request.method == "POST" and unit.state not in Unit.EDITABLE:
        raise not_editable()
    return redirect(unit)


def certification_form(request: PersonRequest, unit: Unit, found: Lookup) -> CertificationForm:
    """The form, empty, with what is kept, or with what was just typed."""
    return CertificationForm(
        found.data or None,
        request.FILES or None,
        instance=unit,
        by=request.user,
        draft=request.POST.get("act") in DRAFTED,
        corrections=open_corrections(unit) if unit.pk else (),
        initial=None if unit.pk else certification.typed_before(request.user),
    )


def kept_certification(form: CertificationForm) -> bool:
    """Save the certification; a refusal stands in the form, with everything that was typed."""
    try:
        save_certification(form.instance, by=form.by, seen=seen_in(form.data))
    except RuleBroken as broken:
        form.refuse(broken)
    return not form.errors


def certification_check(request: PersonRequest) -> HttpResponse:
    """Check the answers before they are handed in."""
    unit = certification.unit_to_edit(request.user, {}, request.GET)
    if unit.pk is None or not may_take(unit, "submit", request.user):
        return redirect("certification_view")
    form = CertificationForm(instance=unit, by=request.user)
    edit = certification.address("certification_edit", unit, request.user)
    context = {"unit": unit, "edit": edit, "missing": form.missing()}
    checks = [*licence_lines(unit), *register_findings(unit)]
    context |= {"sections": compared_sections(unit), "checks": checks, "refusal": refusal_of(unit)}
    return render(request, "accounts/certification_check.html", context)


def certification_detail(request: PersonRequest, number: str) -> HttpResponse:
    """The page of one certification, for its unit, the platform and the city."""
    context = certification.page_of(visible_unit(request, number), request.user)
    request.menu_at = context["crumbs"][-2][1]
    return render(request, "accounts/certification_detail.html", context)


@require_POST
def certification_submit(request: PersonRequest, number: str) -> HttpResponse:
    """Hand the certification to the platform."""
    unit = submit_certification(visible_unit(request, number), by=request.user, seen=seen_in(request.POST))
    days = unit.promised_days()
    said = f"认证资料已提交，科服网平台将在 {days} 个工作日内审核，结果会以消息通知您。"
    messages.success(request, said + where_it_lies(unit))
    return redirect(unit)


def certification_reopen(request: PersonRequest, number: str) -> HttpResponse:
    """Ask, then turn 认证通过 into 需重新认证: the name or the licence has changed."""
    unit = visible_unit(request, number)
    if request.method == "POST":
        unit = reopen_certification(unit, by=request.user, seen=seen_in(request.POST))
        messages.success(request, "已转为需重新认证，请更新认证资料后提交审核。")
        return redirect(certification.address("certification_edit", unit, request.user))
    if not may_take(unit, "reopen", request.user):
        return redirect(unit)
    return render(request, "accounts/certification_reopen.html", {"unit": unit})


def certification_freeze(request: PersonRequest, number: str) -> HttpResponse:
    """Freeze a unit for misconduct, or lift the freeze; the platform says why."""
    unit = visible_unit(request, number)
    freeze = request.POST.get("act", "unfreeze" if unit.is_frozen else "freeze") == "freeze"
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        said = {"text": form.cleaned_data["text"], "seen": seen_in(request.POST)}
        unit = set_frozen(unit, frozen=freeze, by=request.user, **said)
        messages.success(request, f"已{'冻结' if freeze else '解除冻结'}“{unit.name}”，并通知了该单位的成员。")
        return redirect(unit)
    step, person = "freeze" if freeze else "unfreeze", request.user
    if not (is_platform(unit, person) if form.is_bound else may_take(unit, step, person)):
        raise Http404
    request.menu_at = reverse("certification_list")
    return render(request, "accounts/certification_freeze.html", {"unit": unit, "form": form, "freeze": freeze})


def visible_unit(request: PersonRequest, number: str) -> Unit:
    """The unit, where this person may see it; 404 else."""
    units = Unit.objects.visible_to(request.user).to_read()
    return get_object_or_404(units, number=number)
