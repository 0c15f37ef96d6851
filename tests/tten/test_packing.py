"""Where no proxy packs the pages, the portal does."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import Client

from tten.packing import PackingMiddleware

pytestmark = pytest.mark.django_db
PACKS = {"headers": {"accept-encoding": "gzip, br"}}


@pytest.fixture
def anybody():
    return Client(**PACKS)


def test_a_page_is_packed_for_who_can_unpack_it(anybody, client):
    packed, plain = anybody.get("/help/"), client.get("/help/")
    assert packed["Content-Encoding"] == "gzip"
    assert "帮助" in gzip.decompress(packed.content).decode()
    assert len(packed.content) < len(plain.content) / 2
    assert "Content-Encoding" not in plain


def test_a_secret_beside_what_somebody_sent_is_not_packed(anybody):
    assert "Content-Encoding" not in anybody.get("/account/login/")


def test_behind_a_proxy_that_packs_nothing_is_packed_twice(settings):
    settings.BEHIND_PROXY = True
    assert "Content-Encoding" not in Client(**PACKS).get("/help/")


@pytest.mark.parametrize("kind", ["application/pdf", "image/webp", "application/zip"])
def test_papers_and_pictures_go_as_they_are(rf, kind):
    answer = HttpResponse(b"a" * 1000, content_type=kind)
    request = rf.get("/mall/", **PACKS)
    assert PackingMiddleware(lambda _: answer)(request).content == b"a" * 1000
