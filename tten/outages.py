"""A part that the portal stands on is away, silent or too slow: a page with status 503 and a sentence, no error 500."""

import errno
import sys
import time
from collections.abc import Callable
from contextlib import suppress

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.views.defaults import server_error as plain_server_error
from kombu.exceptions import OperationalError as BrokerAway
from redis.exceptions import RedisError

from accounts.security.keeping import typed_in
from records.storing.kept import StoreAway

RETRY_SECONDS = 30
WAIT_SECONDS, LOOK_SECONDS = 5, 0.2  # for which a reading waits for the database, and between two looks
TOO_SLOW = "57014"  # of PostgreSQL: a statement past its time-out
DISK_FULL = "53100"
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}  # of the operating system
CUT_OFF = {"57P01", "57P02", "57P03", "25P03", "53300", "08000", "08003", "08006"}  # it stops, starts, is full, hung up
CUT_OFF |= {"08P01"}  # whatever PgBouncer says: no session in time, none at all, one that was lost
UNCOUNTED = "为防止恶意尝试，这一步需要计数，而计数服务暂时没有回应，所以没有办理。请过几分钟再试。"
NO_DATABASE = "与数据库的连接刚刚中断。请稍等片刻，重新打开页面，看清这一步是否已经办理，再决定是否重做。"
NO_ROOM = "服务器存放数据的地方暂时写不进去，这一步没有办理，没有改动任何内容。请稍后再试。"
NO_STORE = "存放材料的地方现在没有应答，这一步没有办理。请稍后再试。"
LASTED = "这一步用时太长，系统已经中止，没有改动任何内容。请缩小范围或稍后再试。"


class OutagePage(HttpResponse):
    """The page of an outage; `waits` where it is the database that is away, and it may be back in a moment."""

    waits = False


class PatientMiddleware:
    """The database starts anew: who only reads waits for it, up to WAIT_SECONDS, before the page says that it is away.

    A reading has changed nothing, so that it may be asked once more. Whoever writes is told at once. When it has not
    come back, nobody waits for the next RETRY_SECONDS: pages that wait hold the threads that would answer the others.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response, self.nobody_waits_before = get_response, 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through, once more where the database has come back."""
        response = self.get_response(request)
        waits = isinstance(response, OutagePage) and response.waits and request.method in {"GET", "HEAD"}
        if not waits or connection.in_atomic_block or time.monotonic() < self.nobody_waits_before:
            return response
        if comes_back(WAIT_SECONDS):
            return self.get_response(request)
        self.nobody_waits_before = time.monotonic() + RETRY_SECONDS
        return response


def comes_back(seconds: float) -> bool:
    """Whether the database answers again within so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        connection.close()
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT 1")  # a pooler lets everybody in, whether it has a server or not
            return True
        time.sleep(LOOK_SECONDS)
    return False


class OutageMiddleware:
    """Answer for a view that met an outage."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn the exception into its page; None for one that is our own mistake."""
        sentence = sentence_for(exception)
        return outage_page(request, sentence) if sentence else None


class SessionsMiddleware(SessionMiddleware):
    """A session that cannot be saved behind the view: Django takes it for one that was deleted, and answers 400.

    Where the database is away the page says so; whoever has signed out elsewhere meanwhile still reads the answer.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session."""
        try:
            return super().process_response(request, response)
        except SessionInterrupted as error:
            unsaved = error.__context__
            sentence = sentence_for(unsaved.__context__ if unsaved else None)
            return outage_page(request, sentence) if sentence else response


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of an error that no view answers for: an outage that the frame has met, or our own mistake."""
    sentence = sentence_for(sys.exc_info()[1])
    return outage_page(request, sentence) if sentence else plain_server_error(request)


def sentence_for(error: BaseException | None) -> str:
    """What is away, in a sentence for the person; empty for whatever is no outage."""
    if isinstance(error, RedisError | BrokerAway):
        return UNCOUNTED
    if isinstance(error, OSError):
        full = NO_ROOM if error.errno in FULL else ""
        return NO_STORE if isinstance(error, StoreAway) else full
    code = getattr(getattr(error, "__cause__", None), "pgcode", None)
    if isinstance(error, DatabaseError) and code == TOO_SLOW:
        return LASTED
    if isinstance(error, DatabaseError) and code == DISK_FULL:
        return NO_ROOM
    if isinstance(error, DatabaseError) and code in CUT_OFF:
        return NO_DATABASE
    return NO_DATABASE if isinstance(error, OperationalError | InterfaceError) and code is None else ""


def outage_page(request: HttpRequest, sentence: str) -> HttpResponse:
    """The page, with what was typed to be copied: it asks neither the database nor the cache."""
    if request.resolver_match is None:  # the frame met it before it knew whose page this is
        with suppress(Resolver404):
            request.resolver_match = resolve(request.path_info)
    page = OutagePage(render_to_string("503.html", {"sentence": sentence, "typed": typed_in(request)}), status=503)
    page.waits = sentence == NO_DATABASE
    page["Retry-After"] = str(RETRY_SECONDS)
    page["Cache-Control"] = "private, no-store"
    return page
