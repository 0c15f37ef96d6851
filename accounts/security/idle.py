"""The idle time-out of staff: after STAFF_IDLE_SECONDS without a page the person proves again who he is."""

import time

from django.conf import settings
from django.http import HttpResponse

from accounts.security.reauthentication import ask_proof
from accounts.security.standing import counts_as_staff, is_known_staff, last_seen
from records.people import PersonRequest

WARNING_SECONDS = 120  # how long before the page warns


def is_asleep(request: PersonRequest) -> bool:
    """Whether a staff member's session has been without a page for too long; asks nothing before that time."""
    pause = time.time() - last_seen(request)
    return bool(settings.STAFF_IDLE_SECONDS) and pause > settings.STAFF_IDLE_SECONDS and counts_as_staff(request)


def check_idle(request: PersonRequest) -> HttpResponse | None:
    """Ask for a proof after a long pause; what was typed is kept."""
    return ask_proof(request, "idle") if is_asleep(request) else None


def idle_seconds(request: PersonRequest) -> int:
    """After how many seconds the page of this session goes to sleep; 0 if it never does."""
    known = getattr(request, "user", None) is not None and request.user.is_authenticated
    return settings.STAFF_IDLE_SECONDS if known and is_known_staff(request) else 0


def idle(request: PersonRequest) -> dict[str, int]:
    """Context of every page: when it goes to sleep, and how long before it says so, in seconds."""
    return {"idle_seconds": idle_seconds(request), "idle_warning": WARNING_SECONDS}
