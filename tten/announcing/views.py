"""通知公告: write, look at whom it reaches, send, follow, stop; and its readers' page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from news.desk.views import writers_only
from news.permissions import office_of
from notifications.models import Announcement
from records.people import PersonRequest
from records.rules import RuleBroken
from tten.announcing import pages, services
from tten.announcing.addresses import desk_of
from tten.announcing.forms import AnnouncementForm, SendForm
from tten.announcing.quoting import QuoteForm
from ui.listing import exported
from ui.paging import page_of

NOW = "已确认，正在后台发送，可以离开本页。"
LATER = "已确认，到时间自动发送，之前可以停止。"


@exported(
    pages.TITLE,
    {
        "标题": "title",
        "发布单位": "sender",
        "发送方式": "get_ways_display",
        "进度": "get_stage_display",
        "发送时间": "due_at",
        "应通知": "total",
        "已通知": "told",
    },
)
@require_safe
@writers_only
def announcement_list(request: PersonRequest) -> HttpResponse:
    """All of them, the latest first."""
    context = {"page": page_of(request, Announcement.objects.kept()), "crumbs": [(pages.TITLE, "")]}
    return render(request, "announcing/announcement_list.html", context)


@require_http_methods(["GET", "POST"])
@writers_only
def announcement_new(request: PersonRequest) -> HttpResponse:
    """Write one."""
    return written(request, None)


@require_http_methods(["GET", "POST"])
@writers_only
def announcement_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    announcement = get_object_or_404(Announcement.objects.kept(), pk=pk)
    return written(request, announcement) if announcement.is_draft else redirect(desk_of(announcement))


def written(request: PersonRequest, announcement: Announcement | None) -> HttpResponse:
    """Keep what was typed and lead to the preview; or the form, of a new one with an article that it quotes."""
    form = AnnouncementForm(request.POST if request.method == "POST" else None)
    quote = None if announcement or form.is_bound else QuoteForm(request.GET)
    form.initial = AnnouncementForm.initial_of(announcement) if announcement else quote.quoted() if quote else {}
    if form.is_bound and form.is_valid():
        return redirect(desk_of(services.keep_draft(announcement, form.said, by=request.user)))
    title = "修改通知公告" if announcement else "起草通知公告"
    context = {"form": form, "title": title, "announcement": announcement, "crumbs": pages.crumbs(title)}
    return render(request, "announcing/announcement_form.html", context | {"quote": quote})


@require_GET
@writers_only
def announcement_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """A draft with whom it would reach; afterwards how far it is and what became of it."""
    return detail_page(request, get_object_or_404(Announcement.objects.kept(), pk=pk), SendForm())


def detail_page(request: PersonRequest, announcement: Announcement, form: SendForm) -> HttpResponse:
    """The page, with the form as it was typed while it is a draft."""
    return render(request, "announcing/announcement_detail.html", pages.detail_context(announcement) | {"form": form})


@require_POST
@writers_only
def announcement_send(request: PersonRequest, pk: int) -> HttpResponse:
    """Confirm a draft, for now or for later."""
    announcement, form = get_object_or_404(Announcement.objects.kept(), pk=pk), SendForm(request.POST)
    if not form.is_valid():
        return detail_page(request, announcement, form)
    try:
        services.confirm(announcement, due_at=form.at, by=request.user)
    except RuleBroken as refusal:
        form.add_error(None, refusal.sentence)
        return detail_page(request, announcement, form)
    messages.success(request, LATER if form.at else NOW)
    return redirect(desk_of(announcement))


@require_POST
@writers_only
def announcement_drop(request: PersonRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    dropped = services.drop_announcement(get_object_or_404(Announcement.objects.kept(), pk=pk), by=request.user)
    messages.success(request, f"草稿“{dropped.title}”已删除。")
    return redirect("announcement_list")


@require_POST
@writers_only
def announcement_stop(request: PersonRequest, pk: int) -> HttpResponse:
    """Tell nobody further."""
    stopped = services.stop(get_object_or_404(Announcement.objects.kept(), pk=pk), by=request.user)
    messages.success(request, stopped.sentence)
    return redirect(desk_of(stopped))


@require_GET
@writers_only
def announcement_progress(request: PersonRequest, pk: int) -> HttpResponse:
    """How far the work is, for the page that waits; once it is over, the page comes anew."""
    announcement = get_object_or_404(Announcement.objects.kept(), pk=pk)
    response = render(request, "announcing/progress.html", {"announcement": announcement})
    if not announcement.is_at_work:
        response.headers["HX-Refresh"] = "true"
    return response


@require_GET
def announcement_read(request: PersonRequest, pk: int) -> HttpResponse:
    """What was announced, for whoever was told, and for those who announce."""
    found = Announcement.objects.kept() if office_of(request.user) else pages.readable(request.user)
    context = {"announcement": get_object_or_404(found, pk=pk)}
    return render(request, "announcing/announcement_read.html", context)
