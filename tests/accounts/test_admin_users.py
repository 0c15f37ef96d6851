"""用户 in the administration: what its keeper may do with an account, and what nobody may."""

from typing import get_args

import pytest
from allauth.usersessions.models import UserSession
from django.urls import reverse

from accounts.login.codes import Purpose
from accounts.members.invitations.services import invite
from accounts.models import SignInEvent, TextMessage, User
from accounts.models.entrance import PURPOSES
from reviews.panel import form_panel
from tests.factories import drive_claim, make_user
from tests.helpers import afresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, world):
    def sign_in(name):
        client.force_login(world.people.get(name) or make_user(name, is_superuser=True, is_staff=True))
        return client

    return sign_in


@pytest.fixture
def admin(signed_in):
    return signed_in("administrator")


def change(browser, user, **fields):
    form = {"username": user.username, "name": user.name, "phone": user.phone or "", "email": user.email}
    inlines = {
        f"{prefix}-{name}_FORMS": 0 for prefix in ("unit_memberships", "consents") for name in ("TOTAL", "INITIAL")
    }
    return browser.post(reverse("admin:accounts_user_change", args=[user.pk]), form | inlines | fields)


def act(browser, action, *users):
    data = {"action": action, "_selected_action": [user.pk for user in users]}
    return browser.post(reverse("admin:accounts_user_changelist"), data, follow=True).content.decode()


def test_a_user_is_made_with_name_and_phone_number(admin):
    form = {
        "username": "zhou",
        "name": "周样例",
        "phone": "13800000066",
        "usable_password": "true",
        "password1": "tten-Admin-2026",
        "password2": "tten-Admin-2026",
    }
    assert admin.post(reverse("admin:accounts_user_add"), form).status_code == 302
    user = User.objects.get(username="zhou")
    assert (user.phone, user.phone_verified_at, user.is_superuser) == ("13800000066", None, False)
    assert user.events.get().step == "account_made"
    refused = admin.post(reverse("admin:accounts_user_add"), form | {"username": "13800000067", "phone": ""})
    assert "username" in refused.context["adminform"].form.errors


def test_two_users_may_have_no_phone_number(admin, world):
    assert change(admin, world.stranger, phone="").status_code == 302
    assert User.objects.filter(phone=None).count() > 1


def test_a_new_number_is_not_verified_and_the_change_is_written_down(admin, world):
    User.objects.filter(pk=world.stranger.pk).update(phone="13800000070", phone_verified_at="2026-01-01T00:00Z")
    assert change(admin, afresh(world.stranger), phone="13800000071").status_code == 302
    assert afresh(world.stranger).phone_verified_at is None
    assert world.stranger.events.get().text == "修改：手机号"


@pytest.mark.parametrize("who", ["district", "municipal", "auditor", "curator"])
def test_nobody_else_says_by_what_the_staff_is_let_in(admin, world, who):
    person = world.people[who]
    change(admin, person, username="x1", phone="13800000099", email="a@example.com", is_superuser="on", duty="audit")
    now = afresh(person)
    kept = ("username", "phone", "email", "is_superuser", "duty")
    assert [getattr(now, name) for name in kept] == [getattr(person, name) for name in kept]
    assert admin.get(reverse("admin:auth_user_password_change", args=[person.pk])).status_code == 403


def test_an_administrator_makes_nobody_more_than_he_is(admin, world):
    for person in (world.stranger, world.administrator):
        change(admin, person, is_superuser="on", is_staff="on", duty="audit", is_active="")
        now = afresh(person)
        assert (now.is_superuser, now.is_active, now.duty) == (False, True, person.duty)
    assert change(admin, world.administrator).status_code == 403


def test_a_password_is_set_for_an_ordinary_person_and_written_down(admin, world):
    url = reverse("admin:auth_user_password_change", args=[world.stranger.pk])
    form = {"password1": "tten-Neu-2026", "password2": "tten-Neu-2026", "usable_password": "true"}
    assert admin.post(url, form).status_code == 302
    assert afresh(world.stranger).check_password("tten-Neu-2026")
    assert world.stranger.events.get().step == "password_set"


def test_no_password_is_set_for_whoever_is_invited_to_an_office(admin, world):
    User.objects.filter(pk=world.stranger.pk).update(phone="13800000073", phone_verified_at="2026-01-01T00:00Z")
    invite(world.body_office, "13800000073", "reviewer", by=world.municipal)
    assert admin.get(reverse("admin:auth_user_password_change", args=[world.stranger.pk])).status_code == 403


def test_an_account_is_put_out_of_use_and_back(admin, world):
    page = act(admin, "close", world.stranger, world.administrator, world.curator, world.people["clock"])
    assert "已处理 1 个帐号" in page
    assert [words for words in ("不能停用或启用自己", "负有管理职责", "系统自身") if words not in page] == []
    assert (afresh(world.stranger).is_active, afresh(world.administrator).is_active) == (False, True)
    act(admin, "open", world.stranger)
    assert afresh(world.stranger).is_active
    steps = world.stranger.events.order_by("sequence").values_list("step", flat=True)
    assert list(steps) == ["account_closed", "account_opened"]


def test_a_deleted_account_does_not_come_back(admin, world):
    User.objects.filter(pk=world.stranger.pk).update(is_active=False, deleted_at="2026-01-01T00:00Z")
    assert "已注销" in act(admin, "open", world.stranger)
    assert not afresh(world.stranger).is_active


def test_an_expert_out_of_use_leaves_his_seats_to_be_filled(admin, world):
    turn = drive_claim(world.make_claim(), "experts", world).turns.get(closed_at=None)
    form_panel(turn, world.experts, by=world.body)
    act(admin, "close", world.expert_2)
    assert [seat.expert for seat in turn.seats.vacant()] == [world.expert_2]


def test_the_first_set_up_makes_no_auditor_a_superuser(signed_in, world):
    change(signed_in("root"), world.auditor, is_superuser="on")
    assert not afresh(world.auditor).is_superuser
    change(signed_in("root2"), world.stranger, is_superuser="on")
    assert afresh(world.stranger).is_superuser


def test_the_last_lead_of_the_city_is_not_locked_out(admin, world):
    assert "唯一在岗的负责人" in act(admin, "close", world.municipal)
    assert afresh(world.municipal).is_active


def test_an_account_out_of_use_loses_its_sessions(admin, world, django_capture_on_commit_callbacks):
    session = UserSession.objects.create(user=world.stranger, ip="127.0.0.1", user_agent="x", session_key="k" * 32)
    with django_capture_on_commit_callbacks(execute=True):
        act(admin, "close", world.stranger)
    assert not UserSession.objects.filter(pk=session.pk).exists()


def test_a_lock_is_lifted_and_a_second_factor_taken_off(admin, world):
    assert "已处理 1 个帐号" in act(admin, "unlock", world.stranger)
    assert "已处理 1 个帐号" in act(admin, "reset_factor", world.stranger)
    assert set(world.stranger.events.values_list("step", flat=True)) == {"unlock", "reset_second_factor"}


@pytest.mark.parametrize("who", ["auditor", "curator", "municipal"])
def test_locks_are_lifted_by_those_who_keep_accounts_alone(signed_in, world, who):
    act(signed_in(who), "unlock", world.stranger)
    assert not SignInEvent.objects.filter(user=world.stranger, kind="unlocked").exists()


def test_lists_show_no_whole_number_and_no_code(signed_in, world):
    User.objects.filter(pk=world.stranger.pk).update(phone="13812345678")
    TextMessage.objects.create(phone="13812345678", purpose="code", template="code", params={"code": "987654"})
    for who in ("administrator", "auditor"):
        browser = signed_in(who)
        pages = [reverse("admin:accounts_user_changelist"), reverse("admin:accounts_textmessage_changelist")]
        pages.append(reverse("admin:accounts_textmessage_change", args=[TextMessage.objects.get().pk]))
        text = "".join(browser.get(page).content.decode() for page in pages)
        assert ("13812345678" in text, "987654" in text, "138****5678" in text) == (False, False, True)


@pytest.mark.bare
def test_every_purpose_of_a_text_message_has_a_name():
    assert {*get_args(Purpose), "invitation"} == set(PURPOSES)
