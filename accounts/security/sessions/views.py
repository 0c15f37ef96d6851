"""登录设备 of the own account."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.history.browsers import in_words
from accounts.history.sign_ins import record
from accounts.models import SignInEvent
from accounts.security.sessions.services import devices_of, end, end_sessions
from records.people import PersonRequest


@require_safe
def session_list(request: PersonRequest) -> HttpResponse:
    """登录设备: where the person is signed in now."""
    return render(
        request, "accounts/session_list.html", {"devices": devices_of(request.user, request.session.session_key)}
    )


@require_POST
def session_end(request: PersonRequest, pk: int) -> HttpResponse:
    """End one of the own sessions; 404 for anybody else's."""
    row = get_object_or_404(UserSession, pk=pk, user=request.user)
    if row.session_key == request.session.session_key:
        messages.info(request, "这是您正在使用的登录，要结束它请点“退出”。")
        return redirect("session_list")
    end([row], "self")
    record(SignInEvent.Kind.SECURITY, user=request.user, request=request, method="结束其他登录")
    messages.success(request, f"已结束“{in_words(row.user_agent)}”上的登录。")
    return redirect("session_list")


def session_end_all(request: PersonRequest) -> HttpResponse:
    """全部退出: asks once, then ends every session but this one, or this one too."""
    here = request.session.session_key
    if request.method != "POST":
        return render(request, "accounts/session_end_all.html", {"devices": devices_of(request.user, here)})
    everywhere = request.POST.get("act") == "all"
    record(SignInEvent.Kind.SECURITY, user=request.user, request=request, method="结束其他登录")
    ended = end_sessions(request.user, "self", but=here)
    if everywhere:
        logout(request)
        messages.success(request, "已在所有设备上退出，请重新登录。")
        return redirect("account_login")
    messages.success(request, f"已结束其他 {ended} 处登录。" if ended else "没有其他登录。")
    return redirect("session_list")
