"""帮助中心: the manual by role and step, its search, the whole of it on paper."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from help import pages
from help.answering.forms import AnswerForm
from help.answering.views import article_page
from help.blanks import BLANKS, blank_pdf
from help.book import by_key
from help.guides import guide_context, guides
from help.papers import manual_pdf
from help.starting import start_context
from records.filenames import safe_name
from records.rules import RuleBroken
from ui.printing import pdf_ready
from ui.reading import read_aside

MANUAL = "天津市科技创新券办事手册.pdf"


@login_not_required
@require_safe
@read_aside
def help_page(request: HttpRequest) -> HttpResponse:
    """帮助中心: where the manual begins."""
    return render(request, "help/center.html", pages.center_context() | {"guides": guides().values()})


@login_not_required
@require_safe
def manual_article(request: HttpRequest, role: str, step: str) -> HttpResponse:
    """One article of the manual."""
    article = by_key().get(f"{role}/{step}")
    if article is None:
        raise Http404
    return article_page(request, article, AnswerForm())


@login_not_required
@require_safe
def manual_search(request: HttpRequest) -> HttpResponse:
    """The steps that answer what was typed."""
    return render(request, "help/search.html", pages.search_context(request.GET.get("q", "")))


@login_not_required
@require_safe
def manual_print(_request: HttpRequest) -> HttpResponse:
    """All articles as one PDF."""
    if sentence := pdf_ready():
        raise RuleBroken("R-PDF", sentence)
    return paper(manual_pdf(), MANUAL)


@login_not_required
@require_safe
def guide_read(request: HttpRequest, matter: str) -> HttpResponse:
    """办事指南 of one matter."""
    guide = guides().get(matter)
    if guide is None:
        raise Http404
    return render(request, "help/guide.html", guide_context(guide))


@login_not_required
@require_safe
@read_aside
def start_home(request: HttpRequest) -> HttpResponse:
    """开始之前: may I apply, with what, how long."""
    return render(request, "help/start.html", start_context(request.GET))


@login_not_required
@require_safe
def form_blank(_request: HttpRequest, matter: str) -> HttpResponse:
    """A form of the portal as an empty paper."""
    if matter not in BLANKS:
        raise Http404
    if sentence := pdf_ready():
        raise RuleBroken("R-PDF", sentence)
    return paper(blank_pdf(matter), f"{BLANKS[matter].name}空白表.pdf")


def paper(content: bytes, name: str) -> HttpResponse:
    """A PDF that the browser may show."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=safe_name(name)) or ""
    return response
