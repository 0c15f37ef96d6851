"""A POST is carried out once: sent again with the same key and the same content, it gets the first answer (ADR 0081)."""

import hashlib
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db import IntegrityError
from django.http import HttpResponse

from records.models import Answer
from records.people import PersonRequest
from records.rules import RuleBroken

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

View = TypeVar("View", bound=Callable[..., HttpResponse])

FIELD = "once"  # the hidden input of every form
ASIDE = {"csrfmiddlewaretoken"}  # a secret of the browser's, new with every page
WAIT, PAUSE = 3.0, 0.1  # seconds for an answer that is on its way, and between two looks
OF_THE_FRAME = {"content-security-policy", "set-cookie"}  # each answer has its own
REPEATABLE: set[Callable[..., HttpResponse]] = set()  # views, as `repeatable` marks them
AGAIN = "R-AGAIN", "这次提交刚才已经办好了，不会再办第二次。请到用户中心查看结果。"


class Repeated(Exception):
    """What is being sent was carried out already; the transaction that finds this changes nothing."""


@dataclass
class Sending:
    """A POST under way."""

    digest: str
    user_id: int
    is_spent: bool = False  # whether something that it does is committed


_under_way: ContextVar[Sending | None] = ContextVar("sending", default=None)


def sending_of(request: PersonRequest) -> Sending | None:
    """The POST with its digest; None for what carries no key, or of nobody: what a stranger sends has no answer to keep."""
    if request.method != "POST" or not request.user.is_authenticated or not request.POST.get(FIELD):
        return None
    return Sending(digest_of(request), request.user.pk)


def digest_of(request: PersonRequest) -> str:
    """SHA-256 over who sends what where, as 64 hexadecimal digits; other content under the same key is another POST."""
    digest = hashlib.sha256(f"{request.user.pk} {request.get_full_path()}".encode())
    for name, values in sorted(request.POST.lists()):
        if name not in ASIDE:
            digest.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        digest.update(repr((name, [_content(file) for file in files])).encode())
    return digest.hexdigest()


def _content(file: "UploadedFile[bytes]") -> tuple[str, str]:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return file.name or "", digest.hexdigest()


def begin(sending: Sending | None) -> None:
    """What is done from now on is done by this POST, or by none."""
    _under_way.set(sending)


def spend_key() -> None:
    """Inside the transaction that does it: write down that the POST under way is carried out.

    Of two that come at once the second waits here for the first, and raises Repeated if that one was committed.
    """
    sending = _under_way.get()
    if sending is None or sending.is_spent:
        return
    try:
        Answer.objects.create(digest=sending.digest, user_id=sending.user_id)
    except IntegrityError as error:
        raise Repeated from error


def spent() -> None:
    """After that transaction: the POST under way has done something."""
    sending = _under_way.get()
    if sending is not None:
        sending.is_spent = True


def finish(response: HttpResponse) -> HttpResponse:
    """Keep what the person is told if the POST under way has done something: it may not arrive.

    A POST that has done nothing may have been carried out before: then the first answer takes the place of this one.
    Raises RuleBroken as `first_answer` does.
    """
    sending = _under_way.get()
    if sending is None or not sending.is_spent:
        return first_answer() or response
    kept = Answer.objects.filter(digest=sending.digest)
    if response.streaming:  # a file, which is made anew
        kept.delete()
    else:
        headers = {name: value for name, value in response.items() if name.lower() not in OF_THE_FRAME}
        kept.update(status=response.status_code, headers=headers, body=response.content)
    return response


def first_answer() -> HttpResponse | None:
    """What was answered when the POST under way was sent first; None if it was not carried out.

    Waits for an answer that is on its way; raises RuleBroken if the POST was carried out and its answer is lost.
    """
    sending = _under_way.get()
    if sending is None:
        return None
    end = time.monotonic() + WAIT
    while (kept := Answer.objects.filter(digest=sending.digest).first()) is not None:
        if kept.status:
            return HttpResponse(bytes(kept.body), status=kept.status, headers=kept.headers)
        if time.monotonic() > end:
            raise RuleBroken(*AGAIN)
        time.sleep(PAUSE)
    return None


def repeatable(view: View) -> View:
    """Mark a view that may do the same again with the same key: each export is an export of its own."""
    REPEATABLE.add(view)
    return view
