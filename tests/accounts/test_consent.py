"""服务协议 and 隐私声明 by version: asked once, nothing lost."""

import pytest

from accounts.login.consent import TERMS_VERSION
from accounts.models import User
from tests.accounts.login import PASSWORD, who
from tests.factories import make_user

pytestmark = pytest.mark.django_db
HOME = "/center/notices/"


@pytest.fixture
def person():
    user = make_user("yue")
    user.consents.update(version="2025-1")
    return user


@pytest.fixture
def waiting(client, person):
    client.post("/account/login/", {"login": "yue", "password": PASSWORD, "next": HOME})
    return client


def test_an_older_consent_is_asked_for_after_the_password(waiting, person):
    assert who(waiting) is None
    page = waiting.get("/account/consent/").content.decode()
    assert "同意并继续" in page
    assert "2025-1 版" in page


def test_who_agrees_goes_on_where_he_wanted_to_and_is_not_asked_again(waiting, person):
    assert waiting.post("/account/consent/", {"act": "agree"})["Location"] == HOME
    assert who(waiting) == person.pk
    assert {row.version for row in person.consents.all()} == {"2025-1", TERMS_VERSION}
    waiting.post("/account/logout/")
    assert waiting.post("/account/login/", {"login": "yue", "password": PASSWORD})["Location"] == "/center/"


def test_who_does_not_agree_is_out_and_nothing_is_kept(waiting, person):
    assert waiting.post("/account/consent/", {"act": "leave"})["Location"] == "/"
    assert (who(waiting), person.consents.count()) == (None, 1)
    assert waiting.get("/account/consent/")["Location"] == "/account/login/"


def test_somebody_without_any_consent_is_asked(client):
    User.objects.create_user("clerk", password=PASSWORD)
    assert client.post("/account/login/", {"login": "clerk", "password": PASSWORD})["Location"] == "/account/consent/"
    assert "第一次使用前" in client.get("/account/consent/").content.decode()
    assert client.post("/account/consent/", {"act": "agree"})["Location"] == "/center/"


def test_whoever_has_agreed_is_asked_nothing(client):
    person = make_user("yue")
    client.post("/account/login/", {"login": "yue", "password": PASSWORD})
    assert who(client) == person.pk
