"""Notices by text, templates with their fields, and the second gateway."""

import pytest
from django.utils import timezone

from accounts.models import TextMessage
from accounts.sms import switch, words
from accounts.sms.checks import check_gateway
from accounts.sms.gateways import NotSent
from accounts.sms.services import send_text
from accounts.sms.switch import Answers, by_gateway
from notifications import delivery
from notifications.models import Delivery, Notice
from notifications.services import send_out
from tests.factories import make_user
from tests.helpers import afresh

pytestmark = pytest.mark.django_db
PHONE = "13800000001"
HEARD = []


def first(text):
    HEARD.append(("first", text.phone, text.params))
    return "1"


def second(text):
    HEARD.append(("second", text.phone, text.params))
    return "2"


def busy(_text):
    raise NotSent("Throttling", again=True)


def refusing(_text):
    raise NotSent("isv.MOBILE_NUMBER_ILLEGAL", again=False)


@pytest.fixture(autouse=True)
def gateways(settings, monkeypatch):
    HEARD.clear()
    Answers.slow.clear()
    monkeypatch.setattr(Answers, "second_until", 0.0)
    monkeypatch.setattr(delivery.Rest, "until", {})
    settings.SMS_BACKEND = f"{__name__}.first"
    settings.NOTICES = settings.NOTICES | {"sms_second": f"{__name__}.second"}


def told(subject="复审通过", **facts):
    person = make_user(phone=PHONE, phone_verified_at=timezone.now(), **facts)
    send_out([Notice.objects.create(recipient=person, kind="probe", subject=subject, body="正文")])
    return Delivery.objects.get(notice__recipient=person)


def test_a_firm_with_a_phone_alone_hears_by_text():
    row = told("【急】请修改创新券申请 SQ2026000001：\n专业机构复审退回，见 https://a.example/x，还有很多很多很多字")
    delivery.sweep("sms")
    assert (row.channel, row.address, afresh(row).sent_at is not None) == ("sms", PHONE, True)
    ((_, phone, params),) = HEARD
    assert (phone, list(params), len(params["matter"]) <= words.FIELD_MOST) == (PHONE, ["matter"], True)
    assert not set("【】\n") & set(params["matter"])
    assert "http" not in params["matter"]


def test_a_number_that_is_not_proved_is_no_way():
    person = make_user(phone=PHONE, phone_verified_at=None)
    send_out([Notice.objects.create(recipient=person, kind="probe", subject="a", body="b")])
    assert Delivery.objects.count() == 0


def test_a_subject_of_which_nothing_is_left_is_refused_here_and_not_there():
    row = told("【】")
    delivery.sweep("sms")
    assert (HEARD, afresh(row).failed_at is not None, "matter" in afresh(row).problem) == ([], True, True)


@pytest.mark.parametrize(("way", "is_over"), [("busy", False), ("refusing", True)])
def test_what_the_gateway_says_decides_whether_it_is_tried_again(settings, way, is_over):
    settings.SMS_BACKEND = f"{__name__}.{way}"
    row = told()
    delivery.sweep("sms")
    assert (afresh(row).failed_at is not None, afresh(row).begun_at is None or is_over) == (is_over, True)


def test_the_second_gateway_has_what_follows_slow_answers(settings, monkeypatch):
    text = TextMessage(phone=PHONE, template="notice", params={"matter": "a"})
    settings.SMS_BACKEND = f"{__name__}.busy"
    for _ in range(switch.FEWEST):
        with pytest.raises(NotSent):
            by_gateway(text)
    assert by_gateway(text) == "2"
    settings.SMS_BACKEND = f"{__name__}.first"
    monkeypatch.setattr(Answers, "second_until", 0.0)
    assert [by_gateway(text) for _ in range(switch.FEWEST)] == ["1"] * switch.FEWEST
    assert Answers.second_until == 0.0


def test_without_a_second_one_the_first_is_asked_on(settings):
    settings.NOTICES = settings.NOTICES | {"sms_second": ""}
    settings.SMS_BACKEND = f"{__name__}.busy"
    for _ in range(switch.WINDOW):
        with pytest.raises(NotSent):
            by_gateway(TextMessage(phone=PHONE, template="notice", params={}))
    assert HEARD == []


def test_fields_are_checked_before_a_row_is_written():
    with pytest.raises(ValueError, match="taken: \\['code'\\] instead of \\[\\]"):
        send_text(PHONE, "taken", purpose="signup", code="1")
    with pytest.raises(ValueError, match="invitation: name"):
        send_text(PHONE, "invitation", purpose="invitation", name="【】")
    assert TextMessage.objects.count() == 0
    sent = send_text(PHONE, "invitation", purpose="invitation", name="【海河】" + "长" * 60)
    assert words.fitted(sent.params.get("name", "海河…")) == sent.params.get("name", "海河…")


@pytest.mark.bare
def test_a_template_without_its_approved_code_is_told_when_the_portal_is_checked(settings):
    settings.SMS_BACKEND, settings.SMS_TEMPLATES = "accounts.sms.aliyun.to_aliyun", {"code": "SMS_1"}
    assert [(found.id, found.msg) for found in check_gateway()] == [
        ("accounts.E002", "SMS_TEMPLATES lacks invitation, notice, taken, unknown")
    ]
    settings.SMS_TEMPLATES = dict.fromkeys(words.TEMPLATES, "SMS_1")
    settings.NOTICES = settings.NOTICES | {"sms_second": "nowhere"}
    assert [found.id for found in check_gateway()] == ["accounts.E001"]


def test_a_text_without_an_approved_code_is_refused_here(settings):
    settings.SMS_BACKEND, settings.SMS_TEMPLATES = "accounts.sms.aliyun.to_aliyun", {}
    row = told()
    delivery.sweep("sms")
    assert "没有登记网关的模板编号" in afresh(row).problem
