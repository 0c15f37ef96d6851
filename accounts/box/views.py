"""Pages of the 材料箱: the list, a paper put in, looked at, kept, taken out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.box import pages
from accounts.box.filters import BoxFilter
from accounts.box.forms import BoxForm, PutInForm
from accounts.box.services import keep_paper, put_in, take_out
from accounts.members.switching import acting_in, carried, check_acting, current_unit, shown_unit
from accounts.models import BoxPaper, Unit
from accounts.permissions import check_writer
from papers.offering import filled
from records.people import PersonRequest
from records.rules import RuleBroken
from records.steps import seen_in
from ui.listing import exported
from ui.paging import page_of

READ = "read"  # what the button sends that fills in what was read
NO_UNIT = "材料箱属于单位。请先到【安全认证】填写单位，或申请加入单位。"


@exported(
    "材料箱",
    {
        "种类": "get_kind_display",
        "名称": "called",
        "文件": "document.name",
        "有效期自": "valid_from",
        "有效期至": "term",
        "账户": "account_told",
        "放入人": "added_by.name",
        "放入时间": "added_at",
    },
)
@require_GET
def box_list(request: PersonRequest) -> HttpResponse:
    """材料箱 of the person's present unit."""
    unit = shown_unit(request.user)
    rows = BoxPaper.objects.filter(unit=unit).select_related("document", "added_by")
    found = BoxFilter(request.GET, rows)
    context = {"filter": found, "page": page_of(request, found.qs), **pages.list_context(unit, request.user)}
    return render(request, "accounts/box_list.html", context)


@require_http_methods(["GET", "POST"])
def box_add(request: PersonRequest) -> HttpResponse:
    """Put a paper in; what is known of it is kept on the next page."""
    unit = current_unit(request.user)
    if unit is None:
        raise RuleBroken("R-UNIT", NO_UNIT)
    check_writer(unit, request.user)
    posted = request.method == "POST"
    form = PutInForm(request.POST, request.FILES) if posted else PutInForm()
    if posted:
        check_acting(unit, acting_in(request.POST))
        if (paper := put(request, form, unit)) is not None:
            messages.success(request, "已放入材料箱。请核对名称和日期，然后保存。")
            return redirect(paper)
    context = {"form": form, "acting": carried(unit), "crumbs": pages.crumbs("放入材料")}
    return render(request, "accounts/box_add.html", context)


def put(request: PersonRequest, form: PutInForm, unit: Unit) -> BoxPaper | None:
    """The paper in the box; None where form or rule refuse: the file waits beside the form."""
    is_valid = form.is_valid()
    try:
        document = form.chosen(by=request.user)
        if is_valid and document is not None:
            return put_in(unit, document, form.cleaned_data["kind"], by=request.user)
    except RuleBroken as refusal:
        form.add_error(None, refusal.sentence)
    return None


@require_http_methods(["GET", "POST"])
def box_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """What is known of a paper, with what was read of it; 保存 keeps it."""
    paper = visible_paper(request, pk)
    form = box_form(request, paper)
    if form.is_bound and kept(request, form):
        messages.success(request, "已保存。")
        return redirect("box_list" if request.POST.get("act") != READ and not form.files else paper)
    return render(request, "accounts/box_edit.html", pages.edit_context(paper, form, request.user))


def box_form(request: PersonRequest, paper: BoxPaper) -> BoxForm:
    """The form as it is kept, or as it was typed; after 填入 with what was read in the boxes that are empty."""
    if request.method != "POST":
        return BoxForm(instance=paper)
    form = BoxForm(request.POST, request.FILES, instance=paper)
    if request.POST.get("act") != READ:
        return form
    data, _ = filled(request.POST, pages.said_of(paper, form), form.takes)
    return BoxForm(data, request.FILES, instance=paper)


def kept(request: PersonRequest, form: BoxForm) -> bool:
    """Whether it was kept; a refusal stands in the form, a new file waits beside it."""
    is_valid = form.is_valid()
    try:
        document = form.chosen(by=request.user)
        if is_valid:
            keep_paper(form.instance, by=request.user, document=document, seen=seen_in(request.POST))
    except RuleBroken as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return is_valid


@require_GET
def box_read(request: PersonRequest, pk: int) -> HttpResponse:
    """The part of the page that says how far the reading is, while the fields are typed into."""
    paper = visible_paper(request, pk)
    form = BoxForm(request.GET, instance=paper)
    context = pages.edit_context(paper, form, request.user)
    return render(request, "components/read.html", context)


@require_http_methods(["GET", "POST"])
def box_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then take the paper out."""
    paper = visible_paper(request, pk)
    check_writer(paper.unit, request.user)
    if request.method == "POST":
        take_out(paper, by=request.user, seen=seen_in(request.POST))
        messages.success(request, f"已从材料箱移除“{paper.called}”。用过它的事项里的材料还在。")
        return redirect("box_list")
    return render(request, "accounts/box_remove.html", {"paper": paper, "crumbs": pages.crumbs("移除")})


def visible_paper(request: PersonRequest, pk: int) -> BoxPaper:
    """The paper, where it is of a unit of this person; 404 else."""
    papers = BoxPaper.objects.visible_to(request.user).select_related("unit", "document", "added_by")
    return get_object_or_404(papers, pk=pk)
