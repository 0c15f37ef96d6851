"""Guesses stop, the victim gets in, nobody learns who has an account."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.history.sign_ins import forget, key_of
from accounts.login import lockout
from accounts.login.adapter import WRONG
from accounts.models import Duty, SignInEvent
from tests.factories import make_user
from tests.helpers import refused

pytestmark = pytest.mark.django_db
PASSWORD, URL = "tten-test-2026", "/account/login/"
Kind = SignInEvent.Kind


@pytest.fixture
def person():
    return make_user("yue", phone="13800000001")


def guess(client, login="yue", password="wrong", **extra):  # noqa: S107
    return client.post(URL, {"login": login, "password": password}, **extra)


def said(response):
    return response.context["form"].non_field_errors()


def kinds(**which):
    return list(SignInEvent.objects.filter(**which).order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("login", ["yue", "nobody", "13800000001", "13900000009"])
def test_the_fifth_failure_locks_and_says_until_when(client, person, time_machine, login):
    time_machine.move_to("2026-11-24 10:00:00 +0800", tick=False)
    for _ in range(4):
        assert said(guess(client, login)) == [WRONG]
    for _ in range(3):
        assert "已暂停登录，请在 10:16 以后再试" in said(guess(client, login))[0]
    assert kinds() == [Kind.FAILED] * 5 + [Kind.LOCKED]
    time_machine.move_to("2026-11-24 10:15:01 +0800", tick=False)
    assert said(guess(client, login)) == [WRONG]


def test_user_name_and_number_count_for_one_account(client, person):
    for login in ("yue", "13800000001", "YUE", "yue", "+86 138 0000 0001"):
        response = guess(client, login)
    assert "已暂停登录" in said(response)[0]


def test_the_right_password_does_not_open_a_locked_pair_but_another_address_does(client, person):
    for _ in range(5):
        guess(client)
    assert "已暂停登录" in said(guess(client, password=PASSWORD))[0]
    assert guess(client, password=PASSWORD, REMOTE_ADDR="192.0.2.9").status_code == 302


def test_what_was_typed_is_kept_nowhere(client):
    guess(client, "我的密码是秘密")
    event = SignInEvent.objects.get()
    assert (event.user, event.key) == (None, key_of(None, "我的密码是秘密"))
    assert len(event.key) == 64


def from_everywhere(user, number=50, ago=0):
    at = timezone.now() - dt.timedelta(seconds=ago)
    SignInEvent.objects.bulk_create(
        SignInEvent(key=key_of(user), user=user, kind=Kind.FAILED, address=f"198.51.100.{n}", at=at)
        for n in range(number)
    )


def test_guesses_from_everywhere_leave_the_password_to_known_devices(client, person, time_machine):
    time_machine.move_to("2026-11-24 10:00:00 +0800", tick=False)
    assert guess(client, password=PASSWORD).status_code == 302  # the browser is known from now on
    client.post("/account/logout/")
    from_everywhere(person)
    assert "11:01 以前只能在登录过的设备上" in said(guess(Client(), password=PASSWORD))[0]
    assert guess(client, password=PASSWORD).status_code == 302
    time_machine.move_to("2026-11-24 11:00:01 +0800", tick=False)
    assert guess(Client(), password=PASSWORD).status_code == 302


def test_forty_nine_guesses_from_everywhere_are_not_fifty(person):
    from_everywhere(person, 49)
    assert guess(Client(), password=PASSWORD).status_code == 302


def test_a_forged_or_foreign_device_is_not_known(client, person):
    other = make_user("other")
    guess(client, "other", PASSWORD)
    client.post("/account/logout/")
    from_everywhere(person)
    assert "登录过的设备" in said(guess(client, password=PASSWORD))[0]
    client.cookies["tten_device"] = f"{key_of(person)}:1:forged"
    assert "登录过的设备" in said(guess(client, password=PASSWORD))[0]
    assert guess(client, other.username, PASSWORD).status_code == 302


def test_the_note_of_a_device_is_signed_unreadable_and_out_of_reach_of_scripts(client, person):
    guess(client, password=PASSWORD)
    cookie = client.cookies["tten_device"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 365 * 86_400)
    assert person.username not in cookie.value
    assert str(person.phone) not in cookie.value


@pytest.mark.parametrize(("who", "may"), [({"duty": Duty.ACCOUNTS}, True), ({"duty": Duty.CATALOG}, False)])
def test_a_lock_is_lifted_by_who_keeps_the_accounts(client, person, who, may):
    for _ in range(5):
        guess(client)
    by = make_user("keeper", **who)
    if may:
        lockout.unlock(person, by=by)
        assert guess(client, password=PASSWORD).status_code == 302
        assert person.events.get().text == "解除登录暂停"
        assert SignInEvent.objects.get(kind=Kind.UNLOCKED).by == by
    else:
        with refused("R-PERM"):
            lockout.unlock(person, by=by)
        assert "已暂停登录" in said(guess(client, password=PASSWORD))[0]


def test_nobody_unlocks_himself():
    keeper = make_user("keeper", duty=Duty.ACCOUNTS)
    with refused("R-PERM"):
        lockout.unlock(keeper, by=keeper)


def test_after_an_unlock_the_count_begins_anew_everywhere(client, person):
    from_everywhere(person)
    lockout.unlock(person, by=make_user("keeper", duty=Duty.ACCOUNTS))
    for _ in range(4):
        assert said(guess(client)) == [WRONG]
    assert guess(client, password=PASSWORD).status_code == 302


def test_the_list_shows_the_locks_that_hold(client, person):
    for login in ("yue", "nobody"):
        for _ in range(5):
            guess(client, login)
    assert [event.user for event in lockout.locked_now()] == [None, person]
    lockout.forgive(person, by=None)
    assert [event.user for event in lockout.locked_now()] == [None]


@pytest.mark.django_db(transaction=True)
def test_parallel_guesses_are_no_more_than_five():
    person, start, results = make_user("yue"), threading.Barrier(12), []

    def run():
        start.wait()
        results.append(guess(Client()).content.decode())
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(WRONG in page for page in results) == 4  # the fifth says that it locks, all others that it is locked
    assert kinds(user=person) == [Kind.FAILED] * 5 + [Kind.LOCKED]


def test_the_history_tells_ins_outs_and_changes(client, person):
    guess(client, password=PASSWORD, headers={"user-agent": "Musterbrowser/1.0"})
    client.post(
        "/account/password/", {"oldpassword": PASSWORD, "password1": "Tten-new-2027", "password2": "Tten-new-2027"}
    )
    client.post("/account/logout/")
    assert kinds(user=person) == [Kind.IN, Kind.PASSWORD, Kind.OUT]
    event = SignInEvent.objects.filter(kind=Kind.IN).get()
    assert (event.method, event.address, event.agent) == ("密码", "127.0.0.1", "Musterbrowser/1.0")


@pytest.mark.parametrize(("days", "kept"), [(366, [10, 365]), (200, [10, 190]), (30, [10, 182])])
def test_the_history_is_kept_as_long_as_set_and_six_months_at_least(settings, days, kept):
    settings.SIGN_IN_DAYS = days
    person = make_user()
    ages = {366: (10, 365, 367), 200: (10, 190, 201), 30: (10, 182, 184)}[days]
    for age in ages:
        at = timezone.now() - dt.timedelta(days=age)
        SignInEvent.objects.create(key=key_of(person), user=person, kind=Kind.IN, at=at)
    assert forget() == 1
    assert SignInEvent.objects.count() == len(kept)


def test_a_locked_attempt_is_a_sentence_not_an_error(rf, person):
    attempt = lockout.Attempt(person, "yue", rf.post(reverse("account_login")))
    for _ in range(5):
        lockout.failed(attempt)
    with pytest.raises(ValidationError, match="已暂停登录"):
        lockout.enter(attempt)
