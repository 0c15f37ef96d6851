"""登记邮箱: an address counts once a code has proved it, for a forgotten password and for notices alike."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.login.tasks import deliver_mail, forget_account_mails, sweep_account_mails
from accounts.models import AccountMail, SignInEvent
from accounts.sms.delivery import CUT_SHORT, UNDER_WAY
from tests.factories import make_user
from tests.helpers import afresh
from tten.local.valkey import free_port

pytestmark = pytest.mark.django_db
NEW = "Neu@Example.com"


@pytest.fixture
def person(client):
    user = make_user("yue", phone="13800000001")
    client.post(reverse("account_login"), {"login": "yue", "password": "tten-test-2026"})
    return user


def ask(client, callbacks, address=NEW):
    mail.outbox.clear()
    with callbacks(execute=True):
        return client.post(reverse("mail_change"), {"email": address})


def figures():
    return re.search(r"验证码是 (\d{6})", mail.outbox[-1].body)[1]


def test_a_code_proves_the_address(client, person, django_capture_on_commit_callbacks):
    assert ask(client, django_capture_on_commit_callbacks)["Location"] == reverse("account_code")
    person.refresh_from_db()
    assert (person.email, person.proved_email, mail.outbox[-1].to) == ("", "", ["neu@example.com"])
    assert mail.outbox[-1].subject == "【天津科服网】验证邮箱"
    assert client.post(reverse("account_code"), {"code": figures()})["Location"] == reverse("account_home")
    person.refresh_from_db()
    assert person.proved_email == "neu@example.com"
    assert SignInEvent.objects.filter(user=person, method="验证电子邮箱").exists()


def test_the_code_proves_it_for_nobody_else(client, person, django_capture_on_commit_callbacks):
    ask(client, django_capture_on_commit_callbacks)
    session, code = client.session["account_code"], figures()
    other = make_user("other", phone="13800000002")
    client.force_login(other)
    kept = client.session
    kept["account_code"] = session
    kept.save()
    assert client.post(reverse("account_code"), {"code": code})["Location"] == reverse("account_login")
    other.refresh_from_db()
    assert other.email == ""


def test_an_old_sign_in_is_no_proof_of_who_asks(client):
    client.force_login(make_user("yue", phone="13800000001"))
    assert reverse("account_reauthenticate") in client.get(reverse("mail_change"))["Location"]


def test_an_address_without_proof_resets_nothing(client, person, django_capture_on_commit_callbacks):
    person.email = "typed@example.com"
    person.save()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("account_reset_password"), {"login": person.email})
    assert answer["Location"] == reverse("account_code")
    assert "没有可以用它找回的帐号" in mail.outbox[0].body


def test_the_address_is_taken_out_again(client, person):
    person.email, person.email_verified_at = "old@example.com", person.phone_verified_at
    person.save()
    client.post(reverse("mail_change"), {"act": "remove"})
    person.refresh_from_db()
    assert (person.email, person.email_verified_at) == ("", None)


def test_a_demo_shows_its_mails(client, settings, tmp_path):
    settings.EMAIL_BACKEND = "accounts.login.demo_mail.EmailBackend"
    settings.DEMO, settings.DEMO_MAIL_FILE = True, tmp_path / "var" / "mail.log"
    settings.SMS_FILE = tmp_path / "sms.log"
    page = reverse("account_demo_texts")
    assert "还没有邮件" in client.get(page).content.decode()
    mail.get_connection(settings.EMAIL_BACKEND).send_messages(
        [mail.EmailMessage("找回密码", "验证码是 123456\n<b>", to=["a@example.com"])]
    )
    text = client.get(page).content.decode()
    assert "找回密码 验证码是 123456 &lt;b&gt;" in text
    assert "a@example.com" in text
    settings.DEMO = False
    assert client.get(page).status_code == 404


def written(*, ago=0, **facts):
    at = timezone.now() - dt.timedelta(seconds=ago)
    return AccountMail.objects.create(to="neu@example.com", template="mail", at=at, params={"code": "123456"}, **facts)


def test_a_mail_with_a_code_is_a_row_that_leaves_once_and_forgets_the_code(
    client, person, django_capture_on_commit_callbacks
):
    ask(client, django_capture_on_commit_callbacks)
    row = AccountMail.objects.get()
    assert (row.to, row.tries, row.params, row.problem, row.sent_at is not None) == ("neu@example.com", 1, {}, "", True)
    deliver_mail(row.pk)
    assert len(mail.outbox) == 1


def test_one_that_no_worker_heard_of_leaves_by_the_sweep_while_its_code_is_good():
    lost, fresh, late = written(ago=60), written(), written(ago=400)
    died = written(ago=400, tries=1, problem=UNDER_WAY)
    sweep_account_mails()
    assert [bool(row.sent_at) for row in map(afresh, (lost, fresh, late, died))] == [True, False, False, False]
    assert (afresh(late).params, afresh(died).params, afresh(died).problem) == ({}, {}, CUT_SHORT)


def test_a_server_that_is_away_is_tried_three_times(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", free_port()
    row = written()
    deliver_mail(row.pk)
    assert (afresh(row).tries, afresh(row).params, "ConnectionRefusedError" in afresh(row).problem) == (3, {}, True)


def test_old_ones_go_with_the_login_history(settings):
    written(ago=(settings.SIGN_IN_DAYS + 1) * 86_400)
    kept = written(ago=(settings.SIGN_IN_DAYS - 1) * 86_400)
    forget_account_mails()
    assert [row.pk for row in AccountMail.objects.all()] == [kept.pk]
