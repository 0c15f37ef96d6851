"""Mails leave one by one, whatever happens to one of them; a server that is away costs nobody his tries."""

import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from benchmarks.sinks import Mailbox, sink
from notifications import channels, delivery
from notifications.models import MOST_TRIES, PAUSES, Delivery, Notice
from notifications.services import compose, send_out
from notifications.tasks import send_due, sweep
from records.kinds import case_kinds
from tests.accounts.guarding import sign_in
from tests.factories import World, make_user
from tests.helpers import afresh, constrained
from tten.local.valkey import free_port
from ui.fields import one_line

pytestmark = pytest.mark.django_db
TWO_DAYS = dt.timedelta(days=2)


def waiting(subject="复审通过", *, ago=0, address="someone@tten.example", **facts):
    notice = Notice.objects.create(recipient=make_user(), kind="probe", subject=subject, body="正文", url="/")
    due = timezone.now() - dt.timedelta(seconds=ago)
    return Delivery.objects.create(notice=notice, address=address, due_at=due, **facts)


class Carrier(EmailBackend):
    """Refuses by the address, and looks around while a mail is on its way."""

    refuses = {}
    seen = []

    def send_messages(self, messages):
        self.seen.append((connection.in_atomic_block, list(Delivery.objects.values_list("tries", flat=True))))
        trouble = self.refuses.get(messages[0].to[0])
        if trouble:
            raise trouble
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    monkeypatch.setattr(delivery.Rest, "until", {})


@pytest.fixture
def carrier(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Carrier"
    Carrier.refuses, Carrier.seen = {}, []
    return Carrier


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("send", [lambda: send_due("mail"), sweep])
def test_the_try_is_kept_and_no_transaction_open_while_a_mail_is_on_its_way(carrier, send):
    row = waiting()
    send()
    assert carrier.seen == [(False, [1])]
    assert (afresh(row).tries, afresh(row).sent_at is not None) == (1, True)


REFUSED = smtplib.SMTPRecipientsRefused({"b@tten.example": (550, b"no such user")})


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (REFUSED, "SMTPRecipientsRefused {'b@tten.example': (550, b'no such user')}"),
        (smtplib.SMTPDataError(554, b"spam"), "SMTPDataError (554, b'spam')"),
        (smtplib.SMTPDataError(451, b"later"), "SMTPDataError (451, b'later')"),
        (ValueError("bad\nheader"), "ValueError bad header"),
        (UnicodeError("no"), "UnicodeError no"),
    ],
)
def test_one_that_cannot_be_sent_keeps_no_other_back_and_says_why(carrier, trouble, words):
    carrier.refuses = {"b@tten.example": trouble}
    rows = [waiting(address=f"{name}@tten.example", ago=ago) for name, ago in (("a", 9), ("b", 6), ("c", 3))]
    sweep()
    assert [bool(afresh(row).sent_at) for row in rows] == [True, False, True]
    assert (afresh(rows[1]).problem, afresh(rows[1]).tries) == (words, 1)


@pytest.mark.parametrize("trouble", [TimeoutError(), smtplib.SMTPServerDisconnected(), ConnectionRefusedError()])
def test_a_server_that_is_away_costs_one_mail_a_try(carrier, trouble):
    carrier.refuses = {f"{name}@tten.example": trouble for name in "abc"}
    rows = [waiting(address=f"{name}@tten.example", ago=ago) for name, ago in (("a", 9), ("b", 6), ("c", 3))]
    sweep()
    assert [afresh(row).tries for row in rows] == [1, 0, 0]


def test_a_server_that_does_not_take_the_line_is_away_too(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", free_port()
    rows = [waiting(ago=9), waiting(ago=6)]
    sweep()
    assert [(afresh(row).tries, afresh(row).problem[:22]) for row in rows] == [(1, "ConnectionRefusedError"), (0, "")]


def test_the_pauses_make_two_days_and_then_it_is_given_up(carrier, time_machine):
    time_machine.move_to("2026-11-24 02:00Z", tick=False)
    carrier.refuses = {"someone@tten.example": TimeoutError()}
    row = waiting()
    for number, pause in enumerate(PAUSES, start=1):
        sweep()
        assert (afresh(row).tries, afresh(row).due_at - timezone.now(), afresh(row).begun_at) == (number, pause, None)
        time_machine.shift(pause - dt.timedelta(seconds=1))
        sweep()
        assert afresh(row).tries == number
        time_machine.shift(dt.timedelta(seconds=1))
    sweep()
    time_machine.shift(dt.timedelta(days=30))
    sweep()
    assert (sum(PAUSES, dt.timedelta()), afresh(row).tries, len(carrier.seen)) == (TWO_DAYS, MOST_TRIES, MOST_TRIES)
    assert list(Delivery.objects.failed()) == [row]


def test_what_is_due_needs_no_queue_and_leaves_once(carrier):
    person = make_user(email="new@tten.example", email_verified_at=timezone.now())
    send_out([Notice.objects.create(recipient=person, kind="probe", subject="复审通过", body="正文", url="/")])
    sweep()
    send_due("mail")
    sweep()
    assert len(carrier.seen) == 1


def test_a_server_that_has_just_not_answered_is_asked_again_by_the_clock_alone(carrier, monkeypatch):
    carrier.refuses = {"a@tten.example": TimeoutError()}
    rows = [waiting(address=f"{name}@tten.example", ago=ago) for name, ago in (("a", 9), ("b", 6))]
    send_due("mail")
    send_due("mail")
    assert [afresh(row).tries for row in rows] == [1, 0]
    sweep()
    assert [afresh(row).sent_at is not None for row in rows] == [False, True]


def test_a_sweep_ends_in_time_and_the_next_one_goes_on(carrier):
    for _ in range(3):
        waiting()
    assert delivery.sweep(seconds=0) == 0
    assert (delivery.sweep(), delivery.sweep()) == (3, 0)


def test_many_go_over_few_connections(carrier, monkeypatch):
    opened = []
    monkeypatch.setattr(delivery, "PER_LINE", 2)
    monkeypatch.setattr(channels, "get_connection", lambda: opened.append(1) or carrier())
    for _ in range(5):
        waiting()
    sweep()
    assert (len(opened), len(mail.outbox)) == (3, 5)


def test_the_account_keeper_finds_what_was_given_up(carrier):
    world = World()
    now = timezone.now()
    failed = waiting("请您评审：新材料研究", tries=MOST_TRIES, failed_at=now, problem="SMTPDataError (554, b'spam')")
    sent = waiting(sent_at=timezone.now())
    browser = sign_in(world.administrator)
    address = reverse("admin:notifications_delivery_changelist")
    assert f'href="{address}?is=failed"' in browser.get(reverse("duty_list")).content.decode()
    shown = {
        is_: set(browser.get(address, {"is": is_}).context["cl"].queryset) for is_ in ("failed", "sent", "waiting")
    }
    assert (shown["failed"], shown["sent"] >= {sent}, failed in shown["waiting"]) == ({failed}, True, False)
    assert [afresh(row).is_waiting for row in (failed, sent, waiting())] == [False, False, True]
    page = browser.get(address, {"is": "failed"}).content.decode()
    told = (
        "SMTPDataError",
        failed.notice.recipient.name,
        ">请您评审</a>",
        "新材料研究",
    )  # whose case it is, he need not know
    assert [words in page for words in told] == [True, True, True, False]


POISON = "检测\r\nBcc: a@b.example\x07\u2028报告"


def test_a_break_in_a_title_poisons_no_mail(carrier):
    """A row from before the forms dropped it."""
    row = waiting(f"订单“{POISON}”")
    sweep()
    assert (afresh(row).problem, mail.outbox[0].subject) == ("", "【天津科服网】订单“检测  Bcc: a@b.example 报告”")


def test_the_subject_of_a_notice_is_one_short_line():
    world = World()
    world.product.name = "检\r测" + "长" * 300
    order = world.make_order()
    kind = next(
        kind for kinds in next(k for k in case_kinds() if k.model is type(order)).notices.values() for kind in kinds
    )
    subject, _body = compose(kind, order)
    assert (subject, len(subject) <= 200) == (one_line(subject), True)


def test_the_database_knows_one_message_a_channel_and_one_end():
    row = waiting(sent_at=timezone.now())
    with constrained("delivery_once_a_channel"):
        Delivery.objects.create(notice=row.notice, address="b@tten.example")
    with constrained("delivery_sent_or_failed"):
        Delivery.objects.filter(pk=row.pk).update(failed_at=timezone.now())


def test_what_another_worker_has_meanwhile_is_left_to_it(carrier):
    row = waiting()
    (mine,) = delivery.claim("mail")
    Delivery.objects.filter(pk=row.pk).update(due_at=timezone.now() + dt.timedelta(minutes=9))
    assert delivery.carry([mine], delivery.line_of("mail")) == (1, True)
    assert (carrier.seen, afresh(row).sent_at) == ([], None)


def test_the_server_waits_for_no_words_of_a_mail_that_another_worker_has(settings):
    with sink(Mailbox) as (port, told):
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
        settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = port, 5
        waiting(ago=9), waiting(ago=6)
        lost, mine = delivery.claim("mail")
        Delivery.objects.filter(pk=lost.pk).update(due_at=timezone.now() + dt.timedelta(minutes=9))
        assert delivery.carry([lost, mine], delivery.line_of("mail")) == (2, True)
    assert list(told.taken) == [channels.ids_of(mine.notice)["Message-ID"]]


def test_a_mail_that_costs_a_worker_with_each_try_is_given_up(carrier):
    row = waiting(tries=MOST_TRIES)
    sweep()
    assert (carrier.seen, afresh(row).failed_at is not None) == ([], True)
