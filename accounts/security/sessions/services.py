"""Where a person is signed in, and the ending of it; the browser that was signed out is told why."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from accounts.history.browsers import in_words
from records.people import Person

ENDED = {
    "elsewhere": "您的帐号已在另一处登录，这里的登录已结束。如果不是您本人，请尽快修改密码。",
    "self": "您已在另一处结束了这里的登录，请重新登录。",
    "deletion": "您的注销申请已收到，各处登录都已结束。反悔期内重新登录即可撤回。",
    "keeper": f"管理员已结束您在这里的登录，请重新登录。如有疑问请联系技术支持 {settings.SUPPORT_PHONE}。",
    "reset": "管理员已重置您的第二重验证，请重新登录后再次设置。",
    "closed": f"您的帐号已停用，如有疑问请联系技术支持 {settings.SUPPORT_PHONE}。",
}
WHY = "why"


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


def enlist(request: HttpRequest) -> None:
    """Add the session to the person's own, and take off those that are over: one question for however many."""
    living = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
    UserSession.objects.filter(~Exists(living), user=request.user.pk).delete()
    UserSession.objects.create_from_request(request)


def end_sessions(user: Person, why: str, *, but: str | None = None) -> int:
    """End the person's sessions; return how many. but: the key of one that stays."""
    return end(UserSession.objects.filter(user=user).exclude(session_key=but), why)


def end(rows: Iterable[UserSession], why: str) -> int:
    """End sessions, and leave word for the browsers that held them; return how many. why: a key of ENDED.

    It stands or falls with the transaction around it. A word stands under a key of its own: under the old one, a page that
    was under way would write its session back.
    """
    ended = {row.session_key: row.pk for row in rows}
    Session.objects.filter(session_key__in=ended).delete()
    UserSession.objects.filter(pk__in=ended.values()).delete()
    expires, word = (
        timezone.now() + dt.timedelta(seconds=settings.SESSION_COOKIE_AGE),
        Session.objects.encode({WHY: why}),
    )
    words = [Session(session_key=_word_for(key), session_data=word, expire_date=expires) for key in ended]
    Session.objects.bulk_create(words, ignore_conflicts=True)
    return len(ended)


def tell_if_ended(request: HttpRequest) -> None:
    """Tell a visitor whose session was ended by somebody why he is signed out, once."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not key or not request.session.is_empty():
        return
    word = Session.objects.filter(session_key=_word_for(key), expire_date__gt=timezone.now()).first()
    why = word.get_decoded().get(WHY) if word else None
    if word and why in ENDED:
        word.delete()
        messages.warning(request, ENDED[why])


def _word_for(key: str) -> str:
    return hashlib.sha256(f"ended:{key}".encode()).hexdigest()[:40]
