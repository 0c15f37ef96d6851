"""The guard in a browser: a second factor set up and used, a passkey, a proof before money, a pause that loses nothing."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import SignInEvent
from reviews.models import Opinion
from tests.accounts.guarding import code_of
from tests.browser.stage import PASSWORD
from tests.factories import World, drive_application
from tests.reviews.desk import open_turn
from vouchers.models import Application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "请写清楚检测数据用于哪个研发环节，并补充检测方案。"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def world(stage):
    return World()


@pytest.fixture
def domain(stage):
    """A passkey belongs to a name, not to a number."""
    stage.url = stage.url.replace("127.0.0.1", "localhost")


def out_and_in(person, name):
    """Leave, and type name and password again; return the page that follows."""
    person.page.get_by_role("button", name="退出").first.click()
    person.go("/account/login/")
    person.fill(login=name, password=PASSWORD)
    person.press("登录")
    return person


def test_a_reviewer_binds_an_app_and_signs_in_with_its_code(stage, world, settings):
    settings.STAFF_SECOND_FACTOR = True
    reviewer = stage.staff("body")
    reviewer.go("/desk/").sees("必须设置第二重验证").look("70-security")
    reviewer.press("绑定动态口令", role="link").look("71-totp")
    secret = reviewer.page.locator(".secret").inner_text().strip()
    reviewer.fill(code=code_of(secret)).press("绑定").sees("这些代码只显示这一次").look("72-codes")
    codes = reviewer.page.locator(".code-list li").all_inner_texts()
    with reviewer.page.expect_download() as kept:
        reviewer.page.get_by_role("link", name="下载").click()
    assert all(code in kept.value.path().read_text() for code in codes)
    reviewer.go("/desk/").sees("待办")
    out_and_in(reviewer, "body").sees("第二重验证").look("73-challenge")
    reviewer.fill(code=codes[0]).press("登录")
    expect(reviewer.page).to_have_url(re.compile("/center/"))
    assert SignInEvent.objects.filter(user=world.body, kind="security", method="绑定动态口令").exists()


def test_a_reviewer_adds_a_passkey_and_signs_in_with_it(stage, domain, world, settings):
    settings.STAFF_SECOND_FACTOR = True
    reviewer = stage.staff("body")
    device = reviewer.page.context.new_cdp_session(reviewer.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    reviewer.go("/desk/").press("添加通行密钥", role="link").fill(name="办公电脑").look("74-passkey").press("添加")
    reviewer.sees("这些代码只显示这一次")
    reviewer.go("/center/account/security/passkeys/").sees("办公电脑")
    out_and_in(reviewer, "body").press("使用通行密钥")
    expect(reviewer.page).to_have_url(re.compile("/center/"))
    reviewer.go("/account/prove/passkey/?next=/desk/").press("使用通行密钥")
    expect(reviewer.page).to_have_url(re.compile("/desk/$"))


def test_a_proof_before_money_keeps_the_words(stage, world, settings):
    settings.MONEY_REAUTH_SECONDS = 900
    application = drive_application(world.make_application(), "body", world)
    turn = open_turn(application)
    reviewer = stage.staff("body").go(f"/desk/{turn.pk}/")
    settings.MONEY_REAUTH_SECONDS = 1  # time passes
    reviewer.page.locator("[name=verdict][value=pass_review]").check()
    reviewer.fill(text=WORDS)
    reviewer.page.wait_for_timeout(1200)
    reviewer.press("提交决定").sees("这一步关系到补贴金额", "您刚才填写的内容已保留").look("75-proof")
    settings.MONEY_REAUTH_SECONDS = 900
    reviewer.fill(password=PASSWORD).press("验证").sees("您输入的内容已保留", WORDS).look("76-kept")
    reviewer.press("继续提交").sees("已办理")
    assert Application.objects.get(pk=application.pk).state == "approved"
    assert Opinion.objects.get(turn=turn).text == WORDS


def test_a_pause_is_announced_and_loses_nothing(stage, world, settings):
    settings.STAFF_IDLE_SECONDS = 14  # the warning comes at half of it
    application = drive_application(world.make_application(), "district", world)
    turn = open_turn(application)
    reviewer = stage.staff("district").go(f"/desk/{turn.pk}/")
    reviewer.page.locator("[name=verdict][value=send_back]").check()
    reviewer.fill(text=WORDS)
    warning = reviewer.page.locator("[data-idle]")
    expect(warning).to_be_visible()
    warning.get_by_role("button", name="继续使用").click()
    expect(warning).to_be_hidden()
    expect(warning.get_by_text("已超过操作时限")).to_be_visible()
    reviewer.page.wait_for_timeout(2000)
    reviewer.look("77-idle")
    warning.get_by_role("button", name="知道了").click()
    reviewer.press("提交决定").sees("较长时间没有操作")
    settings.STAFF_IDLE_SECONDS = 1800
    reviewer.fill(password=PASSWORD).press("验证").sees("您输入的内容已保留", WORDS).press("继续提交").sees("已办理")
    assert Opinion.objects.get(turn=turn).text == WORDS


def test_a_person_takes_his_data_along(stage, world):
    applicant = (
        stage.staff("applicant").go("/center/account/data/").press("导出我的数据").sees("保留至").look("78-data")
    )
    with applicant.page.expect_download() as copy:
        applicant.page.get_by_role("link", name="下载").first.click()
    assert copy.value.suggested_filename.endswith(".zip")
