"""Pages of 单位认证 beside the way itself: the list of units, 核验代码, small changes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.certification.code_admission import admit_code, may_admit_code
from accounts.certification.code_form import ProofForm
from accounts.certification.filters import UnitFilter
from accounts.certification.particulars import may_keep_particulars, save_particulars
from accounts.certification.particulars_form import ParticularsForm
from accounts.models import Unit
from accounts.permissions import reads_all_units
from records.rules import RuleBroken
from records.steps import seen_in
from reviews.pages import paper_tabs

PAGE = 20  # rows
SORTS = {"-updated_at", "updated_at", "licence_until", "-licence_until"}


@require_GET
def certification_list(request):
    """单位: every unit of the site, for the platform and 市科技局; 404 for anybody else."""
    if not reads_all_units(request.user):
        raise Http404
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else "-updated_at"
    units = Unit.objects.select_related("district").order_by(sort, "-pk")  # who may be here sees all of them
    found = UnitFilter(request.GET, units)
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "sort": sort, "crumbs": [("单位", "")]}
    return render(request, "accounts/certification_list.html", context)


@require_http_methods(["GET", "POST"])
def certification_admit(request, number):
    """核验代码: the platform takes a code whose check digit is wrong, on paper proof, in words."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user).select_related("licence"), number=number)
    if request.method == "GET" and not may_admit_code(unit, request.user):
        return redirect(unit)
    form = ProofForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        admit_code(unit, by=request.user, text=form.cleaned_data["text"], seen=seen_in(request.POST))
        messages.success(request, "代码已核验，现在可以在待办里作出审核决定。")
        turn = unit.turns.filter(closed_at=None).first()
        return redirect(turn or unit)
    request.menu_at = reverse("certification_list")
    context = {"unit": unit, "form": form, "papers": paper_tabs([unit.licence] if unit.licence else [])}
    return render(request, "accounts/certification_admit.html", context)


@require_http_methods(["GET", "POST"])
def certification_particulars(request, number):
    """更新资料: 经办人 and 经营情况, which need no new review."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), number=number)
    if request.method == "GET" and not may_keep_particulars(unit, request.user):
        return redirect(unit)
    form = ParticularsForm(request.POST or None, instance=unit)
    if request.method == "POST" and form.is_valid() and kept(request, form):
        return redirect(reverse("certification_detail", args=[number]))
    return render(request, "accounts/certification_particulars.html", {"unit": unit, "form": form})


def kept(request, form):
    """Whether the changes were kept; a refusal stands in the form, with everything that was typed."""
    try:
        changed = save_particulars(form.instance, by=request.user, seen=seen_in(request.POST))
    except RuleBroken as refusal:
        form.add_error(None, refusal.sentence)
        return False
    messages.success(request, f"已更新：{'、'.join(changed)}。" if changed else "资料没有变化。")
    return True
