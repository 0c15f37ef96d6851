"""The pages of 帮助中心: for everybody, with the figures of the policy in force, and the whole manual on paper."""

import io

import pytest
from django.core.cache import cache
from django.urls import reverse
from pypdf import PdfReader
from redis.exceptions import ConnectionError as CacheIsAway

from help import papers
from help.book import articles, roles
from tests.factories import World
from tests.helpers import new_policy
from tests.visible import elements
from ui.printing import pdf_ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def text_of(response):
    return response.content.decode()


def test_the_center_names_every_role_and_article_and_whom_to_call(client, world):
    page = text_of(client.get(reverse("help_page")))
    assert [page.count(f'id="{role.key}"') for role in roles()] == [1] * len(roles())
    assert [article.key for article in articles() if f'href="{article.get_absolute_url()}"' not in page] == []
    assert {("dt", "政策咨询"), ("dt", "技术支持")} <= set(elements(page))
    assert world.district_office.name in page


def test_an_article_tells_the_figures_of_the_policy_in_force(client, world):
    new_policy(correction_days=17)
    page = text_of(client.get(reverse("manual_article", args=["firm", "returned"])))
    assert "请在退回后 17 个工作日内补正" in page
    assert "{" not in page.split("<main")[1].split("</main>")[0]


def test_an_article_leads_to_its_neighbours(client):
    first, second = articles()[:2]
    page = text_of(client.get(first.get_absolute_url()))
    assert f'href="{second.get_absolute_url()}" rel="next"' in page
    assert 'rel="prev"' not in page
    last = text_of(client.get(articles()[-1].get_absolute_url()))
    assert f'href="{articles()[-2].get_absolute_url()}" rel="prev"' in last
    assert 'rel="next"' not in last


@pytest.mark.parametrize("place", [("firm", "nowhere"), ("nobody", "claim")])
def test_what_is_no_article_is_not_there(client, place):
    assert client.get(reverse("manual_article", args=place)).status_code == 404


def test_the_search_shows_what_it_found_and_says_where_nothing_is(client):
    found = text_of(client.get(reverse("manual_search"), {"q": "骑缝章"}))
    assert 'href="/help/firm/form/#sign"' in found
    assert "<mark>骑缝章</mark>" in found
    assert "没有找到" in text_of(client.get(reverse("manual_search"), {"q": "火星移民"}))
    empty = text_of(client.get(reverse("manual_search")))
    assert "没有找到" not in empty


@pytest.mark.pdf
def test_the_manual_on_paper_has_every_article_and_is_made_once(client, world, monkeypatch):
    cache.clear()
    if sentence := pdf_ready():
        pytest.skip(sentence)
    response = client.get(reverse("manual_print"))
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages).replace("\n", "")
    assert response["Content-Type"] == "application/pdf"
    assert [article.number for article in articles() if f"{article.number}　{article.title}" not in words] == []
    monkeypatch.setattr(papers, "print_pdf", lambda *_, **__: pytest.fail("made anew"))
    assert client.get(reverse("manual_print")).content == response.content


def test_a_cache_that_is_away_keeps_nobody_from_the_paper(monkeypatch):
    def away(_key):
        raise CacheIsAway

    monkeypatch.setattr(papers.cache, "get", away)
    assert papers.remembered("key", lambda: b"paper") == b"paper"


def test_a_server_without_fonts_says_so(client, monkeypatch):
    monkeypatch.setattr("help.views.pdf_ready", lambda: "服务器缺少打印字体")
    response = client.get(reverse("manual_print"))
    assert (response.status_code, "服务器缺少打印字体" in text_of(response)) == (409, True)
