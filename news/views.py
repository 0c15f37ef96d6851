"""政策与通知 for everybody: the list, an article, its papers."""

from http import HTTPStatus
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from news import pages
from news.filters import ReadersFilter
from news.models import Article, Attachment
from records.views import taken_away
from ui.listing import exported
from ui.paging import page_of
from ui.reading import aside, read_aside

FEED = 30  # articles


@exported(
    pages.TITLE,
    {"标题": "title", "栏目": "get_sort_display", "文号": "number", "发布机构": "issuer", "发布时间": "shown_from"},
)
@login_not_required
@require_safe
@read_aside
def article_list(request: HttpRequest) -> HttpResponse:
    """What is shown now: what stands on top, then the latest."""
    found = ReadersFilter(request.GET, aside(Article.objects.shown()).defer("document"))
    context = {"filter": found, "page": page_of(request, found.qs), "crumbs": pages.crumbs("")}
    return render(request, "news/article_list.html", context)


@login_not_required
@require_safe
@read_aside
def article_read(request: HttpRequest, pk: int) -> HttpResponse:
    """One article; of one that was taken back, that it was, when and why (410)."""
    rows = aside(Article.objects.once_shown()).defer("document").select_related("explains")
    article = get_object_or_404(rows, pk=pk)
    status = HTTPStatus.GONE if article.is_withdrawn else HTTPStatus.OK
    return render(request, "news/article_read.html", pages.reading_context(article), status=status)


@login_not_required
@require_safe
def article_file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A paper of an article that is shown, to take away."""
    beside = Attachment.objects.filter(article__in=Article.objects.shown()).select_related("paper")
    return taken_away(request, get_object_or_404(beside, paper_id=pk).paper)


@login_not_required
@require_safe
@read_aside
def article_feed(request: HttpRequest) -> HttpResponse:
    """The latest articles for feed readers (Atom, RFC 4287)."""
    feed = Atom1Feed(
        title=f"{pages.TITLE} - 科服网",
        link=request.build_absolute_uri(reverse("article_list")),
        feed_url=request.build_absolute_uri(),
        description="天津市科技创新券的通知公告、政策文件和解读。",
        language="zh-CN",
    )
    for article in aside(Article.objects.shown()).order_by("-shown_from", "-pk").defer("document")[:FEED]:
        feed.add_item(
            title=article.title,
            link=request.build_absolute_uri(article.get_absolute_url()),
            description=article.begins,
            author_name=article.issuer,
            categories=[article.get_sort_display()],
            pubdate=article.shown_from,
            updateddate=article.revised_at or article.shown_from,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
