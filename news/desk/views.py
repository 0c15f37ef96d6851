"""文章管理: write, attach, publish, pin, take back."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from news import pages, services
from news.filters import WritersFilter
from news.forms import ArticleForm, FilesForm, PublishForm, WithdrawForm
from news.models import Article, Attachment
from news.permissions import office_of
from news.pictures.forms import PictureForm
from records.people import PersonRequest
from records.rules import RuleBroken
from ui.listing import exported
from ui.paging import page_of

View = Callable[..., HttpResponse]


def writers_only(view: View) -> View:
    """Not there for anybody who is not at work at the platform or at 市科技局."""

    @wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if office_of(request.user) is None:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@exported(
    pages.DESK,
    {
        "标题": "title",
        "栏目": "get_sort_display",
        "文号": "number",
        "发布机构": "issuer",
        "状态": "stage",
        "发布时间": "shown_from",
        "起草单位": "office",
        "起草时间": "written_at",
    },
)
@require_safe
@writers_only
def article_desk(request: PersonRequest) -> HttpResponse:
    """All articles, the latest first."""
    found = WritersFilter(request.GET, Article.objects.kept().order_by("-written_at", "-pk").defer("document", "body"))
    context = {"filter": found, "page": page_of(request, found.qs), "crumbs": pages.desk_crumbs()}
    return render(request, "news/article_desk.html", context)


@require_http_methods(["GET", "POST"])
@writers_only
def article_new(request: PersonRequest) -> HttpResponse:
    """Write one."""
    return written(request, None)


@require_http_methods(["GET", "POST"])
@writers_only
def article_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change one; what was taken back is changed no more."""
    article = get_object_or_404(Article.objects.kept(), pk=pk)
    return redirect("article_detail", pk) if article.is_withdrawn else written(request, article)


def written(request: PersonRequest, article: Article | None) -> HttpResponse:
    """Keep what was typed and lead to its page; or the form."""
    office = office_of(request.user)
    form = ArticleForm(request.POST or None, instance=article or Article(), office=office.name if office else "")
    if request.method == "POST" and form.is_valid():
        return redirect(
            "article_detail", services.keep_article(article, form.said, by=request.user, seen=form.seen_version).pk
        )
    title = "修改文章" if article else "起草文章"
    context = {"form": form, "title": title, "article": article, "crumbs": pages.desk_crumbs(title)}
    return render(request, "news/article_form.html", context)


@require_GET
@writers_only
def article_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """As its readers see it, with what can be done."""
    return detail_page(request, get_object_or_404(Article.objects.kept(), pk=pk))


def detail_page(request: PersonRequest, article: Article, **typed: Any) -> HttpResponse:
    """The page, with the form that was refused as it was typed."""
    forms = {
        "publish": PublishForm(),
        "withdraw": WithdrawForm(),
        "attach": FilesForm(),
        "picture": PictureForm(),
        **typed,
    }
    return render(request, "news/article_detail.html", pages.detail_context(article) | forms)


@require_POST
@writers_only
def article_publish(request: PersonRequest, pk: int) -> HttpResponse:
    """Show it to everybody, now or later."""
    article, form = get_object_or_404(Article.objects.kept(), pk=pk), PublishForm(request.POST)
    if not form.is_valid():
        return detail_page(request, article, publish=form)
    try:
        services.publish(article, at=form.at, by=request.user)
    except RuleBroken as refusal:
        form.add_error(None, refusal.sentence)
        return detail_page(request, article, publish=form)
    said = "已定时，到时间自动对所有人可见，之前可以取消。" if form.at else "已发布，所有人都能看到。"
    messages.success(request, said)
    return redirect("article_detail", pk)


@require_POST
@writers_only
def article_hold_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Make a draft again of what waits for its time."""
    services.hold_back(get_object_or_404(Article.objects.kept(), pk=pk), by=request.user)
    messages.success(request, "已取消定时，改回草稿。")
    return redirect("article_detail", pk)


@require_POST
@writers_only
def article_drop(request: PersonRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    dropped = services.drop_article(get_object_or_404(Article.objects.kept(), pk=pk), by=request.user)
    messages.success(request, f"草稿“{dropped.title}”已删除。")
    return redirect("article_desk")


@require_POST
@writers_only
def article_pin(request: PersonRequest, pk: int) -> HttpResponse:
    """Let it stand first, or no longer."""
    pinned = services.pin(
        get_object_or_404(Article.objects.kept(), pk=pk), on=request.POST.get("on") == "1", by=request.user
    )
    messages.success(request, "已置顶，在列表和首页排在最前。" if pinned.is_pinned else "已取消置顶。")
    return redirect("article_detail", pk)


@require_POST
@writers_only
def article_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take it back, with the reason that its readers see."""
    article, form = get_object_or_404(Article.objects.kept(), pk=pk), WithdrawForm(request.POST)
    if not form.is_valid():
        return detail_page(request, article, withdraw=form)
    services.withdraw(article, why=form.cleaned_data["why"], by=request.user)
    messages.success(request, "已撤回，打开原网址的人会看到撤回时间和原因。")
    return redirect("article_detail", pk)


@require_POST
@writers_only
def article_add_files(request: PersonRequest, pk: int) -> HttpResponse:
    """Put papers beside it."""
    article, form = get_object_or_404(Article.objects.kept(), pk=pk), FilesForm(request.POST, request.FILES)
    if not form.is_valid():
        return detail_page(request, article, attach=form)
    files = form.cleaned_data["papers"]
    services.add_files(article, files, by=request.user)
    messages.success(request, f"已添加 {len(files)} 个附件。")
    return redirect("article_detail", pk)


@require_POST
@writers_only
def article_remove_file(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Take a paper away."""
    attachment = get_object_or_404(Attachment.objects.select_related("article", "paper"), paper_id=pk)
    services.remove_file(attachment, by=request.user)
    messages.success(request, f"已移除附件“{attachment.paper.name}”。")
    return redirect("article_detail", attachment.article_id)
