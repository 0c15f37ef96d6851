"""消息送达: what became of each message about a case."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from records.people import PersonRequest
from reviews.news.pages import crumbs_of, told
from reviews.news.querysets import news_of
from reviews.views import find_turn_to_read
from ui.paging import page_of


@require_GET
def turn_news(request: PersonRequest, pk: int) -> HttpResponse:
    """The messages to the applicant's people, each with its ways."""
    turn = find_turn_to_read(request, pk)
    page = page_of(request, news_of(turn))
    context = {"turn": turn, "page": page, "news": told(page.object_list), "crumbs": crumbs_of(turn)}
    return render(request, "reviews/news/turn_news.html", context)
