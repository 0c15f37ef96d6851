"""Sessions, tokens and addresses: nothing is carried over, kept too long, or told to where it does not belong."""

import logging
import re

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.models import KeptForm
from tests.accounts.guarding import PASSWORD, sign_in, signed_in
from tests.accounts.login import ask
from tests.factories import World, make_user
from tests.test_house import patterns

pytestmark = pytest.mark.django_db
EVIL = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example/",
    "\\\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "http://testserver@evil.example/",
    "/%0d%0aSet-Cookie:x=1",
    "\t//evil.example",
)
SECRET = re.compile(r"(?i)password|passwd|secret|token|sessionid|csrf")


@pytest.fixture
def person():
    return make_user("jia", phone="13900000001")


def log_in(client, person, **more):
    return client.post(reverse("account_login"), {"login": person.username, "password": PASSWORD, **more})


def test_a_session_of_before_the_sign_in_is_no_session_after_it(client, person):
    planted = "a" * 32
    client.cookies["sessionid"] = planted
    log_in(client, person)
    assert (signed_in(client), client.cookies["sessionid"].value == planted) == (True, False)
    other = Client()
    other.cookies["sessionid"] = planted
    assert other.get(reverse("user_center")).status_code == 302


def test_what_a_visitor_had_in_his_session_gets_a_new_key_and_the_old_one_is_dead(client, person):
    client.get(reverse("account_login"))
    ask(client, person.phone)  # the code waits in it
    before = client.cookies["sessionid"].value
    log_in(client, person)
    old = Client()
    old.cookies["sessionid"] = before
    assert (client.cookies["sessionid"].value == before, old.get(reverse("user_center")).status_code) == (False, 302)


def test_the_cookies_are_closed_to_scripts_to_other_sites_and_to_plain_lines(client, person, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client.get(reverse("account_login"), secure=True)
    answer = client.post(reverse("account_login"), {"login": person.username, "password": PASSWORD}, secure=True)
    flags = {
        name: (bool(cookie["secure"]), bool(cookie["httponly"]), cookie["samesite"], cookie["domain"])
        for name, cookie in client.cookies.items()
    }
    assert answer.status_code == 302
    assert flags["sessionid"] == (True, True, "Lax", "")
    assert flags.pop("csrftoken")[0::2] == (True, "Lax")  # the library's own: it is no secret, its mask is
    assert {name for name, kept in flags.items() if kept[:3] != (True, True, "Lax")} == set()


def test_signing_out_kills_the_session_on_the_server(person):
    client = sign_in(person)
    key = client.cookies["sessionid"].value
    client.post(reverse("account_logout"))
    thief = Client()
    thief.cookies["sessionid"] = key
    assert thief.get(reverse("user_center")).status_code == 302


def test_a_new_password_ends_the_other_sessions(person):
    here, there = sign_in(person), sign_in(person)
    new = "Yong-2027-Hai"
    said = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), said).status_code == 302
    assert [signed_in(here), there.get(reverse("user_center")).status_code] == [True, 302]


def test_the_token_of_forms_is_another_one_after_the_sign_in(person):
    client = Client(enforce_csrf_checks=True)
    client.get(reverse("account_login"))
    before = client.cookies["csrftoken"].value
    said = {"login": person.username, "password": PASSWORD, "csrfmiddlewaretoken": before}
    assert client.post(reverse("account_login"), said).status_code == 302
    assert client.cookies["csrftoken"].value != before
    stale = client.post(reverse("account_logout"), {"csrfmiddlewaretoken": before})
    assert (stale.status_code, signed_in(client)) == (403, True)


def test_no_act_is_done_without_the_token():
    person = World().applicant
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    names = [entry for entry in patterns(get_resolver()) if not entry.pattern.converters]
    taken = {entry.name for entry in names if client.post(reverse(entry.name)).status_code < 400}
    assert taken == set()


@pytest.mark.parametrize("target", EVIL)
def test_no_way_leads_to_another_site(client, person, target):
    for answer in (
        log_in(client, person, next=target),
        client.post(f"{reverse('account_login')}?next={target}", {"login": person.username, "password": PASSWORD}),
        client.post(reverse("unit_switch"), {"unit": "", "next": target}),
        client.post(reverse("address_check"), {"channel": "mail", "next": target}),
        client.get(reverse("address_check"), {"next": target}),
        client.post(reverse("account_logout"), {"next": target}),
    ):
        where = answer.headers.get("Location", "/")
        assert where.startswith("/"), where
        assert not where.startswith(("//", "/\\")), where
        assert not {"\r", "\n"} & set(where)


@pytest.mark.bare
@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "127.0.0.1:80@evil.example"]
)
def test_another_name_of_the_site_is_refused(client, host):
    page = client.get(reverse("account_login"), headers={"host": host})
    assert (page.status_code, host in page.content.decode()) == (400, False)


def test_a_forwarded_name_is_not_believed(client):
    page = client.get(reverse("account_login"), headers={"x-forwarded-host": "evil.example"})
    assert (page.status_code, "evil.example" in page.content.decode()) == (200, False)


def test_no_secret_stands_in_an_address_a_log_or_a_referrer(client, person, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = log_in(client, person, next="/center/")
        client.post(reverse("account_login"), {"login": person.username, "password": "Falsch-9988-Wort"})
        client.get(reverse("session_list"))
    secrets = (PASSWORD, "Falsch-9988-Wort", client.cookies["sessionid"].value)
    assert [secret for secret in secrets if secret in caplog.text] == []
    assert SECRET.search(answer.headers["Location"]) is None
    assert client.get(reverse("user_center")).headers["Referrer-Policy"] == "same-origin"
    forms = [entry.name for entry in patterns(get_resolver()) if SECRET.search(str(entry.pattern))]
    assert [name for name in forms if "password" not in name] == []  # pages about passwords, none that holds one


def test_what_was_kept_of_a_form_is_no_secret_and_opens_to_its_person_alone(person):
    client = sign_in(person)
    client.cookies.pop("sessionid")
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "x", "password2": "x"})
    assert [kept for kept in KeptForm.objects.all() if PASSWORD in str(kept.fields)] == []
