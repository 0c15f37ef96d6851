"""Quiet hours: a text of the night waits until the morning, a mail and a code do not."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import TextMessage
from accounts.sms.services import send_text
from notifications import delivery
from notifications.models import Delivery, MessageSettings, Notice
from notifications.quiet import Night, due
from notifications.services import keep_wishes, send_out
from policy.calendar import SHANGHAI
from tests.factories import make_user
from tests.helpers import afresh

pytestmark = pytest.mark.django_db
PHONE = "13800000001"


@pytest.fixture(autouse=True)
def night(settings, monkeypatch):
    monkeypatch.setattr(delivery.Rest, "until", {})
    settings.NOTICES = settings.NOTICES | {"quiet": (22, 7)}


def at(time_machine, moment):
    time_machine.move_to(dt.datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI), tick=False)


def told(**facts):
    person = make_user(phone=PHONE, phone_verified_at=timezone.now(), **facts)
    send_out([Notice.objects.create(recipient=person, kind="application_approved", subject="复审通过", body="正文")])
    return Delivery.objects.get(notice__recipient=person)


def local(moment):
    return f"{moment.astimezone(SHANGHAI):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        ("2026-11-24 21:59", "11-24 21:59"),
        ("2026-11-24 22:00", "11-25 07:00"),
        ("2026-11-24 23:59", "11-25 07:00"),
        ("2026-11-25 00:00", "11-25 07:00"),
        ("2026-11-25 06:59", "11-25 07:00"),
        ("2026-11-25 07:00", "11-25 07:00"),
        ("2026-12-31 23:30", "01-01 07:00"),
    ],
)
def test_a_text_of_the_night_waits_until_the_morning(time_machine, now, leaves):
    at(time_machine, now)
    assert local(told().due_at) == leaves


def test_it_leaves_in_the_morning_and_not_before(time_machine):
    at(time_machine, "2026-11-24 23:00")
    row = told()
    assert delivery.sweep("sms") == 0
    at(time_machine, "2026-11-25 07:00")
    assert delivery.sweep("sms") == 1
    assert afresh(row).sent_at == timezone.now()


def test_what_was_due_in_the_evening_and_had_to_wait_waits_on(time_machine):
    at(time_machine, "2026-11-24 21:59")
    row = told()
    at(time_machine, "2026-11-24 22:01")
    assert (delivery.sweep("sms"), afresh(row).tries) == (0, 0)


def test_a_mail_leaves_at_night(time_machine):
    at(time_machine, "2026-11-24 23:00")
    row = told(email="jia@example.com")
    assert (row.channel, delivery.sweep("mail")) == ("mail", 1)


def test_a_code_leaves_at_night(time_machine, django_capture_on_commit_callbacks):
    at(time_machine, "2026-11-24 23:00")
    with django_capture_on_commit_callbacks(execute=True):
        text = send_text(PHONE, "code", purpose="login", code="123456")
    assert TextMessage.objects.get(pk=text.pk).sent_at is not None


def test_the_next_way_of_a_mail_that_fails_at_night_waits(time_machine):
    at(time_machine, "2026-11-25 01:00")
    delivery.give_up(told(email="jia@example.com"), "550")
    row = Delivery.objects.get(channel="sms")
    assert local(row.due_at) == "11-25 07:00"


def test_a_further_try_is_not_made_at_night(time_machine):
    at(time_machine, "2026-11-24 21:58")
    row = told()
    (row,) = delivery.claim("sms")
    delivery.put_off(row, "away")
    assert local(afresh(row).due_at) == "11-25 07:00"


def test_a_person_may_have_longer_ones(time_machine, client):
    at(time_machine, "2026-11-24 20:30")
    row = told()
    person = row.notice.recipient
    client.force_login(person)
    page = client.get(reverse("message_settings"))
    kept = {name: "on" for name, field in page.context["form"].fields.items() if field.initial}
    client.post(reverse("message_settings"), kept | {"quiet_from": "20", "quiet_until": "9"})
    wishes = MessageSettings.objects.get()
    assert (wishes.quiet_from, wishes.quiet_until, wishes.chosen) == (20, 9, {})
    assert local(due("sms", wishes)) == "11-25 09:00"
    at(time_machine, "2026-11-25 08:00")
    assert local(due("sms", wishes)) == "11-25 09:00"
    at(time_machine, "2026-11-25 19:59")
    assert due("sms", wishes) == timezone.now()
    assert local(due("mail", wishes, after=dt.timedelta(hours=2))) == "11-25 21:59"
    client.force_login(person)
    client.post(reverse("message_settings"), kept)
    assert afresh(wishes).quiet_from is None


def test_nobody_may_have_shorter_ones(time_machine, client):
    person = make_user()
    client.force_login(person)
    answer = client.post(reverse("message_settings"), {"quiet_from": "23"})
    assert list(answer.context["form"].errors) == ["quiet_from"]
    keep_wishes(person, {}, quiet_from=23, quiet_until=5)
    at(time_machine, "2026-11-24 22:30")
    assert local(due("sms", MessageSettings.objects.get())) == "11-25 07:00"


@pytest.mark.bare
def test_a_setting_may_leave_no_night():
    moments = [dt.datetime(2026, 11, 24, hour, 30, tzinfo=SHANGHAI) for hour in range(24)]
    assert not any(Night(24, 0).holds(moment) for moment in moments)
    assert sum(Night(22, 7).holds(moment) for moment in moments) == 9
