"""操作留痕, searched and read."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import Duty
from records.people import PersonRequest
from tten.audit.faces import faces
from tten.audit.forms import TrailForm
from tten.audit.trail import IN_TIME, found, lines_for
from ui.deep import deep_page_of
from ui.listing import exported


@exported(
    "操作留痕",
    {
        "时间": "event.at",
        "事项类型": "kind",
        "事项": "matter",
        "序号": "event.sequence",
        "动作": "action",
        "原状态": "before",
        "新状态": "after",
        "操作人": "event.actor",
        "办理单位": "event.office",
        "意见或说明": "event.text",
        "摘要": "event.hash",
        "核对": "seal",
    },
)
@require_GET
def trail_list(request: PersonRequest) -> HttpResponse:
    """操作留痕: every line but those of the reader's own side, for whoever audits; 404 for anybody else."""
    if request.user.duty != Duty.AUDIT:
        raise Http404
    form = TrailForm(request.GET)
    form.is_valid()
    rows, dense = found(lines_for(request.user), form)
    page = deep_page_of(request, rows, IN_TIME, faces, dense=lambda: dense)
    context = {"form": form, "page": page, "crumbs": [("操作留痕", "")]}
    return render(request, "audit/trail_list.html", context)
