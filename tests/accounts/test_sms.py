"""Text messages: counted, sent once, by whichever way the settings name."""

import datetime as dt
import secrets
import time

import pytest
import requests
from django.utils import timezone

from accounts.models import TextMessage
from accounts.sms import aliyun
from accounts.sms import delivery as sms_delivery
from accounts.sms.checks import check_gateway
from accounts.sms.delivery import TEXTS
from accounts.sms.services import send_text
from accounts.sms.tasks import deliver_text, forget_texts, sweep_texts
from accounts.sms.words import TEMPLATES
from tests.accounts.gateway import KEY, SECRET, Gateway
from tests.helpers import afresh, at_once, refused

pytestmark = pytest.mark.django_db
PHONE = "13800000001"


def send(phone=PHONE, **facts):
    return send_text(phone, "code", purpose="login", **{"code": "123456", **facts})


def row(phone=PHONE, *, ago=0, **facts):
    at = timezone.now() - dt.timedelta(seconds=ago)
    return TextMessage.objects.create(phone=phone, template="code", purpose="login", at=at, **facts)


@pytest.fixture
def gateway(settings, monkeypatch):
    monkeypatch.setattr(aliyun, "TIMEOUT", (1, 0.3))
    with Gateway() as server:
        settings.SMS_BACKEND, settings.SMS_ADDRESS = "accounts.sms.aliyun.to_aliyun", server.url
        settings.SMS_KEY, settings.SMS_SECRET, settings.SMS_SIGN = KEY, SECRET, "样例科服网"
        settings.SMS_TEMPLATES = {"code": "SMS_0001", "taken": "SMS_0002"}
        yield server


def test_a_message_is_a_row_that_leaves_after_the_commit(settings, tmp_path, django_capture_on_commit_callbacks):
    settings.SMS_BACKEND, settings.SMS_FILE = "accounts.sms.gateways.to_file", tmp_path / "a" / "sms.log"
    with django_capture_on_commit_callbacks(execute=True):
        text = send(address="192.0.2.1")
        assert not settings.SMS_FILE.exists()
    text.refresh_from_db()
    assert (text.phone, text.purpose, text.address, text.tries) == (PHONE, "login", "192.0.2.1", 1)
    assert (text.params, text.problem, text.receipt) == ({}, "", "file")
    assert text.sent_at is not None
    line = settings.SMS_FILE.read_text(encoding="utf-8")
    assert line.split("\t")[1:] == [PHONE, f"【{settings.SMS_SIGN}】{TEMPLATES['code'].format(code='123456')}\n"]


@pytest.mark.bare
def test_a_gateway_that_leads_nowhere_is_told_before_a_code_should_leave(settings):
    assert check_gateway() == []
    settings.SMS_BACKEND = "aliyun"
    assert [problem.id for problem in check_gateway()] == ["accounts.E001"]


def test_the_console_says_the_words(caplog, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send_text(PHONE, "taken", purpose="signup")
    assert TEMPLATES["taken"] in caplog.text


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([10], "1 分钟最多发送 1 条短信，请在 50 秒后再试。"),
        ([100, 200, 300, 400, 500], "1 小时最多发送 5 条短信，请在 13:52 以后再试。"),
        ([4000 + 3000 * n for n in range(10)], "1 天最多发送 10 条短信，请在 11月25日 04:24 以后再试。"),
    ],
)
def test_a_number_gets_one_a_minute_five_an_hour_ten_a_day(time_machine, rows, words):
    time_machine.move_to("2026-11-24 13:00:00 +0800", tick=False)
    for ago in rows:
        row(ago=ago)
    with refused("R-SMS", match=words):
        send()
    send("13800000002")


def test_just_under_each_limit_a_message_leaves():
    for ago in (61, 100, 200, 300, *(3700 + n for n in range(5))):
        row(ago=ago)
    send()


def test_an_address_sends_twenty_an_hour_to_whomever():
    for number in range(20):
        row(f"138000001{number:02}", ago=60, address="192.0.2.1")
    with refused("R-SMS", match="同一个网络地址 1 小时最多发送 20 条短信"):
        send(address="192.0.2.1")
    send(address="192.0.2.2")


def test_what_no_visitor_asked_for_counts_for_no_address():
    for number in range(25):
        row(f"138000001{number:02}")
    send(address=None)


def test_a_value_that_is_not_there_is_the_caller_s_mistake():
    with pytest.raises(KeyError):
        send_text(PHONE, "invitation", purpose="invitation")
    assert TextMessage.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_at_once_to_one_number_are_one_message():
    results = at_once(lambda: bool(send()), lambda: bool(send()))
    assert sorted(results, key=str) == ["R-SMS", True]
    assert TextMessage.objects.count() == 1


def deliver(text):
    deliver_text(text.pk)
    text.refresh_from_db()
    return text


def test_the_gateway_gets_a_signed_request_and_its_receipt_is_kept(gateway):
    text = deliver(row(params={"code": "123456"}))
    assert gateway.heard == [
        (
            "SendSms",
            {
                "PhoneNumbers": PHONE,
                "SignName": "样例科服网",
                "TemplateCode": "SMS_0001",
                "TemplateParam": '{"code":"123456"}',
            },
        )
    ]
    assert (text.receipt, text.problem, text.params, text.tries) == ("biz^0", "", {}, 1)


@pytest.mark.bare
def test_the_signature_is_the_one_that_the_provider_s_package_makes(settings, monkeypatch, time_machine):
    """By alibabacloud-openapi-util 0.2.4: get_authorization of the same request (docs/adr/0070)."""
    time_machine.move_to("2026-11-28 06:00Z")
    monkeypatch.setattr(secrets, "token_hex", lambda _size: "00112233445566778899aabbccddeeff")
    settings.SMS_KEY, settings.SMS_SECRET = "testid", "testsecret"
    query = {
        "PhoneNumbers": "13800000000",
        "SignName": "科服网",
        "TemplateCode": "SMS_1",
        "TemplateParam": '{"code":"123456"}',
    }
    signed = aliyun.signed_headers("dysmsapi.aliyuncs.com", query)["Authorization"]
    assert signed.rpartition("=")[2] == "179cb0e8e0e0d9fd2db7dde7e34080150691df2b5aacd86d9aa8772add068180"


def test_a_sent_message_is_never_sent_again(gateway):
    text = deliver(row())
    deliver(text)
    sweep_texts()
    deliver_text(text.pk, attempt=2)
    assert len(gateway.heard) == 1


def test_a_wrong_secret_is_refused_by_the_stand_in(gateway, settings):
    settings.SMS_SECRET = "another"
    text = deliver(row(params={"code": "123456"}))
    assert (text.sent_at, text.tries, text.problem) == (None, 1, "SignatureDoesNotMatch signature")
    assert text.params == {}


@pytest.mark.parametrize(("fails", "tries", "is_sent"), [(1, 2, True), (2, 3, True), (3, 3, False), (9, 3, False)])
def test_a_passing_trouble_is_tried_three_times(gateway, fails, tries, is_sent):
    gateway.answers = [{"Code": "Throttling.User", "Message": "slow down"}] * fails
    text = deliver(row(params={"code": "123456"}))
    assert (text.tries, text.sent_at is not None, text.params) == (tries, is_sent, {})
    assert text.problem == ("" if is_sent else "Throttling.User slow down")
    assert len(gateway.heard) == tries


def test_a_refusal_for_good_is_not_tried_again(gateway):
    gateway.answers = [{"Code": "isv.MOBILE_NUMBER_ILLEGAL", "Message": "no such number"}]
    assert deliver(row()).problem == "isv.MOBILE_NUMBER_ILLEGAL no such number"
    assert len(gateway.heard) == 1


def slow(handler):
    time.sleep(0.6)
    handler.give(200, {"Code": "OK", "BizId": "late"})


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (slow, "短信网关没有按时回应，是否发出不明，不再重发"),
        (lambda handler: handler.give(502, None, raw=b"<html>bad gateway"), "短信网关的回应不可读（HTTP 502）"),
        (lambda handler: handler.give(200, None, raw=b"[1]"), "短信网关的回应不可读（HTTP 200）"),
        (lambda handler: handler.connection.close(), "连接不上短信网关"),
    ],
)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_where_nobody_knows_whether_it_left_it_is_not_sent_twice(gateway, answer, words):
    gateway.answers = [answer]
    gateway.handle_error = lambda *_args: None
    text = deliver(row(params={"code": "123456"}))
    assert (text.problem, text.tries, text.sent_at, text.params) == (words, 1, None, {})
    assert len(gateway.heard) == 1


def test_a_gateway_that_is_down_is_tried_three_times(settings, gateway):
    gateway.__exit__()
    text = deliver(row(params={"code": "123456"}))
    assert (text.problem, text.tries, text.params) == ("连接不上短信网关", 3, {})


def test_other_troubles_of_the_line_are_noted(monkeypatch, gateway):
    def post(*_args, **_kwargs):
        raise requests.exceptions.InvalidHeader

    monkeypatch.setattr(requests, "post", post)
    assert deliver(row()).problem == "短信网关的回应不可读：InvalidHeader"
    monkeypatch.setattr(requests, "post", lambda *_a, **_k: (_ for _ in ()).throw(requests.ConnectTimeout))
    assert (again := deliver(row())).problem == "连接短信网关超时"
    assert again.tries == 3


def test_an_old_message_is_not_sent(gateway):
    text = deliver(row(ago=400, params={"code": "123456"}))
    assert (text.problem, text.params, gateway.heard) == ("超过有效时间，没有发送", {}, [])


def test_the_sweep_takes_up_what_no_worker_has_seen(gateway):
    fresh, waiting, tried, old = row(), row(ago=60), row(ago=60, tries=1), row(ago=900)
    assert list(sms_delivery.untried(TEXTS)) == [waiting.pk]
    sweep_texts()
    assert [text.sent_at is not None for text in TextMessage.objects.order_by("pk")] == [False, True, False, False]
    assert len({fresh.pk, tried.pk, old.pk}) == 3


def test_a_message_whose_worker_died_is_closed_and_its_code_forgotten():
    code = {"code": "123456"}
    cut = row(ago=400, tries=1, problem=sms_delivery.UNDER_WAY, params=code)
    never, under_way = row(ago=400, params=code), row(ago=20, tries=1, problem=sms_delivery.UNDER_WAY, params=code)
    sweep_texts()
    found = [(text.problem, text.params) for text in map(afresh, (cut, never, under_way))]
    assert found == [(sms_delivery.CUT_SHORT, {}), (sms_delivery.TOO_LATE, {}), (sms_delivery.UNDER_WAY, code)]


def test_a_gateway_that_breaks_in_its_own_way_leaves_no_code_behind(settings):
    settings.SMS_BACKEND = "accounts.sms.gateways.to_file"
    settings.SMS_FILE = None
    text = deliver(row(params={"code": "123456"}))
    assert (text.params, text.sent_at, text.problem.startswith(sms_delivery.CUT_SHORT)) == ({}, None, True)


def test_old_messages_go_with_the_login_history(settings):
    row(ago=(settings.SIGN_IN_DAYS + 1) * 86_400)
    kept = row(ago=(settings.SIGN_IN_DAYS - 1) * 86_400)
    forget_texts()
    forget_texts()
    assert [text.pk for text in TextMessage.objects.all()] == [kept.pk]
