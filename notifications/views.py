"""The list of messages: a message is opened by a POST, since reading it writes."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from notifications.models import Notice
from notifications.services import mark_read
from records.people import PersonRequest
from ui.listing import exported
from ui.paging import page_of


@exported(
    "消息",
    {
        "时间": "at",
        "标题": "subject",
        "内容": "body",
        "阅读时间": "read_at",
    },
)
@require_safe
def notice_list(request: PersonRequest) -> HttpResponse:
    """消息: newest first, all or the unread ones."""
    only_unread = request.GET.get("unread") == "1"
    notices = Notice.objects.visible_to(request.user)
    shown = notices.unread() if only_unread else notices
    context = {"page": page_of(request, shown), "only_unread": only_unread}
    return render(request, "notifications/notice_list.html", context)


@require_POST
def notice_open(request: PersonRequest, pk: int) -> HttpResponse:
    """Mark one message as read and go to its case."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    mark_read(request.user, only=notice.pk)
    return redirect(notice.url or "notice_list")


@require_POST
def notice_read_all(request: PersonRequest) -> HttpResponse:
    """Mark all messages as read."""
    mark_read(request.user)
    return redirect("notice_list")
