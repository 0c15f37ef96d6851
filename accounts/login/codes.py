"""Six figures by text message or mail prove that a number or a mailbox is the person's: one way for every purpose.

The session keeps what the code is for and its keyed digest; the shared cache counts the tries and the one use, so that
parallel requests get no more of either. A code that cannot be right (nobody bears the number, or somebody else does)
costs the same work, sends a message, too, and is answered in the same words.
"""

import datetime as dt
import secrets
import time
from typing import Any, Literal, NamedTuple

from allauth import app_settings as allauth_settings
from allauth.core import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.allauth_internal import generate_user_code, normalize_user_code
from accounts.history.sign_ins import address_of
from accounts.login import lockout
from accounts.login.mails import send_mail_later
from accounts.models import User
from accounts.sms.services import send_text
from records.doors import whole
from records.rules import RuleBroken

Purpose = Literal["login", "verify", "signup", "reset", "phone", "mail", "wechat"]
SESSION_KEY = "account_code"
WRONG = "验证码不正确，请核对后重试。"
GONE = "验证码已失效，请重新获取。"
AT_THE_ACCOUNT = frozenset({"login", "verify"})  # purposes whose failures count with those of the password


class Code(NamedTuple):
    """What the session keeps of a code under way."""

    id: str
    purpose: Purpose
    target: str  # eleven figures, or a mail address
    user: int | None  # whom the right code concerns; None where it cannot be right, or makes somebody new
    digest: str
    at: float
    otherwise: str  # the message that goes out in place of a code that cannot be right; "" for a real one
    data: dict[str, Any]

    @property
    def is_mail(self) -> bool:
        """Whether it went by mail."""
        return "@" in self.target

    @property
    def owner(self) -> User | None:
        """The person whom the right code concerns."""
        return User.objects.filter(pk=self.user).first() if self.user else None


def start(
    request: HttpRequest,
    purpose: Purpose,
    target: str,
    *,
    user: User | None = None,
    otherwise: str = "",
    data: dict[str, Any] | None = None,
) -> Code:
    """Send a code, or the message `otherwise` where there is none to send; RuleBroken past the limits."""
    digits = generate_user_code(**allauth_settings.USER_CODE_FORMAT)
    number = secrets.token_hex(16)
    code = Code(
        number, purpose, target, user.pk if user else None, _digest(number, digits), time.time(), otherwise, data or {}
    )
    cache.set(_tries(code), 0, settings.CODE_SECONDS)  # first: a code whose tries nobody counts is not sent
    _send(request, code, digits)
    request.session[SESSION_KEY] = code._asdict()
    return code


def again(request: HttpRequest, code: Code) -> Code:
    """Send a new code in place of this one: it is under the same limits whether it can be right or not."""
    return start(request, code.purpose, code.target, user=code.owner, otherwise=code.otherwise, data=code.data)


def _send(request: HttpRequest, code: Code, digits: str) -> None:
    template = code.otherwise or ("mail" if code.purpose == "mail" else "code")
    params = {} if code.otherwise else {"code": digits}
    if not code.is_mail:
        send_text(code.target, template, purpose=code.purpose, address=address_of(request), **params)
        return
    if not ratelimit.consume(request, action="reset_password", key=code.target.lower()):
        raise RuleBroken("R-MAIL", "发往这个邮箱或来自这个网络地址的邮件过多，请一小时后再试。")
    send_mail_later(code.target, template, **params)


def current(request: HttpRequest) -> Code | None:
    """The code under way in this session, while it is valid."""
    kept = request.session.get(SESSION_KEY)
    code = Code(**kept) if isinstance(kept, dict) and set(kept) == set(Code._fields) else None
    return code if code and time.time() - code.at <= settings.CODE_SECONDS else None


def drop(request: HttpRequest) -> None:
    """Forget the code under way."""
    request.session.pop(SESSION_KEY, None)


def check(request: HttpRequest, code: Code, typed: str) -> None:
    """Take a code that is right, once; ValidationError with its sentence for anything else.

    A ValidationError of the code "gone" or "locked" says that another try at this code is of no use.
    """
    with whole():
        attempt = attempt_at(request, code)
        lockout.enter(attempt, guarded=False)
        verdict = _judge(code, typed)
        ends = lockout.failed(attempt) if verdict == WRONG else None
    if ends:
        raise ValidationError(lockout.locked(ends), code="locked")
    if verdict:
        raise ValidationError(verdict, code="gone" if verdict == GONE else "wrong")
    drop(request)


def _judge(code: Code, typed: str) -> str:
    """The sentence of what is wrong, "" for nothing; each call is one of the five tries."""
    try:
        tries = cache.incr(_tries(code))
    except ValueError:  # used, or too old
        return GONE
    if tries > settings.CODE_TRIES:
        return GONE
    if code.otherwise or not constant_time_compare(_digest(code.id, typed), code.digest):
        return WRONG
    return "" if cache.delete(_tries(code)) else GONE  # only one of two equal requests deletes it


def attempt_at(request: HttpRequest, code: Code) -> lockout.Attempt:
    """Under which account the failures count: a forgotten password must not keep its owner from a new one."""
    method = "邮件验证码" if code.is_mail else "短信验证码"
    if code.purpose in AT_THE_ACCOUNT:
        return lockout.Attempt(code.owner, code.target, request, method)
    return lockout.Attempt(None, f"{code.purpose}:{code.target}", request, method)


def ends_at(code: Code) -> dt.datetime:
    """When the code stops being valid."""
    return dt.datetime.fromtimestamp(code.at + settings.CODE_SECONDS, dt.UTC)


def _digest(number: str, digits: str) -> str:
    """The keyed digest of a code; its salt outlives a move of this file, for codes that are under way."""
    return salted_hmac("accounts.door.codes", f"{number}:{normalize_user_code(digits)}", algorithm="sha256").hexdigest()


def _tries(code: Code) -> str:
    return f"code:{code.id}"
