"""导出表格: a list is taken away at once, or fetched from 我的导出 when a worker has made it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from accounts.exports.services import take_list
from accounts.models import ListExport
from accounts.own_data.exports import DAYS_KEPT
from records.filenames import safe_name
from records.once import repeatable
from records.people import Person, PersonRequest
from records.storing.giving import given
from ui.listing import exported
from ui.paging import page_of
from ui.sheets import CONTENT_TYPE


@repeatable
@require_POST
def export_start(request: PersonRequest) -> HttpResponse:
    """Take a list away as it stands with its conditions."""
    export, content = take_list(request.POST.get("path", ""), request.POST.get("query", ""), by=request.user)
    if not content:
        messages.success(request, f"列表有 {export.total} 行，正在后台导出，完成后在本页下载。")
        return redirect("export_list")
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    named = content_disposition_header(as_attachment=True, filename=safe_name(export.file_name))
    response.headers["Content-Disposition"] = named
    response.headers["Cache-Control"] = "private, no-store"
    return response


@exported("我的导出", {"列表": "title", "时间": "asked_at", "行数": "total"})
@require_GET
def export_list(request: PersonRequest) -> HttpResponse:
    """我的导出: the lists that the person has taken away, with the files that are kept still."""
    return render(
        request, "accounts/export_list.html", {"page": page_of(request, taken_by(request.user)), **kept(request.user)}
    )


def taken_by(user: Person) -> Any:
    """The lists that the person has taken away."""
    return ListExport.objects.filter(user=user)


def kept(user: Person) -> dict[str, Any]:
    """Whether one is being made, and for how long files are kept."""
    return {"running": taken_by(user).filter(ready_at=None, failed_at=None).first(), "days": DAYS_KEPT}


@require_GET
def export_progress(request: PersonRequest) -> HttpResponse:
    """How far the one that is being made is; once it is, the page comes anew."""
    context = kept(request.user)
    response = render(request, "accounts/export_progress.html", context)
    if context["running"] is None:
        response.headers["HX-Refresh"] = "true"
    return response


@require_GET
def export_download(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The file; its person alone, while it is kept."""
    ready = taken_by(request.user).filter(expires_at__gte=timezone.now()).exclude(file="")
    export = get_object_or_404(ready, pk=pk)
    return given(export.file, named=export.file_name, content_type=CONTENT_TYPE)
