"""Guesses at an account are counted in the login history; too many stop for a while, told in words (ADR 0061).

Five failures from one address within a quarter of an hour lock this pair of account and address for a quarter of an
hour. Fifty failures within an hour from wherever leave the password to devices that have signed in to the account
before, so that bots cannot lock the person out. What was typed counts in the same way where no account bears it.
"""

import datetime as dt
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.advisory import hold_name
from accounts.history.sign_ins import address_of, key_of, record
from accounts.models import SignInEvent, User
from accounts.permissions import may_unlock
from records.doors import door
from records.people import Person
from records.rules import RuleBroken
from records.steps import note

Kind = SignInEvent.Kind
MOST_FAILURES, LOCK = (
    settings.LOCK_TRIES,
    dt.timedelta(minutes=settings.LOCK_MINUTES),
)  # of one account from one address
MOST_ANYWHERE, HOURS = 50, 1  # of one account from all addresses
HOUR = dt.timedelta(hours=HOURS)
DEVICE_COOKIE, DEVICE_DAYS, DEVICE_ACCOUNTS = "tten_device", 365, 10


class Attempt(NamedTuple):
    """One try to get in: at which account (None where none bears what was typed), from where, by what."""

    user: Any
    typed: str
    request: HttpRequest
    method: str = "密码"

    @property
    def key(self) -> str:
        """What the failures are counted under."""
        return key_of(self.user, self.typed)


def enter(attempt: Attempt, *, guarded: bool = True) -> None:
    """Let one attempt at a time through until the transaction ends; ValidationError where it may not be made now.

    guarded: whether too many failures from all addresses stop it, too; a code is guarded by the limits of messages.
    """
    hold_name(f"sign-in:{attempt.key}")
    ends = locked_until(attempt)
    if ends:
        raise ValidationError(locked(ends), code="locked")
    ends = open_to_known_until(attempt.key) if guarded else None
    if ends and not is_known_device(attempt):
        raise ValidationError(elsewhere(ends), code="elsewhere")


def failed(attempt: Attempt) -> dt.datetime | None:
    """Count a failure; the fifth locks the pair: return until when, None while it is open."""
    _write(Kind.FAILED, attempt)
    if _failures(attempt.key, LOCK).filter(address=address_of(attempt.request)).count() < MOST_FAILURES:
        return None
    event = _write(Kind.LOCKED, attempt)
    return event.at + LOCK


def _write(kind: str, attempt: Attempt) -> SignInEvent:
    return record(kind, user=attempt.user, typed=attempt.typed, request=attempt.request, method=attempt.method)


def locked_until(attempt: Attempt) -> dt.datetime | None:
    """Until when this account and this address are locked together."""
    locks = _since_unlocked(attempt.key, LOCK).filter(kind=Kind.LOCKED, address=address_of(attempt.request))
    latest = locks.order_by("-at").values_list("at", flat=True).first()
    return latest + LOCK if latest else None


def open_to_known_until(key: str) -> dt.datetime | None:
    """Until when only known devices may try a password, after very many failures from wherever."""
    failures = _since_unlocked(key, HOUR).filter(kind=Kind.FAILED).order_by("-at").values_list("at", flat=True)
    times = list(failures[:MOST_ANYWHERE])
    return times[-1] + HOUR if len(times) == MOST_ANYWHERE else None


def _since_unlocked(key: str, span: dt.timedelta) -> models.QuerySet[SignInEvent]:
    """The history of the key within the span, what was forgiven left out."""
    recent = SignInEvent.objects.filter(key=key, at__gt=timezone.now() - span)
    forgiven = recent.filter(kind=Kind.UNLOCKED).order_by("-at").values("at")[:1]
    return recent.annotate(forgiven=models.Subquery(forgiven)).filter(
        models.Q(forgiven=None) | models.Q(at__gt=models.F("forgiven"))
    )


def _failures(key: str, span: dt.timedelta) -> models.QuerySet[SignInEvent]:
    return _since_unlocked(key, span).filter(kind=Kind.FAILED)


def locked(ends: dt.datetime) -> str:
    """The sentence for a locked pair; the minute shown is over by then."""
    return (
        f"登录失败次数过多，为了帐号安全已暂停登录，请在 {_minute(ends)} 以后再试；"
        f"忘记密码可以点“找回密码”重设，或联系技术支持 {settings.SUPPORT_PHONE}。"
    )


def elsewhere(ends: dt.datetime) -> str:
    """The sentence for a device that the account does not know while it is being guessed at."""
    return f"这个帐号近 {HOURS} 小时登录失败次数过多，{_minute(ends)} 以前只能在登录过的设备上用密码登录；您也可以用短信验证码登录。"


def _minute(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment + dt.timedelta(minutes=1)):%H:%M}"


def is_known_device(attempt: Attempt) -> bool:
    """Whether this browser has signed in to the account before."""
    return attempt.user is not None and attempt.key in _known(attempt.request)


def remember_device(request: HttpRequest, response: HttpResponse, user: Person) -> None:
    """Let the browser keep a signed note that it has signed in to this account."""
    key = key_of(user)
    keys = [key, *(known for known in _known(request) if known != key)][:DEVICE_ACCOUNTS]
    response.set_signed_cookie(
        DEVICE_COOKIE,
        ".".join(keys),
        salt=DEVICE_COOKIE,
        max_age=DEVICE_DAYS * 86_400,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known(request: HttpRequest) -> list[str]:
    age = DEVICE_DAYS * 86_400
    return (request.get_signed_cookie(DEVICE_COOKIE, default="", salt=DEVICE_COOKIE, max_age=age) or "").split(".")


@door
def forgive(user: Person, *, by: Person, request: HttpRequest | None = None, method: str = "") -> None:
    """Forget the failures of an account: its owner has proved himself, or an administrator has looked."""
    hold_name(f"sign-in:{key_of(user)}")
    record(Kind.UNLOCKED, user=user, request=request, by=by, method=method)


@door
def unlock(user: User, *, by: Person, request: HttpRequest | None = None, reason: str = "") -> None:
    """Lift every lock of the account; only who keeps the accounts may, and the trail names him and his reason."""
    if not may_unlock(user, by):
        raise RuleBroken("R-PERM", "只有负责帐号管理的管理员可以解除登录暂停，并且不能为自己解除。")
    forgive(user, by=by, request=request, method="管理员解除")
    note(user, "unlock", by=by, text=f"解除登录暂停：{reason}" if reason else "解除登录暂停")


def locked_of(user: Person) -> tuple[dt.datetime | None, dt.datetime | None]:
    """(until when the account is locked at some address, until when only known devices may try a password)."""
    key = key_of(user)
    latest = _since_unlocked(key, LOCK).filter(kind=Kind.LOCKED).order_by("-at").values_list("at", flat=True).first()
    return (latest + LOCK if latest else None), open_to_known_until(key)


def locked_now() -> models.QuerySet[SignInEvent]:
    """The locks that hold at this moment, the youngest first."""
    after = SignInEvent.objects.filter(key=models.OuterRef("key"), kind=Kind.UNLOCKED, at__gt=models.OuterRef("at"))
    recent = SignInEvent.objects.filter(kind=Kind.LOCKED, at__gt=timezone.now() - LOCK)
    return recent.filter(~models.Exists(after)).select_related("user").order_by("-at")
