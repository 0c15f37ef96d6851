"""我的邀请, and 邀请成员 into a unit."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.history.sign_ins import address_of
from accounts.members.forms import InviteForm
from accounts.members.invitations import services as invitations
from accounts.members.pages import invitations_to
from accounts.members.services import PLAIN
from accounts.members.switching import switch_to
from accounts.models import Invitation, Unit
from accounts.permissions import is_unit_administrator, may_invite
from accounts.security.standing import remember
from policy.models import PolicyVersion
from records.people import PersonRequest
from records.rules import RuleBroken

SENT = "邀请已发出：对方会收到短信，用这个手机号登录并验证后可以接受。{} 天内有效。"


@require_GET
def invitation_list(request: PersonRequest) -> HttpResponse:
    """我的邀请: into units and to offices, for whoever has verified the number."""
    verified = bool(request.user.phone) and request.user.phone_verified_at is not None
    context = {"invitations": invitations_to(request.user), "verified": verified}
    return render(request, "accounts/invitation_list.html", context)


@require_http_methods(["GET", "POST"])
def unit_invite(request: PersonRequest, number: str) -> HttpResponse:
    """邀请成员: a number and a role; the page says the same whether the number has an account or not."""
    unit = get_object_or_404(request.user.units, number=number)
    if not is_unit_administrator(unit, request.user):
        raise RuleBroken(*PLAIN)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and sent(request, unit, form):
        messages.success(request, SENT.format(PolicyVersion.objects.remembered().invitation_days))
        return redirect("member_list", number)
    return render(request, "accounts/unit_invite.html", {"unit": unit, "form": form})


def sent(request: PersonRequest, unit: Unit, form: InviteForm) -> bool:
    """Whether the invitation went out; a refusal stands in the form, with what was typed."""
    said = form.cleaned_data
    try:
        invitations.invite(unit, said["phone"], said["role"], by=request.user, address=address_of(request))
    except RuleBroken as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True


@require_POST
def invitation_answer(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """Accept or decline what is addressed to oneself; withdraw or send again what one may send."""
    rows = Invitation.objects.select_related("unit", "office", "by")
    if step in {"accept", "decline"}:
        return answered(request, get_object_or_404(rows.open_to(request.user), pk=pk), step)
    invitation = get_object_or_404(rows, pk=pk)
    if step not in {"withdraw", "renew"}:
        raise Http404
    if not may_invite(invitation.organisation, request.user, invitation.role):
        if invitation.unit is not None and invitation.unit.has_member(request.user):
            raise RuleBroken(*PLAIN)
        raise Http404
    if step == "renew":
        invitations.renew(invitation, by=request.user, address=address_of(request))
        messages.success(request, SENT.format(PolicyVersion.objects.remembered().invitation_days))
    else:
        invitations.withdraw(invitation, by=request.user)
        messages.success(request, "邀请已撤回，对方不能再接受。")
    return redirect(address_of_organisation(request, invitation))


def answered(request: PersonRequest, invitation: Invitation, step: str) -> HttpResponse:
    """Come in, or not; who has come into a unit acts for it at once if it is his first."""
    if step == "decline":
        invitations.decline(invitation, by=request.user)
        messages.success(request, "已谢绝邀请。")
        return redirect("invitation_list")
    invitations.accept(invitation, by=request.user)
    messages.success(request, f"您已加入“{invitation.organisation}”，角色是{invitation.get_role_display()}。")
    if invitation.unit is None:
        remember(request)  # one of staff from this moment on, not when the session asks next
    else:
        switch_to(invitation.unit, by=request.user)
    return redirect("user_center")


def address_of_organisation(request: PersonRequest, invitation: Invitation) -> str:
    """Back to where the invitation was sent from; an office has its own page, to which the browser goes back."""
    if invitation.unit is not None:
        return invitation.unit.get_members_url()
    return str(request.META["HTTP_REFERER"]) if same_site(request) else "user_center"


def same_site(request: PersonRequest) -> bool:
    """Whether the page before this one is the portal's."""
    return str(request.META.get("HTTP_REFERER", "")).startswith(f"{request.scheme}://{request.get_host()}/")
