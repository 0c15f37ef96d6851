"""A walk through 帮助中心: the manual, its search with hits and with none."""

from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from help.book import articles
from help.start import QUESTIONS


def fitting():
    """The answers of whoever may apply."""
    return {question.name: question.fits for question in QUESTIONS}


def manual(_world, _rows):
    """The first article, one with a table, the last; what was found, what was not, and the empty search."""
    visitor, search = Client(), reverse("manual_search")
    guides = [reverse("guide_read", args=[matter]) for matter in ("claim", "admission")]
    start = reverse("start_home")
    guides += [start, start + "?" + urlencode(fitting()), start + "?" + urlencode(dict.fromkeys(fitting(), "no"))]
    pages = [reverse("help_page"), *guides, search, search + "?q=发票", search + "?q=没有这样的事"]
    return [(visitor, page) for page in (*pages, *(articles()[at].get_absolute_url() for at in (0, 7, -1)))]
