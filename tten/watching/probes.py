"""What machines ask: /healthz and /readyz, answered before session, host and protocol are looked at, in plain text."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tten.watching.readiness import READINESS

TEXT = "text/plain; charset=utf-8"


def healthz(_request: HttpRequest) -> HttpResponse:
    """Alive: nothing else is asked."""
    return plain("ok\n")


def readyz(request: HttpRequest) -> HttpResponse:
    """Every part with how it stands, one a line; 503 where one is wrong. ?exclude=audit&exclude=backup leaves parts out."""
    left_out = set(request.GET.getlist("exclude"))
    found = [one for one in READINESS.look() if one.part.name not in left_out]
    text = "".join(f"{one.part.name}: {one.look.state}\n" for one in found)
    return plain(text, status=503 if not found or any(one.is_wrong for one in found) else 200)


def plain(text: str, *, status: int = 200) -> HttpResponse:
    """An answer that nobody keeps."""
    kept = {"Cache-Control": "no-store", "Content-Length": str(len(text.encode())), "X-Content-Type-Options": "nosniff"}
    return HttpResponse(text, content_type=TEXT, status=status, headers=kept)


PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {"/healthz": healthz, "/readyz": readyz}
