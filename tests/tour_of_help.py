"""A walk through 帮助中心: the manual, its search with hits and with none."""

from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from help.answering.services import handle_answer, keep_answer
from help.book import articles
from help.models import ManualAnswer
from help.start import QUESTIONS
from news.pictures.services import add_picture
from tests.accounts.guarding import sign_in
from tests.catalog.gallery.photos import upload
from tests.news.writing import drafted, with_picture


def fitting():
    """The answers of whoever may apply."""
    return {question.name: question.fits for question in QUESTIONS}


def manual(world, _rows):
    """The first article, one with a table, the last; what was found, what was not, and the empty search."""
    visitor, search = Client(), reverse("manual_search")
    guides = [reverse("guide_read", args=[matter]) for matter in ("claim", "admission")]
    start = reverse("start_home")
    guides += [start, start + "?" + urlencode(fitting()), start + "?" + urlencode(dict.fromkeys(fitting(), "no"))]
    pages = [reverse("help_page"), *guides, search, search + "?q=发票", search + "?q=没有这样的事"]
    read = [(visitor, page) for page in (*pages, *(articles()[at].get_absolute_url() for at in (0, 7, -1)))]
    return read + said_of_it(world)


def illustrated(world, _rows):
    """An article whose text has a picture, as its readers see it and as it is written, with one that is not made yet."""
    article, _ = with_picture(world)
    draft, _ = with_picture(world, drafted)
    add_picture(draft, upload(), alt="还没有生成的图片", by=world.municipal)
    city, pages = sign_in(world.municipal), [reverse(f"article_{page}", args=[draft.pk]) for page in ("detail", "edit")]
    return [(Client(), article.get_absolute_url()), *((city, page) for page in pages)]


def said_of_it(world):
    """An article below which its reader has answered; what the platform reads of that, with rows and with none."""
    article, reader, desk = articles()[3], Client(headers={"user-agent": "Mozilla/5.0"}), sign_in(world.platform)
    answer = {"useful": "no", "reason": "第二步的按钮在哪里，图上没有标出来。"}
    reader.post(reverse("manual_answer", args=[article.role, article.step]), answer)
    handle_answer(ManualAnswer.objects.latest("pk"), done=True, by=world.platform)
    keep_answer(articles()[4], useful=False, reason="")
    lists = [reverse(name) for name in ("manual_answers", "manual_figures")]
    narrowed = [f"{lists[0]}?q=没有这样的原因", f"{lists[1]}?edition=before"]
    return [(reader, article.get_absolute_url()), *((desk, page) for page in (*lists, *narrowed))]
