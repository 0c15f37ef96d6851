"""Codes: six figures, five minutes, one use, five tries; what a right one opens."""

import re
import threading

import pytest
from django.db import connection
from django.test import Client

from accounts.login.adapter import WRONG
from accounts.login.codes import GONE
from accounts.login.codes import WRONG as WRONG_CODE
from accounts.login.consent import TERMS_VERSION
from accounts.models import Consent, SignInEvent, User
from tests.accounts.guarding import sign_in
from tests.accounts.login import PASSWORD, ask, code_for, known_code, register, type_code, who, wrong
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PHONE = "13800000001"


@pytest.fixture
def person():
    return make_user("yue", phone=PHONE, email="yue@example.com")


def messages(response):
    return [str(message) for message in response.wsgi_request._messages]


def later(time_machine, seconds):
    time_machine.move_to(f"2026-11-24 10:{seconds // 60:02}:{seconds % 60:02} +0800", tick=False)


def test_a_code_signs_in_and_is_six_figures(client, person):
    assert ask(client, "+86 138-0000-0001")["Location"] == "/account/code/"
    assert re.fullmatch(r"\d{6}", code_for(PHONE))
    assert type_code(client, code_for(PHONE))["Location"] == "/center/"
    assert who(client) == person.pk
    assert SignInEvent.objects.get(kind="in").method == "短信验证码"


def test_a_code_may_be_typed_as_people_type(client, person):
    ask(client, PHONE)
    typed = code_for(PHONE).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    type_code(client, f" {typed[:3]} {typed[3:]} ")
    assert who(client) == person.pk


def test_the_page_asked_for_opens_after_the_code(client, person):
    ask(client, PHONE, next="/center/notices/")
    assert type_code(client, code_for(PHONE))["Location"] == "/center/notices/"


@pytest.mark.parametrize("next_url", ["https://evil.example/", "//evil.example"])
def test_no_other_site_opens_after_the_code(client, person, next_url):
    ask(client, PHONE, next=next_url)
    assert type_code(client, code_for(PHONE))["Location"] == "/center/"


def test_a_code_is_good_for_five_minutes(client, person, time_machine):
    later(time_machine, 0)
    ask(client, PHONE)
    later(time_machine, 299)
    assert client.get("/account/code/").status_code == 200
    later(time_machine, 301)
    response = type_code(client, code_for(PHONE))
    assert (response["Location"], messages(response)) == ("/account/login/", [GONE])
    assert who(client) is None


def test_a_code_is_good_once(client, person):
    ask(client, PHONE)
    kept, code = client.session["account_code"], code_for(PHONE)
    type_code(client, code)
    other = Client()
    session = other.session
    session["account_code"] = kept
    session.save()
    other.cookies["sessionid"] = session.session_key
    assert messages(type_code(other, code)) == [GONE]
    assert who(other) is None


def test_the_fifth_wrong_code_ends_it_and_locks(client, person):
    ask(client, PHONE)
    code = code_for(PHONE)
    for _ in range(4):
        assert type_code(client, wrong(code)).context["form"].errors["code"] == [WRONG_CODE]
    response = type_code(client, wrong(code))
    assert "已暂停登录" in messages(response)[0]
    assert response["Location"] == "/account/login/code/"
    assert messages(type_code(client, code))[-1] == GONE
    assert who(client) is None


def test_five_tries_are_five_whatever_address_they_come_from(client, person):
    ask(client, PHONE)
    code = code_for(PHONE)
    for number in range(5):
        type_code(client, wrong(code), REMOTE_ADDR=f"192.0.2.{number}")
    assert messages(type_code(client, code, REMOTE_ADDR="192.0.2.99"))[-1] == GONE
    assert who(client) is None


def test_codes_and_passwords_count_together(client, person):
    for _ in range(3):
        client.post("/account/login/", {"login": "yue", "password": "wrong"})
    ask(client, PHONE)
    code = code_for(PHONE)
    type_code(client, wrong(code))
    assert "已暂停登录" in messages(type_code(client, wrong(code)))[0]
    assert "已暂停登录" in ask(client, PHONE).context["form"].non_field_errors()[0]


def test_what_cannot_be_a_code_costs_no_try(client, person):
    ask(client, PHONE)
    for _ in range(8):
        assert "6 位数字" in type_code(client, "12345x").context["form"].errors["code"][0]
    type_code(client, code_for(PHONE))
    assert who(client) == person.pk


def test_a_new_code_takes_the_place_of_the_old_one(client, person, time_machine):
    later(time_machine, 0)
    ask(client, PHONE)
    old = code_for(PHONE)
    later(time_machine, 30)
    assert "1 分钟最多发送 1 条" in messages(client.post("/account/code/", {"act": "again"}))[0]
    later(time_machine, 61)
    client.post("/account/code/", {"act": "again"})
    new = code_for(PHONE)
    if old != new:
        assert type_code(client, old).context["form"].errors["code"] == [WRONG_CODE]
    type_code(client, new)
    assert who(client) == person.pk


@pytest.mark.django_db(transaction=True)
def test_parallel_guesses_at_one_code_are_no_more_than_five(client):
    with known_code():
        make_user("yue", phone=PHONE)
        ask(client, PHONE)
    cookie, pages, start = client.cookies["sessionid"].value, [], threading.Barrier(12)

    def run():
        one = Client()
        one.cookies["sessionid"] = cookie
        start.wait()
        pages.append(type_code(one, "246811").status_code)
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert SignInEvent.objects.filter(kind="failed").count() == 5
    assert pages.count(200) == 4


def test_registering_proves_the_number_before_there_is_an_account(client):
    assert register(client)["Location"] == "/account/code/"
    assert User.objects.count() == 0
    assert type_code(client, code_for("13800000009"))["Location"] == "/center/"
    person = User.objects.get()
    assert (person.username, person.name, person.phone) == ("岳样例", "岳·样例", "13800000009")
    assert person.phone_verified_at is not None
    assert person.check_password("Tten-Reg-2026")
    assert [row.version for row in person.consents.all()] == [TERMS_VERSION]
    assert who(client) == person.pk


def test_a_number_is_not_taken_by_who_cannot_prove_it(client):
    register(Client())
    register(client, username="真样例", phone="13800000008")
    type_code(client, code_for("13800000008"))
    assert User.objects.get().username == "真样例"


def test_the_user_name_that_went_to_somebody_else_meanwhile_is_told(client):
    register(client)
    make_user("岳样例")
    response = type_code(client, code_for("13800000009"))
    assert response.status_code == 409
    assert "刚刚已经注册" in response.content.decode()


def test_the_number_that_went_to_somebody_else_meanwhile_is_told(client):
    register(client)
    make_user("other", phone="13800000009")
    assert type_code(client, code_for("13800000009")).status_code == 409
    assert User.objects.count() == 1


def test_a_number_moves_with_a_code_to_the_new_one(client, person):
    sign_in(person, client)
    ask(client, "13800000002", "/center/account/phone/")
    person.refresh_from_db()
    assert person.phone == PHONE
    type_code(client, code_for("13800000002"))
    person.refresh_from_db()
    assert person.phone == "13800000002"
    assert SignInEvent.objects.get(kind="security").method == "更换手机号"


def test_the_code_of_one_person_moves_no_other_number(client, person):
    sign_in(person, client)
    ask(client, "13800000002", "/center/account/phone/")
    kept, code = client.session["account_code"], code_for("13800000002")
    other = make_user("other", phone="13800000003")
    sign_in(other, client)
    session = client.session
    session["account_code"] = kept
    session.save()
    type_code(client, code)
    other.refresh_from_db()
    assert other.phone == "13800000003"


def test_a_number_of_an_administrator_s_writing_is_proved_at_the_first_sign_in(client):
    person = User.objects.create_user("clerk", password=PASSWORD, phone=PHONE)
    Consent.objects.create(user=person, version=TERMS_VERSION)
    response = client.post("/account/login/", {"login": "clerk", "password": PASSWORD})
    assert (response["Location"], who(client)) == ("/account/code/", None)
    assert type_code(client, code_for(PHONE))["Location"] == "/center/"
    person.refresh_from_db()
    assert (who(client), person.phone_verified_at is not None) == (person.pk, True)


def test_an_account_out_of_use_does_not_get_in_by_a_code(client, person):
    User.objects.filter(pk=person.pk).update(is_active=False)
    ask(client, PHONE)
    assert type_code(client, code_for(PHONE))["Location"] == "/account/inactive/"
    assert who(client) is None


def test_a_wrong_password_says_nothing_of_codes(client, person):
    response = client.post("/account/login/", {"login": PHONE, "password": "x"})
    assert response.context["form"].non_field_errors() == [WRONG]


@pytest.mark.parametrize("demo", [True, False])
def test_the_texts_of_the_demo_are_shown_in_a_demo_alone(client, settings, tmp_path, demo):
    settings.DEMO, settings.SMS_FILE = demo, tmp_path / "sms.log"
    assert client.get("/account/texts/").status_code == (200 if demo else 404)
    lines = [f"2026-11-24 10:00:{n:02}\t138000000{n:02}\t第{n}条" for n in range(30)]
    settings.SMS_FILE.write_text("\n".join(lines), encoding="utf-8")
    if demo:
        texts = client.get("/account/texts/").context["texts"]
        assert [text["words"] for text in texts] == [f"第{n}条" for n in range(29, 9, -1)]
