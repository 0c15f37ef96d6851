import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse

from records.rules import RuleBroken
from tten.middleware import RuleBrokenMiddleware

pytestmark = pytest.mark.heavy  # whole pages are drawn


@pytest.fixture
def gallery(client, settings):
    settings.DEBUG = True
    return client.get(reverse("gallery"))


def test_the_gallery_is_for_developers(client, settings):
    settings.DEBUG = False
    assert client.get(reverse("gallery")).status_code == 404


def test_the_gallery_shows_every_state_in_word_and_shape(gallery):
    html = gallery.content.decode()
    assert gallery.status_code == 200
    for word in ("草稿", "待复审", "初审退回修改", "复审通过", "复审不通过", "已撤回"):
        assert word in html


def test_the_facts_of_the_gallery_have_their_names(gallery):
    assert "<dt>开户行</dt>" in gallery.content.decode()


def test_no_page_carries_inline_script_or_style(gallery):
    html = gallery.content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html)


def test_every_icon_of_the_gallery_is_in_the_sprite(gallery, settings):
    sprite = settings.BASE_DIR / "static" / "vendor" / "bootstrap-icons" / "icons.svg"
    there = set(re.findall(r'id="([\w-]+)"', sprite.read_text()))
    assert set(re.findall(r"icons\.[\w.]*svg#([\w-]+)", gallery.content.decode())) <= there


def test_a_page_that_is_not_there_says_so_and_where_to_go(client):
    page = client.get("/no/such/page/")
    assert page.status_code == 404
    assert "没有找到，或者您无权查看" in page.content.decode()


def test_a_refusal_shows_its_sentence_and_hides_its_code():
    request = RequestFactory().get("/", headers={"referer": "http://testserver/back/"})
    request.user = AnonymousUser()
    refusal = RuleBroken("R-CAP", "本年度可用额度为 30,000 元，请调低申请金额。")
    page = RuleBrokenMiddleware(lambda request: None).process_exception(request, refusal)
    words = re.sub(r"<[^>]+>", "", page.content.decode())
    assert page.status_code == 409
    assert "本年度可用额度为 30,000 元，请调低申请金额。" in words
    assert "R-CAP" not in words


def test_an_expired_page_says_what_to_do(client):
    client.handler.enforce_csrf_checks = True
    page = client.post(reverse("account_login"), {})
    assert page.status_code == 403
    assert "页面已过期，没有提交" in page.content.decode()
