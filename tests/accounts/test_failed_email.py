"""An address that takes nothing asks its owner at the next sign-in, until it is proved anew."""

import datetime as dt
import smtplib

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from accounts.login.adapter import UNREACHED
from notifications import channels, delivery
from notifications.models import Notice
from notifications.services import send_out
from tests.factories import make_user
from tests.helpers import afresh

pytestmark = pytest.mark.django_db
ADDRESS = "jia@nowhere.example"


def refuse(monkeypatch, trouble):
    def send(_self, _message, _mark):
        raise trouble

    monkeypatch.setattr(channels.MailLine, "send", send)


def told(person):
    send_out([Notice.objects.create(recipient=person, kind="probe", subject="复审通过", body="正文")])
    delivery.sweep("mail")
    return afresh(person)


def signed_in(client, person):
    sent = client.post(reverse("account_login"), {"login": person.username, "password": "tten-test-2026"})
    return [str(message) for message in get_messages(sent.wsgi_request) if UNREACHED in str(message)]


def test_its_owner_is_asked_until_he_has_proved_it_anew(client, monkeypatch):
    nobody = channels.Refused("550", for_good=True, nobody=True)
    refuse(monkeypatch, nobody)
    person = told(make_user(email=ADDRESS))
    assert person.failed_email == ADDRESS
    assert signed_in(client, person) == [f"您的邮箱 {ADDRESS} {UNREACHED}"]
    person.email_verified_at = timezone.now() + dt.timedelta(seconds=1)
    person.save()
    client.logout()
    assert signed_in(client, person) == []


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
