"""What Prometheus reads, as its text format has it: the figures, made at most once in some seconds, and the counted requests."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from tten.watching.counters import Counters
from tten.watching.figures import FIGURES, Figure
from tten.watching.readiness import AWAY

PATH = "/metrics"
TEXT = "text/plain; version=0.0.4; charset=utf-8"
REQUESTS = "tten_request_seconds"
COUNTERS = Counters(Path(settings.BASE_DIR) / settings.WATCH["metrics_file"])


def may_read(request: HttpRequest) -> bool:
    """Whether it came in by the port for metrics, or brings the token; neither is open without its setting."""
    token = settings.WATCH["metrics_token"]
    return by_own_port(request) or bool(
        token and constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}")
    )


def by_own_port(request: HttpRequest) -> bool:
    """Whether it came in by the port for metrics: the server's own word, no header of the request."""
    port = settings.WATCH["metrics_port"]
    return bool(port) and request.META.get("SERVER_PORT") == str(port)


def metrics(_request: HttpRequest) -> HttpResponse:
    """Everything."""
    return HttpResponse(MADE.text() + "".join(requests()), content_type=TEXT, headers={"Cache-Control": "no-store"})


class Made:
    """The figures as they were made last; one thread makes them anew."""

    def __init__(self) -> None:
        self.lock, self.at, self.made = threading.Lock(), float("-inf"), ""

    def text(self) -> str:
        """The lines of all figures."""
        with self.lock:
            if time.monotonic() - self.at > settings.WATCH["fresh_seconds"]:
                self.made, self.at = "".join(line for figure in FIGURES for line in lines(figure)), time.monotonic()
            return self.made


def lines(figure: Figure) -> Iterator[str]:
    """The figure with its labels; nothing where the part that it is read from is away."""
    try:
        values = list(figure.values())
    except AWAY:
        return
    yield f"# HELP {figure.name} {figure.says}\n# TYPE {figure.name} gauge\n"
    yield from (f"{figure.name}{labels(given)} {value!r}\n" for given, value in values)


def requests() -> Iterator[str]:
    """How long requests took, by outcome."""
    yield f"# HELP {REQUESTS} how long requests took, by the class of their status\n# TYPE {REQUESTS} histogram\n"
    for outcome, bounds, seconds in COUNTERS.told():
        for bound, count in bounds:
            yield f"{REQUESTS}_bucket{labels({'status': outcome, 'le': bound})} {count:.0f}\n"
        yield f"{REQUESTS}_sum{labels({'status': outcome})} {seconds:.6f}\n"
        yield f"{REQUESTS}_count{labels({'status': outcome})} {bounds[-1][1]:.0f}\n"


def labels(given: dict[str, str]) -> str:
    """None of ours holds a quotation mark."""
    pairs = ",".join(f'{name}="{value}"' for name, value in given.items())
    return f"{{{pairs}}}" if pairs else ""


MADE = Made()
