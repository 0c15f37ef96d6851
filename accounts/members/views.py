"""我的单位: a person's units and the switch between them; 单位成员: who belongs to one, its administrators' acts, leaving."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.members import services as members
from accounts.members.forms import CodeForm, HandOverForm, RoleForm
from accounts.members.pages import members_context, units_of
from accounts.members.switching import current_unit, switch_to
from accounts.models import Invitation, Unit, UnitMember
from accounts.permissions import is_unit_administrator
from records.people import PersonRequest
from records.rules import RuleBroken

REQUESTS = 20  # of one's own that are shown


@require_GET
def unit_list(request: PersonRequest) -> HttpResponse:
    """The person's units with his role in each, his requests to join, and how many invitations wait."""
    context = {
        "memberships": units_of(request.user),
        "unit": current_unit(request.user),
        "requests": request.user.join_requests.select_related("unit")[:REQUESTS],
        "invited": Invitation.objects.open_to(request.user).count(),
    }
    return render(request, "accounts/unit_list.html", context)


@require_GET
def unit_add(request: PersonRequest) -> HttpResponse:
    """添加单位: the code decides whether one asks to join or fills in 安全认证."""
    form = CodeForm(request.GET if "uscc" in request.GET else None)
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["uscc"]
        known = Unit.objects.holding(code).exists()
        return redirect(f"{reverse('join_new' if known else 'certification_new')}?code={code}")
    return render(request, "accounts/unit_add.html", {"form": form})


@require_POST
def unit_switch(request: PersonRequest) -> HttpResponse:
    """Act for another unit of one's own from now on."""
    units = Unit.objects.of(request.user).alive()
    unit = get_object_or_404(units, number=request.POST.get("unit", "")[:24])
    switch_to(unit, by=request.user)
    messages.success(request, f"已切换到“{unit.name}”，列表和待办显示这个单位的事项。")
    return redirect("user_center")


def find_unit(request: PersonRequest, number: str) -> Unit:
    """The own unit of this number; 404 for anybody else."""
    return get_object_or_404(Unit.objects.of(request.user), number=number)


def find_member(request: PersonRequest, number: str, pk: int) -> UnitMember:
    """A member of a unit that the person administers; RuleBroken for who only belongs to it, 404 for anybody else."""
    unit = find_unit(request, number)
    if not is_unit_administrator(unit, request.user):
        raise RuleBroken(*members.PLAIN)
    return get_object_or_404(unit.memberships.select_related("unit", "user"), pk=pk)


@require_GET
def member_list(request: PersonRequest, number: str) -> HttpResponse:
    """单位成员: everybody with role and day; to an administrator also requests, invitations and the acts."""
    unit = find_unit(request, number)
    return render(request, "accounts/member_list.html", members_context(unit, request.user))


@require_POST
def member_role(request: PersonRequest, number: str, pk: int) -> HttpResponse:
    """Give a member another role."""
    member = find_member(request, number, pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise RuleBroken("R-ROLE", "请选择管理员、经办人或只读中的一个角色。")
    member = members.change_role(member, form.cleaned_data["role"], by=request.user, was=form.cleaned_data["was"])
    messages.success(request, f"{member.user}现在是{member.get_role_display()}，已发消息告知。")
    return redirect("member_list", number)


@require_http_methods(["GET", "POST"])
def member_remove(request: PersonRequest, number: str, pk: int) -> HttpResponse:
    """Take a member out of the unit; asks once."""
    member = find_member(request, number, pk)
    if request.method == "POST":
        members.remove(member, by=request.user)
        messages.success(request, f"已将{member.user}移出“{member.unit.name}”，并发消息告知；单位的事项不受影响。")
        return redirect("member_list", number)
    return render(request, "accounts/member_remove.html", {"member": member, "unit": member.unit})


@require_http_methods(["GET", "POST"])
def unit_hand_over(request: PersonRequest, number: str) -> HttpResponse:
    """移交管理员: another member takes over, oneself stays as 经办人."""
    unit = find_unit(request, number)
    if not is_unit_administrator(unit, request.user):
        if request.method == "POST":
            raise RuleBroken(*members.PLAIN)
        return redirect("member_list", number)
    others = unit.memberships.exclude(user=request.user).filter(user__is_active=True).select_related("user")
    form = HandOverForm(request.POST or None, members=others)
    if request.method == "POST" and form.is_valid():
        to = members.hand_over(unit, form.cleaned_data["to"], by=request.user)
        messages.success(request, f"管理员已移交给{to.user}，您现在是经办人。")
        return redirect("member_list", number)
    return render(request, "accounts/unit_hand_over.html", {"unit": unit, "form": form, "others": others})


@require_http_methods(["GET", "POST"])
def unit_leave(request: PersonRequest, number: str) -> HttpResponse:
    """退出单位; asks once. The only administrator hands over first."""
    unit = find_unit(request, number)
    if request.method == "POST":
        members.leave(unit, by=request.user)
        messages.success(request, f"您已退出“{unit.name}”，不再能查看和办理它的事项。")
        return redirect("unit_list")
    is_last = members.is_last_administrator(unit, request.user)
    return render(request, "accounts/unit_leave.html", {"unit": unit, "is_last": is_last, "refusal": members.LAST})
