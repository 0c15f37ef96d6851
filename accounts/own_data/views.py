"""我的数据: the copy that a person may take with him, and 注销帐号."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.history.sign_ins import LEAST_MONTHS, record
from accounts.login.consent import ARCHIVE_YEARS
from accounts.models import SignInEvent
from accounts.own_data.deletion import ask_deletion, obstacles_of
from accounts.own_data.exports import DAYS_KEPT
from accounts.own_data.forms import DeletionForm
from accounts.own_data.services import ask_export
from accounts.security.reauthentication import proof_needed
from records.people import Person, PersonRequest
from records.storing.giving import given

LATEST = 5  # copies shown


@require_safe
def data_home(request: PersonRequest) -> HttpResponse:
    """我的数据: what can be taken, what can be deleted, and the copies that are being made or wait."""
    return render(request, "accounts/data_home.html", copies_of(request.user) | {"reflection": settings.DELETION_DAYS})


def copies_of(user: Person) -> dict[str, Any]:
    """The latest copies, and whether one is being made; one past its days is not shown any more."""
    exports = list(user.data_exports.exclude(expires_at__lt=timezone.now())[:LATEST])
    return {"exports": exports, "running": any(export.is_running for export in exports), "days": DAYS_KEPT}


@require_POST
def data_export_start(request: PersonRequest) -> HttpResponse:
    """Ask for a copy."""
    ask_export(request.user)
    record(SignInEvent.Kind.SECURITY, user=request.user, request=request, method="申请导出个人数据")
    messages.success(request, "已开始整理您的数据，完成后可以在本页下载。")
    return redirect("data_home")


@require_safe
def data_export_progress(request: PersonRequest) -> HttpResponse:
    """The list of copies alone, for the page that waits."""
    return render(request, "accounts/data_exports.html", copies_of(request.user))


@require_safe
@proof_needed
def data_export_download(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The zip; its person alone, who has just proved himself, while it is kept: by no link that serves whoever holds it."""
    ready = request.user.data_exports.filter(ready_at__isnull=False, expires_at__gte=timezone.now())
    export = get_object_or_404(ready, pk=pk)
    name = f"个人数据-{timezone.localtime(export.asked_at):%Y%m%d}.zip"
    return given(export.file, named=name, content_type="application/zip", by_link=False)


@proof_needed
def account_delete(request: PersonRequest) -> HttpResponse:
    """注销帐号: what goes, what the law keeps, what stands against it; asks once, with the password."""
    form = DeletionForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        user = ask_deletion(request.user)
        record(SignInEvent.Kind.SECURITY, user=user, request=request, method="申请注销帐号")
        logout(request)
        last = timezone.localtime(user.deletion_asked_at) + dt.timedelta(days=settings.DELETION_DAYS)
        messages.success(request, f"注销申请已收到，各处登录都已结束。{last:%Y-%m-%d} 前重新登录即可撤回。")
        return redirect("account_login")
    obstacles = obstacles_of(request.user)
    if request.method == "POST" and obstacles:
        return redirect("account_delete")  # the page says what stands against it, and has no form
    kept = {"reflection": settings.DELETION_DAYS, "years": ARCHIVE_YEARS, "months": LEAST_MONTHS}
    context = {"form": form, "obstacles": obstacles, **kept}
    return render(request, "accounts/account_delete.html", context)
