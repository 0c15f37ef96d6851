"""Pages of the own account."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.forms import ProfileForm
from accounts.login.wechat.binding import bound
from accounts.models import Invitation, UnitMember
from records.people import PersonRequest


def account_home(request: PersonRequest) -> HttpResponse:
    """【我的帐号】: who the person is, for which units he acts, what he has agreed to."""
    memberships = UnitMember.objects.filter(user=request.user).select_related("unit").order_by("since")
    context = {
        "memberships": memberships,
        "invited": Invitation.objects.open_to(request.user).count(),
        "consents": request.user.consents.all(),
        "wechat": bound(request.user),
    }
    return render(request, "accounts/account_home.html", context)


def profile_edit(request: PersonRequest) -> HttpResponse:
    """Change name and mail address."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "资料已保存。")
        return redirect("account_home")
    request.user.refresh_from_db()
    return render(request, "accounts/profile_edit.html", {"form": form})
