"""The first that sees a request answers probes, gives a number, times the answer; the last before the view tells whose it is."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from records import about
from tten.outages import outage_page
from tten.watching.clocks import seconds_wrong
from tten.watching.metrics import COUNTERS, PATH, by_own_port, may_read, metrics
from tten.watching.probes import PROBES, plain

READS = {"GET", "HEAD"}
GIVEN = re.compile(r"[0-9A-Za-z-]{8,64}")
NUMBER = "X-Request-ID"
WRONG_CLOCK = "服务器的时钟不准，为免记错日期和期限，这一步没有办理，没有改动任何内容。请稍后再试。"

access = logging.getLogger("tten.access")


class WatchMiddleware:
    """Answer probes before anything is asked of a session, a host name or a protocol; write a line for all else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through, or answer the probe."""
        if answer := answered(request):
            return answer
        number, began = number_of(request), time.perf_counter()
        about.begin(request=number)
        response = self.get_response(request)
        response[NUMBER] = number
        write_down(request, response.status_code, time.perf_counter() - began)
        return response


def answered(request: HttpRequest) -> HttpResponse | None:
    """What machines ask: probes, and whoever may the figures; nothing else comes in by the port of the figures."""
    probe = PROBES.get(request.path_info)
    if probe and request.method in READS:
        return probe(request)
    if request.path_info == PATH and may_read(request):
        return metrics(request)
    return plain("", status=404) if by_own_port(request) else None


def number_of(request: HttpRequest) -> str:
    """The number that the proxy has given, where one stands before the portal; else a new one."""
    given = request.headers.get(NUMBER, "") if settings.BEHIND_PROXY else ""
    return given if GIVEN.fullmatch(given) else uuid.uuid4().hex


def write_down(request: HttpRequest, status: int, seconds: float) -> None:
    """Count it, and write one line: the view, never the address, in which a search or a secret may stand. Files of the frame: nothing."""
    match = request.resolver_match
    if match is None and status < HTTPStatus.BAD_REQUEST:
        return
    COUNTERS.add(status, seconds)
    view = match.view_name if match else ""
    told = {"method": request.method, "view": view, "status": status, "milliseconds": round(seconds * 1000)}
    access.info("%s %s %s", request.method, view, status, extra={"told": told})


class ViewMiddleware:
    """Once the view is known: whose request it is, of which case; and by a wrong clock nothing is written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., HttpResponse], _args: object, named: dict[str, object]
    ) -> HttpResponse | None:
        """Answer with a sentence and what was typed, where the clock is wrong: days and deadlines would be wrong for ever."""
        about.tell(person=str(request.user.pk or ""), case=str(named.get("number", "")))
        writes = request.method not in READS
        return outage_page(request, WRONG_CLOCK) if writes and seconds_wrong() else None
