"""我的单位: which units a person belongs to, for which he acts, and how he comes to a further one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.members.forms import CodeForm
from accounts.members.pages import units_of
from accounts.members.switching import current_unit, switch_to
from accounts.models import Invitation, Unit

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
