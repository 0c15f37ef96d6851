"""The login history: one row for every sign-in, failure, lock, sign-out and change of what guards an account."""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.allauth_internal import get_client_ip
from accounts.models import SignInEvent
from records.people import Person

SALT = "accounts.door.sign_ins"  # as the rows' digests were made; it outlives a move of this file
AGENT_LENGTH = 200
LEAST_MONTHS, LEAST_DAYS = 6, 183  # the law asks for six months


def key_of(user: Person | None, typed: str = "") -> str:
    """The keyed hash under which an account counts; what was typed stands in where there is no such account."""
    subject = f"account:{user.pk}" if user is not None and user.pk else f"typed:{typed.strip().lower()}"
    return salted_hmac(SALT, subject, algorithm="sha256").hexdigest()


def address_of(request: HttpRequest | None) -> str | None:
    """The visitor's network address, as the number of trusted proxies says; None without a request."""
    return get_client_ip(request) or None if request is not None else None


def record(
    kind: str,
    *,
    user: Person | None,
    request: HttpRequest | None = None,
    method: str = "",
    by: Person | None = None,
    typed: str = "",
) -> SignInEvent:
    """Write one line of the login history.

    kind: a SignInEvent.Kind. user: whose account, None where there is no such account (then `typed` gives the key).
    method: in words, such as 密码 or 短信验证码. by: who did it, where that was not the person.
    """
    return SignInEvent.objects.create(
        kind=kind,
        key=key_of(user, typed),
        user=user,
        method=method[:40],
        address=address_of(request),
        agent=request.headers.get("User-Agent", "")[:AGENT_LENGTH] if request is not None else "",
        by=by,
    )


def kept_since() -> dt.datetime:
    """How far back the history reaches: SIGN_IN_DAYS, and six months at least."""
    return timezone.now() - dt.timedelta(days=max(settings.SIGN_IN_DAYS, LEAST_DAYS))


def forget() -> int:
    """Remove what is older; return how many went."""
    return SignInEvent.objects.filter(at__lt=kept_since()).delete()[0]
