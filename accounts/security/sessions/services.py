"""Where a person is signed in, and the ending of it; the browser that was signed out is told why."""

import hashlib
from typing import NamedTuple

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from accounts.history.browsers import in_words
from records.people import Person

ENDED = {
    "elsewhere": "您的帐号已在另一处登录，这里的登录已结束。如果不是您本人，请尽快修改密码。",
    "self": "您已在另一处结束了这里的登录，请重新登录。",
    "deletion": "您的注销申请已收到，各处登录都已结束。反悔期内重新登录即可撤回。",
    "reset": "管理员已重置您的第二重验证，请重新登录后再次设置。",
    "closed": f"您的帐号已停用，如有疑问请联系技术支持 {settings.SUPPORT_PHONE}。",
}


class Device(NamedTuple):
    """One living session as its person sees it."""

    row: UserSession
    browser: str
    is_here: bool


def devices_of(user: Person, here: str | None) -> list[Device]:
    """The person's living sessions, this one first, then the latest seen. here: the key of this session."""
    rows = list(UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk"))
    kept = Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now())
    living = {session.session_key for session in kept if _is_of(session, user)}
    devices = [Device(row, in_words(row.user_agent), row.session_key == here) for row in rows]
    return sorted(
        (device for device in devices if device.row.session_key in living), key=lambda device: not device.is_here
    )


def _is_of(session: Session, user: Person) -> bool:
    """Whether the session is signed in as the person, with his present password."""
    kept = session.get_decoded()
    return kept.get(SESSION_KEY) == str(user.pk) and kept.get(HASH_SESSION_KEY) == user.get_session_auth_hash()


def end_sessions(user: Person, why: str, *, but: str | None = None) -> int:
    """End the person's sessions in the database and the cache; return how many. but: the key of one that stays."""
    rows = list(UserSession.objects.filter(user=user).exclude(session_key=but))
    for row in rows:
        end(row, why)
    return len(rows)


def end(row: UserSession, why: str) -> None:
    """End one session, and leave word for the browser that held it. why: a key of ENDED."""
    row.end()
    cache.set(_word_for(row.session_key), why, settings.SESSION_COOKIE_AGE)


def tell_if_ended(request: HttpRequest) -> None:
    """Tell a visitor whose session was ended by somebody why he is signed out, once."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    why = cache.get(_word_for(key)) if key else None
    if why in ENDED:
        cache.delete(_word_for(key))
        messages.warning(request, ENDED[why])


def _word_for(key: str | None) -> str:
    return f"ended:{hashlib.sha256(str(key).encode()).hexdigest()}"
