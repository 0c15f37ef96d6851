"""What readers say of an article, and the platform's two lists of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from help import pages
from help.answering import services
from help.answering.filters import AnswerFilter, CountFilter
from help.answering.forms import AnswerForm
from help.book import Article, by_key
from help.models import ManualAnswer, ManualCount
from news.desk.views import writers_only
from records.people import PersonRequest
from ui.listing import exported
from ui.paging import page_of

SAID_BEFORE = "您已经评价过这一篇，这次没有再记录。"
TITLE, FIGURES = "手册意见", "手册评价"
ANSWERS = {
    "文章": "title",
    "版本": "edition",
    "原因": "reason",
    "评价时间": "given_at",
    "状态": "standing",
    "处理时间": "handled_at",
    "处理人": "handled_by.name",
}
COUNTS = {"文章": "title", "版本": "edition", "有用": "useful", "没用": "useless", "最近评价": "last_at"}


def article_page(request: HttpRequest, article: Article, answer: AnswerForm) -> HttpResponse:
    """The article, with the form below it or what this session has said."""
    said = {"answer": answer, "said": services.answer_in(request, article)}
    return render(request, "help/article.html", pages.article_context(article) | said)


@login_not_required
@require_POST
def manual_answer(request: HttpRequest, role: str, step: str) -> HttpResponse:
    """有用 or 没用, of whoever reads it; the answer is the article."""
    article = by_key().get(f"{role}/{step}")
    if article is None:
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return article_page(request, article, form)
    said = form.cleaned_data["reason"]
    if not services.note_answer(request, article, useful=form.is_useful, reason=said):
        messages.info(request, SAID_BEFORE)
    return redirect(f"{article.get_absolute_url()}#useful")


@exported(TITLE, ANSWERS)
@require_safe
@writers_only
def manual_answers(request: PersonRequest) -> HttpResponse:
    """Who found no use in an article, and why: the latest first."""
    found = AnswerFilter(request.GET, ManualAnswer.objects.select_related("handled_by"))
    context = {"filter": found, "page": page_of(request, found.qs), "crumbs": crumbs(TITLE)}
    return render(request, "help/answer_list.html", context)


@exported(FIGURES, COUNTS)
@require_safe
@writers_only
def manual_figures(request: PersonRequest) -> HttpResponse:
    """How many called each article 有用 and 没用, by its versions: what was of least use first."""
    request.menu_at = reverse("manual_answers")
    found = CountFilter(request.GET, ManualCount.objects.all())
    context = {"filter": found, "page": page_of(request, found.qs), "crumbs": crumbs(FIGURES)}
    return render(request, "help/figure_list.html", context)


@require_POST
@writers_only
def manual_handled(request: PersonRequest, pk: int) -> HttpResponse:
    """Dealt with, or open again; the answer is the list as it stood."""
    answer = get_object_or_404(ManualAnswer, pk=pk)
    answer = services.handle_answer(answer, done=request.POST.get("done") != "0", by=request.user)
    messages.success(request, f"这条意见已改为“{answer.standing}”。")
    conditions = QueryDict(request.POST.get("back", "")).urlencode()
    return redirect(f"{reverse('manual_answers')}?{conditions}" if conditions else "manual_answers")


def crumbs(here: str) -> list[tuple[str, str]]:
    """From 用户中心 to the page."""
    return [("用户中心", reverse("user_center")), (here, "")]
