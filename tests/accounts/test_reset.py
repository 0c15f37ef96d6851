"""A forgotten password: a code by text message or by mail, and one new password for it."""

import pytest
from django.core import mail
from django.test import Client

from accounts.login.codes import WRONG as WRONG_CODE
from accounts.models import SignInEvent, TextMessage
from tests.accounts.login import PASSWORD, code_for, known_code, type_code
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PHONE = "13800000001"


@pytest.fixture
def person():
    return make_user("yue", phone=PHONE, email="yue@example.com")


def new_password(client, one="Tten-New-2027", two="Tten-New-2027"):
    return client.post("/account/password/reset/new/", {"password1": one, "password2": two})


def test_a_password_is_reset_by_text_message(client, person):
    here = Client()
    here.force_login(person)
    client.post("/account/password/reset/", {"login": PHONE})
    assert type_code(client, code_for(PHONE))["Location"] == "/account/password/reset/new/"
    assert new_password(client)["Location"] == "/account/login/"
    person.refresh_from_db()
    assert person.check_password("Tten-New-2027")
    assert here.get("/center/account/").status_code == 302  # the other sessions are over
    assert new_password(client)["Location"] == "/account/password/reset/"  # one code, one password
    kinds = SignInEvent.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["password", "unlocked"]


def test_a_password_is_reset_by_mail(client, person, django_capture_on_commit_callbacks):
    with known_code(), django_capture_on_commit_callbacks(execute=True):
        client.post("/account/password/reset/", {"login": "Yue@Example.com"})
    assert [letter.to for letter in mail.outbox] == [["yue@example.com"]]
    assert "246810" in mail.outbox[0].body
    assert TextMessage.objects.count() == 0
    type_code(client, "246810")
    new_password(client)
    person.refresh_from_db()
    assert person.check_password("Tten-New-2027")


def test_a_mailbox_of_two_accounts_opens_neither(client, person, django_capture_on_commit_callbacks):
    make_user("other", email="yue@example.com")
    with known_code(), django_capture_on_commit_callbacks(execute=True):
        client.post("/account/password/reset/", {"login": "yue@example.com"})
    assert "246810" not in mail.outbox[0].body
    assert type_code(client, "246810").context["form"].errors["code"] == [WRONG_CODE]


def test_who_is_locked_out_comes_in_by_a_new_password(client, person):
    for _ in range(5):
        client.post("/account/login/", {"login": "yue", "password": "wrong"})
    client.post("/account/password/reset/", {"login": PHONE})
    type_code(client, code_for(PHONE))
    new_password(client)
    response = client.post("/account/login/", {"login": "yue", "password": "Tten-New-2027"})
    assert response.status_code == 302


@pytest.mark.parametrize(
    ("one", "two", "field", "words"),
    [
        ("Tten-New-2027", "Tten-New-2028", "password2", "两次输入的密码不一致，请重新输入。"),
        ("alllowercase", "alllowercase", "password1", "密码应包含大写字母、小写字母、数字、符号中的至少三种。"),
    ],
)
def test_a_new_password_keeps_the_rules(client, person, one, two, field, words):
    client.post("/account/password/reset/", {"login": PHONE})
    type_code(client, code_for(PHONE))
    assert words in new_password(client, one, two).context["form"].errors[field]
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_nobody_sets_a_password_without_a_code(client, person):
    assert client.get("/account/password/reset/new/")["Location"] == "/account/password/reset/"
    assert new_password(client)["Location"] == "/account/password/reset/"
