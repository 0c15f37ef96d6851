"""What a session remembers of its person, so that no page asks the database for it."""

import time
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils import timezone

from accounts.allauth_internal import get_authentication_records
from accounts.staff import is_staff
from records.people import Person, PersonRequest

KEY = "standing"
FRESH = 60  # seconds for which what is remembered is neither asked nor written again


def remember(request: PersonRequest) -> dict[str, Any]:
    """Ask whether the person is staff, and keep that with the present moment."""
    standing = {"staff": is_staff(request.user), "at": time.time()}
    request.session[KEY] = standing
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())
    return standing


def counts_as_staff(request: PersonRequest) -> bool:
    """Whether the person is staff, as the session remembers it; asked once where it does not."""
    standing = request.session.get(KEY) or remember(request)
    return bool(standing["staff"])


def is_known_staff(request: PersonRequest) -> bool:
    """Whether the session remembers that the person is staff; no question to the database."""
    return bool(request.session.get(KEY, {}).get("staff"))


def keep_awake(request: PersonRequest) -> None:
    """Keep the present moment as the last one, at most once a minute."""
    if time.time() - last_seen(request) >= min(FRESH, settings.STAFF_IDLE_SECONDS / 10 or FRESH):
        remember(request)


def last_seen(request: PersonRequest) -> float:
    """The last moment of the session in seconds since 1970: of a page, of a proof, or else of the sign-in."""
    at = request.session.get(KEY, {}).get("at") or sign_in_of(request.user)
    return max(at, proved_at(request))


def sign_in_of(user: Person) -> float:
    """When the person last signed in, for a session that remembers nothing yet."""
    return user.last_login.timestamp() if user.last_login else 0.0


def proved_at(request: PersonRequest) -> float:
    """When the person last proved who he is: by signing in, by password again, by a second factor; 0 if never."""
    return max((record["at"] for record in get_authentication_records(request, request.user)), default=0.0)


def proved_within(request: PersonRequest, seconds: int) -> bool:
    """Whether that was within the last so many seconds."""
    return time.time() - proved_at(request) <= seconds


def proved_second_factor(request: PersonRequest) -> bool:
    """Whether a second factor was shown (or set up) in this session."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))
