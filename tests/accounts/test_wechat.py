"""微信登录 against a WeChat of our own with the real paths and answers."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.login.consent import TERMS_VERSION
from accounts.login.wechat import binding
from accounts.models import SignInEvent, User
from tests.accounts.guarding import sign_in
from tests.accounts.login import code_for, type_code, who, wrong
from tests.factories import make_user
from tests.helpers import refused
from tten.local import wechat

pytestmark = pytest.mark.django_db
RIVER, APPLE, LONELY = wechat.PEOPLE
PHONE = "13800000001"
NEWCOMER = {"name": "何样例", "agrees": "on"}


@pytest.fixture
def stub(settings):
    with wechat.Server() as server:
        for name, value in wechat.environment(server.url).items():
            setattr(settings, name, value)
        settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.5
        yield server.memory


def go(client, **more):
    """To WeChat: the address that the browser is sent to, and the state in it."""
    response = client.post("/account/wechat/", more)
    assert response.status_code == 302
    return response["Location"], re.search(r"state=(\w+)", response["Location"]).group(1)


def scan(client, stub, person=RIVER, **more):
    """To WeChat and back with a code."""
    _, state = go(client, **more)
    return client.get("/account/wechat/back/", {"code": stub.give_code(person), "state": state})


def prove(client, phone=PHONE):
    client.post("/account/wechat/phone/", {"phone": phone})
    return type_code(client, code_for(phone))


def bound_person(person=RIVER, **facts):
    user = make_user(**{"phone": PHONE, **facts})
    binding.bind(user, person[1] or person[0], {"nickname": person[2]})
    return user


def failed(response):
    return response.status_code == 401 and "微信登录没有完成" in response.content.decode()


def test_the_way_out_carries_what_wechat_asks_for(client, stub, settings):
    url, state = go(client)
    assert url == (
        f"{settings.WECHAT_AUTHORIZE_URL}?appid={wechat.APP_ID}"
        "&redirect_uri=http%3A%2F%2Ftestserver%2Faccount%2Fwechat%2Fback%2F&response_type=code&scope=snsapi_login"
        f"&state={state}"
    )


def test_a_link_with_parameters_of_its_own_changes_nothing(client, stub):
    response = client.post(
        "/account/wechat/?scope=snsapi_userinfo&auth_params=redirect_uri%3Dhttps%3A%2F%2Fevil.example"
    )
    assert "evil" not in response["Location"]
    assert "snsapi_userinfo" not in response["Location"]


def test_a_get_goes_nowhere_and_writes_nothing(client, stub):
    assert client.get("/account/wechat/")["Location"] == "/account/login/wechat/"
    assert Session.objects.count() == 0


@pytest.mark.parametrize(("person", "uid"), [(RIVER, RIVER[1]), (APPLE, APPLE[1]), (LONELY, LONELY[0])])
def test_somebody_new_proves_his_number_and_registers(client, stub, person, uid):
    assert scan(client, stub, person)["Location"] == "/account/wechat/phone/"
    assert prove(client)["Location"] == "/account/wechat/name/"
    assert User.objects.count() == 0
    assert "请阅读并勾选。" in client.post("/account/wechat/name/", {"name": "何样例"}).context["form"].errors["agrees"]
    client.post("/account/wechat/name/", NEWCOMER)
    user = User.objects.get()
    assert (user.name, user.phone, user.has_usable_password()) == ("何样例", PHONE, False)
    assert user.phone_verified_at is not None
    assert re.fullmatch(r"wx_[a-z0-9]{8}", user.username)
    assert user.consents.get().version == TERMS_VERSION
    account = SocialAccount.objects.get()
    assert (account.user, account.uid, account.extra_data) == (user, uid, {"nickname": person[2]})
    assert who(client) == user.pk


def test_the_number_s_account_gets_the_wechat(client, stub):
    user = make_user("yue", phone=PHONE)
    scan(client, stub, next="/center/notices/")
    assert prove(client)["Location"] == "/center/notices/"
    assert who(client) == user.pk
    assert SocialAccount.objects.get().user == user
    kinds = SignInEvent.objects.filter(user=user).order_by("pk").values_list("kind", "method")
    assert list(kinds) == [("in", "短信验证码＋微信"), ("security", "绑定微信")]


def test_who_is_bound_gets_in_by_scanning(client, stub):
    user = bound_person()
    assert scan(client, stub, next="/center/notices/")["Location"] == "/center/notices/"
    assert who(client) == user.pk
    assert SignInEvent.objects.get(kind="in").method == "微信"


def test_the_unionid_finds_the_account_from_another_application(client, stub):
    user = bound_person()
    scan(client, stub, ("o-of-another-app", RIVER[1], RIVER[2]))
    assert who(client) == user.pk


def test_no_token_is_kept_anywhere(client, stub):
    bound_person()
    scan(client, stub)
    scan(other := Client(), stub, APPLE)
    tokens = list(stub.tokens)
    kept = f"{dict(client.session)}{dict(other.session)}"
    assert [token in kept for token in tokens] == [False, False]
    assert (SocialToken.objects.count(), EmailAddress.objects.count()) == (0, 0)


def test_a_wrong_code_by_text_binds_nothing(client, stub):
    make_user("yue", phone=PHONE)
    scan(client, stub)
    client.post("/account/wechat/phone/", {"phone": PHONE})
    type_code(client, wrong(code_for(PHONE)))
    assert (SocialAccount.objects.count(), who(client)) == (0, None)


def test_a_replayed_answer_opens_nothing(client, stub):
    bound_person()
    _, state = go(client)
    answer = {"code": stub.give_code(RIVER), "state": state}
    assert client.get("/account/wechat/back/", answer).status_code == 302
    client.post("/account/logout/")
    assert failed(client.get("/account/wechat/back/", answer))  # the state is used
    _, state = go(client)
    assert failed(client.get("/account/wechat/back/", answer | {"state": state}))  # the code is used: 40029
    assert who(client) is None


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"code": "x"},
        {"state": "forged"},
        {"code": "x", "state": "forged"},
        {"state": ""},
        {"error": "access_denied"},
    ],
)
def test_a_wrong_or_missing_state_opens_nothing(client, stub, answer):
    assert failed(client.get("/account/wechat/back/", answer))
    assert stub.asked == []


def test_the_state_of_one_browser_is_none_of_another(client, stub):
    bound_person()
    _, state = go(Client())
    assert failed(client.get("/account/wechat/back/", {"code": stub.give_code(RIVER), "state": state}))


def test_a_person_who_refuses_is_told_the_way_out(client, stub):
    _, state = go(client)
    response = client.get("/account/wechat/back/", {"state": state})
    assert failed(response)
    assert 'href="/account/login/wechat/"' in response.content.decode()


TOKEN, PROFILE = "/sns/oauth2/access_token", "/sns/userinfo"
TROUBLES = [
    (TOKEN, {"errcode": 40029, "errmsg": "invalid code"}), (TOKEN, {"errcode": 40163, "errmsg": "code been used"}),
    (TOKEN, {"errcode": 40125, "errmsg": "invalid appsecret"}), (TOKEN, {"access_token": "x"}), (TOKEN, []), (TOKEN, 502),
    (TOKEN, "<html>"), (TOKEN, {"access_token": "x", "openid": "o", "expires_in": "soon"}),
    (TOKEN, lambda: time.sleep(0.8)), (PROFILE, {"errcode": 40001, "errmsg": "invalid credential"}),
    (PROFILE, {"openid": "o", "unionid": "u" * 200}), (PROFILE, {"openid": "o", "unionid": 5}), (PROFILE, 500),
    (PROFILE, "null"), (PROFILE, lambda: time.sleep(0.8)),
]  # fmt: skip


@pytest.mark.parametrize(("path", "answer"), TROUBLES)
def test_every_trouble_ends_at_a_page_with_a_way_out(client, stub, path, answer):
    bound_person()
    stub.answers[path] = answer
    assert failed(scan(client, stub))
    assert who(client) is None


def test_a_wechat_that_is_gone_ends_at_a_page(client, stub, settings):
    settings.WECHAT_TOKEN_URL = "http://127.0.0.1:9/sns/oauth2/access_token"
    assert failed(scan(client, stub))


def test_the_number_s_page_needs_a_scan(client, stub):
    assert client.get("/account/wechat/phone/")["Location"] == "/account/login/wechat/"
    assert client.post("/account/wechat/name/", NEWCOMER)["Location"] == "/account/login/wechat/"
    scan(client, stub)
    assert client.post("/account/wechat/name/", NEWCOMER)["Location"] == "/account/login/wechat/"
    assert User.objects.count() == 0


def test_an_account_with_another_wechat_keeps_it_and_its_owner_gets_in(client, stub):
    user = bound_person(APPLE)
    scan(client, stub)
    response = prove(client)
    assert who(client) == user.pk
    assert "已经绑定另一个微信" in str(list(response.wsgi_request._messages)[-1])
    assert SocialAccount.objects.get().uid == APPLE[1]


def test_an_account_out_of_use_does_not_get_in(client, stub):
    bound_person(is_active=False)
    assert scan(client, stub)["Location"] == "/account/inactive/"
    assert who(client) is None


def test_binding_and_unbinding_from_the_own_account(client, stub):
    user = make_user("yue", phone=PHONE)
    sign_in(user, client)
    assert scan(client, stub, process="connect")["Location"] == "/center/account/"
    assert SocialAccount.objects.get().user == user
    assert RIVER[2] in client.get("/center/account/wechat/").content.decode()
    assert client.post("/center/account/wechat/unbind/")["Location"] == "/center/account/"
    assert SocialAccount.objects.count() == 0
    methods = SignInEvent.objects.filter(kind="security").order_by("pk").values_list("method", flat=True)
    assert list(methods) == ["绑定微信", "解除绑定微信"]


def test_a_wechat_of_somebody_else_is_not_bound_twice(client, stub):
    owner = bound_person()
    sign_in(make_user("other", phone="13800000002"), client)
    scan(client, stub, process="connect")
    assert SocialAccount.objects.get().user == owner


def test_a_second_wechat_is_not_bound(client, stub):
    sign_in(bound_person(APPLE), client)
    scan(client, stub, process="connect")
    assert SocialAccount.objects.get().uid == APPLE[1]


def test_the_last_way_in_is_not_taken_away():
    user = bound_person(phone=None)
    user.set_unusable_password()
    user.save()
    with refused("R-LAST", match="唯一方式"):
        binding.unbind(user)
    user.set_password("Tten-test-2026")
    user.save()
    binding.unbind(user)
    assert SocialAccount.objects.count() == 0


def test_who_came_by_wechat_sets_a_password(client, stub):
    user = bound_person()
    user.set_unusable_password()
    user.save()
    scan(client, stub)
    assert client.get("/account/password/")["Location"] == "/account/password/set/"
    client.post("/account/password/set/", {"password1": "Tten-New-2027", "password2": "Tten-New-2027"})
    user.refresh_from_db()
    assert user.check_password("Tten-New-2027")


def test_without_an_application_the_tab_says_so(client):
    assert "微信登录未开通" in client.get("/account/login/wechat/").content.decode()
    for path in ("/account/wechat/", "/account/wechat/back/", "/account/wechat/phone/", "/account/wechat/name/"):
        assert client.get(path)["Location"] == "/account/login/"
    assert client.post("/account/wechat/")["Location"] == "/account/login/"


def form_action(response):
    return re.search(r"form-action ([^;]*)", response["Content-Security-Policy"]).group(1)


def test_only_the_pages_of_wechat_let_a_form_lead_there(client, stub, settings):
    origin = settings.WECHAT_AUTHORIZE_URL.removesuffix("/connect/qrconnect")
    assert form_action(client.get("/account/login/wechat/")) == f"'self' {origin}"
    assert form_action(client.get("/account/login/")) == "'self'"
    client.force_login(make_user())
    assert form_action(client.get("/center/account/wechat/")) == f"'self' {origin}"
    assert form_action(client.get("/center/account/")) == "'self'"
