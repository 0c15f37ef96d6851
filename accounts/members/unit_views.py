"""我的单位: which units a person belongs to, for which he acts, and how he comes to a further one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.certification import pages as certification
from accounts.certification.form import CertificationForm
from accounts.members.forms import CodeForm
from accounts.members.pages import units_of
from accounts.members.switching import own_unit_of, switch_to
from accounts.models import Invitation, Unit
from accounts.services import current_unit
from accounts.views import keep

REQUESTS = 20  # of one's own that are shown


@require_GET
def unit_list(request):
    """The person's units with his role in each, his requests to join, and how many invitations wait."""
    context = {
        "places": units_of(request.user),
        "unit": current_unit(request.user),
        "requests": request.user.join_requests.select_related("unit")[:REQUESTS],
        "invited": Invitation.objects.open_to(request.user).count(),
    }
    return render(request, "accounts/unit_list.html", context)


@require_GET
def unit_add(request):
    """添加单位: the code decides whether one asks to join or fills in 安全认证."""
    form = CodeForm(request.GET if "uscc" in request.GET else None)
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["uscc"]
        known = Unit.objects.alive().filter(uscc=code).exists()
        return redirect(f"{reverse('join_new' if known else 'certification_new')}?code={code}")
    return render(request, "accounts/unit_add.html", {"form": form})


@require_POST
def unit_switch(request):
    """Act for another unit of one's own from now on."""
    units = Unit.objects.of(request.user).alive()
    unit = get_object_or_404(units, number=request.POST.get("unit", "")[:24])
    switch_to(unit, by=request.user)
    messages.success(request, f"已切换到“{unit.name}”，列表和待办显示这个单位的事项。")
    return redirect("user_center")


@require_http_methods(["GET", "POST"])
def certification_new(request):
    """安全认证 of a further unit; a code that the person belongs to already leads to that unit."""
    own = own_unit_of(request.user, request.POST.get("uscc", "")) if request.method == "POST" else None
    if own is not None:
        switch_to(own, by=request.user)
        messages.info(request, f"您已经是“{own.name}”的成员，现在显示这个单位。")
        return redirect("certification_view")
    form = new_form(request)
    if request.method == "POST" and form.is_valid() and keep(form):
        switch_to(form.instance, by=request.user)
        if request.POST.get("act") == "save":
            messages.success(request, "已保存为草稿，填写完整后点“下一步”核对并提交。")
            return redirect("certification_edit")
        return redirect("certification_check")
    context = {"form": form, "unit": form.instance, "missing": form.missing(), **certification.marks_of(form)}
    context["adding"] = True  # to a person's units, as the menu marks it
    return render(request, "accounts/certification_edit.html", context)


def new_form(request):
    """The form of a new unit: empty but for the person's own data and the code that he brings."""
    initial = certification.typed_before(request.user) | {"uscc": request.GET.get("code", "")[:40]}
    return CertificationForm(
        request.POST or None,
        request.FILES or None,
        instance=Unit(),
        by=request.user,
        draft=request.POST.get("act") == "save",
        initial=initial,
    )
