"""Which browser this is, and who was signed in with it last: known also after his session has ended."""

import hashlib
import secrets
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "typist"
DAYS = 30  # for which a browser is known without a new sign-in
SECONDS = DAYS * 24 * 3600
HERE = "tten.browser"  # of request.META: the browser's name, once it has been asked for


class Known(NamedTuple):
    """What the browser's signed cookie says."""

    user: int
    browser: str


def known_in(request: HttpRequest) -> Known | None:
    """Who was signed in with this browser last; None where it does not say, or says it falsely."""
    said = request.get_signed_cookie(COOKIE, default=None, max_age=SECONDS) or ""
    user, _, browser = said.partition(":")
    return Known(int(user), browser) if browser else None


def name_of(request: HttpRequest) -> str:
    """The browser's own random name; it gets one where it has none."""
    if HERE not in request.META:
        known = known_in(request)
        request.META[HERE] = known.browser if known else secrets.token_urlsafe(16)
    return str(request.META[HERE])


def digest_of(request: HttpRequest) -> str:
    """What is kept of the browser's name, as 64 hexadecimal digits."""
    return hashlib.sha256(name_of(request).encode()).hexdigest()


def mark(request: HttpRequest, response: HttpResponse) -> None:
    """Let the browser remember who is signed in, where it does not yet."""
    known = known_in(request)
    if request.user.pk is None or (known and known.user == request.user.pk):
        return
    response.set_signed_cookie(
        COOKIE,
        f"{request.user.pk}:{name_of(request)}",
        max_age=SECONDS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
