"""Each way in, in a browser: user name, number with password, number with code, WeChat, and a forgotten password."""

from datetime import timedelta

import pytest
from django.db.models import F
from playwright.sync_api import expect

from accounts.models import TextMessage, User
from tests.browser.stage import PASSWORD
from tests.factories import make_user
from tten.local import wechat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = "13800000001"


@pytest.fixture
def scanner(settings):
    with wechat.Server() as server:
        for name, value in wechat.environment(server.url).items():
            setattr(settings, name, value)
        yield server


def is_in(person):
    expect(person.page.get_by_role("button", name="退出").first).to_be_visible()
    return person


def sign_out(person):
    person.page.get_by_role("button", name="退出").first.click()
    expect(person.page.get_by_role("link", name="登录").first).to_be_visible()
    return person


def test_user_name_and_number_with_a_password(stage):
    stage.staff("yue", make_user("yue", phone=PHONE))
    stage.enter("by number").sign_in(PHONE)


def test_a_person_registers_comes_back_by_code_and_resets_the_password(stage):
    person = stage.enter("newcomer").go("/account/signup/")
    person.fill(username="yue", phone=PHONE, name="岳样例", password1=PASSWORD, password2=PASSWORD, agrees=True)
    is_in(person.press("下一步：验证手机号").sees("138****0001").code(PHONE))
    User.objects.get(username="yue", phone_verified_at__isnull=False)
    pretend_a_minute_has_passed()
    sign_out(person).go("/account/login/").press("短信登录", role="link").look("05-login-code")
    is_in(person.fill(phone=PHONE).press("获取验证码").look("05-code").code(PHONE))
    pretend_a_minute_has_passed()
    sign_out(person).go("/account/login/").press("找回密码", role="link").look("05-reset")
    person.fill(login=PHONE).press("获取验证码").code(PHONE).look("05-password-new")
    person.fill(password1="Tten-New-2027", password2="Tten-New-2027").press("重设密码").sees("密码已重设")
    is_in(person.sign_in("yue", "Tten-New-2027"))


def test_a_wrong_code_is_told_and_the_right_one_still_opens(stage):
    make_user("yue", phone=PHONE)
    person = stage.enter("yue").go("/account/login/code/").fill(phone=PHONE).press("获取验证码")
    person.fill(code="000000").press("确定").sees("验证码不正确，请核对后重试。")
    is_in(person.code(PHONE))


def test_wechat_registers_somebody_new_and_lets_him_in_again(stage, scanner):
    person = stage.enter("river").go("/account/login/").press("微信登录", role="link").look("05-wechat")
    scan(person, "演示·小河")
    person.look("05-wechat-phone").fill(phone=PHONE).press("获取验证码").code(PHONE)
    is_in(person.look("05-wechat-name").fill(name="何样例", agrees=True).press("注册"))
    sign_out(person).go("/account/login/wechat/?next=/center/account/")
    scan(person, "演示·小河")
    is_in(person).sees("演示·小河")


def test_wechat_is_bound_to_the_number_s_account_and_taken_off(stage, scanner):
    make_user("yue", phone=PHONE)
    person = stage.enter("apple").go("/account/login/wechat/")
    scan(person, "演示·海棠🌸")
    is_in(person.fill(phone=PHONE).press("获取验证码").code(PHONE))
    person.go("/center/account/wechat/").look("05-wechat-account").press("解除绑定").sees("未绑定")
    person.go("/center/account/wechat/").press("绑定微信")
    person.page.get_by_role("link", name="演示·小河").click()
    person.sees("演示·小河")


def test_who_refuses_on_his_phone_finds_the_way_back(stage, scanner):
    person = stage.enter("nobody").go("/account/login/wechat/").press("去微信扫码")
    person.page.get_by_role("link", name="取消授权").click()
    person.sees("微信登录没有完成").press("用密码或短信登录", role="link")
    assert person.page.url.endswith("/account/login/")
    stage.complaints[:] = [text for text in stage.complaints if "401" not in text]  # the status of that page


def scan(person, name):
    person.press("去微信扫码")
    person.page.get_by_role("link", name=name).click()
    person.page.wait_for_load_state()


def pretend_a_minute_has_passed():
    """One message a minute: put the last one further back."""
    TextMessage.objects.update(at=F("at") - timedelta(seconds=61))
