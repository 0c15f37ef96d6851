"""What whoever keeps the accounts does for a person; each act stands in the person's trail, none shows a secret."""

import datetime as dt

from allauth.usersessions.models import UserSession
from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone

from accounts.history.sign_ins import record
from accounts.keeper.notices import SIGNED_OUT, UNDELIVERED, UNLOCKED, Kept, Undelivered
from accounts.login.lockout import unlock
from accounts.models import SignInEvent, User
from accounts.offices.deactivation import account_keepers, keeps_accounts
from accounts.permissions import refusal_oneself
from accounts.security.sessions.services import end
from notifications.delivery import give_up as pass_on
from notifications.models import Delivery, Notice
from notifications.services import notify
from notifications.tasks import send_due
from records.doors import door
from records.locks import hold_row
from records.people import Person
from records.queue import after_commit
from records.rules import RuleBroken
from records.steps import note

BY_HAND = "由管理员停止"
LOOKED_BACK = dt.timedelta(days=1)  # where nobody was told yet


def check_keeper(by: Person) -> None:
    """Raise RuleBroken unless the person keeps the accounts."""
    if not keeps_accounts(by):
        raise RuleBroken("R-PERM", "只有负责帐号管理的管理员可以办理他人的帐号。")


@door
def lift_lock(user: User, *, by: Person, reason: str, request: HttpRequest | None = None) -> None:
    """Let the person try to sign in again at once; the reason is kept, and he is told it."""
    unlock(user, by=by, reason=reason, request=request)
    notify(UNLOCKED, Kept(user, reason), actor=by.pk)


@door
def sign_out(user: User, *, by: Person, only: int | None = None) -> int:
    """End the person's sessions, or the one of this key; return how many. Nothing ended is nothing done."""
    check_keeper(by)
    if user.pk == by.pk:
        raise RuleBroken(*refusal_oneself("在这里结束自己的登录"))
    rows = UserSession.objects.filter(user=user)
    ended = end(rows if only is None else rows.filter(pk=only), "keeper")
    if ended:
        words = f"结束 {ended} 处登录"
        note(user, "signed_out", by=by, text=words)
        record(SignInEvent.Kind.SECURITY, user=user, by=by, method="管理员结束登录")
        notify(SIGNED_OUT, Kept(user), actor=by.pk)
    return ended


@door
def look_at_phone(user: User, *, by: Person) -> str:
    """The person's whole number; that it was looked at is written down."""
    check_keeper(by)
    note(user, "phone_seen", by=by, text="查看手机号")
    return user.phone or ""


@door
def try_again(mail: Delivery, *, by: Person) -> None:
    """Send a mail that did not arrive once more, with all its tries; what has left meanwhile stays as it is."""
    check_keeper(by)
    mail = hold_row(Delivery.objects.all(), mail.pk)
    if mail.sent_at is not None:
        raise RuleBroken("R-MAIL", "这封邮件已经发出，不用再发。")
    mail.tries, mail.due_at, mail.begun_at, mail.failed_at = 0, timezone.now(), None, None
    mail.save(update_fields=["tries", "due_at", "begun_at", "failed_at"])
    note(mail.notice.recipient, "mail_again", by=by, text=f"重新发送：{subject_of(mail)}")
    after_commit(send_due, mail.channel)


@door
def give_up(mail: Delivery, *, by: Person) -> None:
    """Send it no more: the person finds the message in 消息 all the same."""
    check_keeper(by)
    mail = hold_row(Delivery.objects.all(), mail.pk)
    if not mail.is_waiting:
        raise RuleBroken("R-MAIL", "这封邮件已经发出或者已经不再发送，没有改动。")
    pass_on(mail, mail.problem or BY_HAND)
    note(mail.notice.recipient, "mail_given_up", by=by, text=f"不再发送：{subject_of(mail)}")


@door
def tell_undelivered() -> None:
    """Tell whoever keeps the accounts once what has reached nobody since he was told last, on its last way."""
    hold_row(User.objects.all(), User.objects.clock().pk)  # two clocks tell it once
    told = Notice.objects.filter(kind=UNDELIVERED.name, recipient__in=account_keepers())
    since = told.aggregate(last=Max("at"))["last"] or timezone.now() - LOOKED_BACK
    new = Delivery.objects.unreached().filter(sent_at=None, failed_at__gt=since)
    if count := new.exclude(notice__kind=UNDELIVERED.name).count():
        notify(UNDELIVERED, Undelivered(count))


def subject_of(mail: Delivery) -> str:
    """What it is about, without the name behind the colon: an expert beside the case's name says who judges it (ADR 0079)."""
    return mail.notice.subject.partition("：")[0]
