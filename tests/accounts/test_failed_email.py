"""An address that takes nothing asks its owner at the next sign-in, until he says it is good or proves it anew."""

import datetime as dt
import smtplib

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.sms.gateways import NotSent
from notifications import channels, delivery
from notifications.models import Notice
from notifications.services import send_out
from tests.factories import make_user
from tests.helpers import afresh

pytestmark = pytest.mark.django_db
ADDRESS, PHONE = "jia@nowhere.example", "13800000001"


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    monkeypatch.setattr(delivery.Rest, "until", {})


def refuse(monkeypatch, trouble):
    def send(_self, _message, _mark):
        raise trouble

    monkeypatch.setattr(channels.MailLine, "send", send)


def told(person):
    send_out([Notice.objects.create(recipient=person, kind="probe", subject="复审通过", body="正文")])
    delivery.sweep("mail")
    return afresh(person)


def signed_in(client, person):
    """Where a sign-in leads, and the addresses that it asks about."""
    sent = client.post(
        f"{reverse('account_login')}?next=/help/", {"login": person.username, "password": "tten-test-2026"}
    )
    asked = sent["Location"].startswith(reverse("address_check"))
    return sent["Location"], [one.address for one in client.get(sent["Location"]).context["failed"]] if asked else []


def failing(**facts):
    now = timezone.now() + dt.timedelta(seconds=1)
    return make_user(email=ADDRESS, phone=PHONE, email_failed_at=now, phone_failed_at=now, **facts)


def test_its_owner_is_asked_until_he_has_proved_it_anew(client, monkeypatch):
    nobody = channels.Refused("550", for_good=True, nobody=True)
    refuse(monkeypatch, nobody)
    person = told(make_user(email=ADDRESS))
    assert person.failed_email == ADDRESS
    assert signed_in(client, person)[1] == [ADDRESS]
    person.email_verified_at = timezone.now() + dt.timedelta(seconds=1)
    person.save()
    client.logout()
    assert signed_in(client, person) == ("/help/", [])


def test_a_number_that_is_none_is_asked_about_as_well(client, settings):
    settings.SMS_BACKEND = f"{__name__}.unknown"
    person = make_user(phone=PHONE)
    send_out([Notice.objects.create(recipient=person, kind="probe", subject="复审通过", body="正文")])
    delivery.sweep("sms")
    assert afresh(person).failed_phone == PHONE
    assert signed_in(client, person)[1] == [PHONE]


def unknown(_text):
    raise NotSent("isv.MOBILE_NUMBER_ILLEGAL", again=False, nobody=True)


def test_what_only_the_template_lacks_asks_nobody(settings):
    settings.SMS_BACKEND = f"{__name__}.unapproved"
    person = make_user(phone=PHONE)
    send_out([Notice.objects.create(recipient=person, kind="probe", subject="复审通过", body="正文")])
    delivery.sweep("sms")
    assert afresh(person).failed_phone == ""


def unapproved(_text):
    raise NotSent("isv.SMS_TEMPLATE_ILLEGAL", again=False)


def test_a_bound_wechat_marks_no_address():
    person = make_user(phone=PHONE)
    row = Notice.objects.create(recipient=person, kind="probe", subject="a", body="b").deliveries.create(
        channel="wechat", address="o-1"
    )
    delivery.keep_failed(row)
    assert (afresh(person).failed_phone, afresh(person).failed_email) == ("", "")


def test_he_answers_for_each_address_and_goes_on_where_he_wanted(client):
    person = failing()
    page, addresses = signed_in(client, person)
    assert addresses == [ADDRESS, PHONE]
    read = client.get(page).content.decode()
    assert reverse("mail_change") in read
    assert reverse("phone_change") in read
    first = client.post(page, {"channel": "mail", "next": "/help/"})
    assert first["Location"] == f"{reverse('address_check')}?next=/help/".replace("=/help/", "=%2Fhelp%2F")
    assert (afresh(person).failed_email, afresh(person).failed_phone) == ("", PHONE)
    assert client.post(first["Location"], {"channel": "mail", "next": "/help/"})["Location"] == first["Location"]
    assert client.post(first["Location"], {"channel": "sms", "next": "/help/"})["Location"] == "/help/"
    assert afresh(person).failed_phone == ""
    client.logout()
    assert signed_in(client, person) == ("/help/", [])


def test_the_settings_say_which_takes_nothing(client):
    client.force_login(failing())
    assert client.get(reverse("message_settings")).content.decode().count("收不到消息") == 2


def test_it_leads_nowhere_outside(client):
    client.force_login(failing())
    page = client.get(reverse("address_check"), {"next": "https://elsewhere.example/"})
    assert page.context["next"] == reverse("user_center")


def test_without_a_failed_address_nothing_is_asked(client):
    client.force_login(make_user(email=ADDRESS))
    assert "没有需要核对的联系方式" in client.get(reverse("address_check")).content.decode()


def test_what_is_not_the_address_s_fault_asks_nobody(monkeypatch):
    refuse(monkeypatch, channels.Refused("554 spam", for_good=True))
    assert told(make_user(email=ADDRESS)).failed_email == ""


def test_one_that_was_changed_meanwhile_is_not_meant(monkeypatch):
    person = make_user(email=ADDRESS)
    row = Notice.objects.create(recipient=person, kind="probe", subject="a", body="b").deliveries.create(
        address="old@x.example"
    )
    delivery.keep_failed(row)
    assert afresh(person).failed_email == ""


def test_the_server_s_answer_says_whether_it_knows_the_address(monkeypatch):
    refused = smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"no such user")})
    line = channels.MailLine()
    monkeypatch.setattr(line.backend, "send_messages", lambda _mails: (_ for _ in ()).throw(refused))
    row = Notice.objects.create(recipient=make_user(), kind="probe", subject="a", body="b").deliveries.create(
        address=ADDRESS
    )
    with pytest.raises(channels.Refused) as trouble:
        line.send(row, lambda: None)
    assert (trouble.value.for_good, trouble.value.nobody) == (True, True)
