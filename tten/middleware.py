"""A broken rule, and an address that is not for reading, become a page with a sentence; nothing has happened."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render

from accounts.security.keeping import typed_in
from records import once
from records.people import PersonRequest
from records.receiving import unreceived
from records.rules import CaseBusy, RuleBroken, is_broken_off
from records.storing.refusals import NOT_STORED

if TYPE_CHECKING:
    from django.http.request import _ImmutableQueryDict

NUL, NOTHING = "\0", "\ufffd"  # NOTHING: a sign that stands in no text of ours, so that a search for it finds nothing


class PlainTextMiddleware:
    """No text holds a NUL, and the database takes none: pasted into a form it is left out, no list knows it, no page has it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through without its NULs; 404 for an address that holds one."""
        if NUL in request.path_info:
            raise Http404
        request.GET = without_nul(request.GET, NOTHING)
        request.POST = without_nul(request.POST, "")
        return self.get_response(request)


def without_nul(sent: "_ImmutableQueryDict", put: str) -> "_ImmutableQueryDict":
    """What was sent with something else in place of each NUL, in names and values; itself where it holds none."""
    if not any(NUL in text for name, values in sent.lists() for text in (name, *values)):
        return sent
    clean = QueryDict(mutable=True)
    for name, values in sent.lists():
        clean.setlist(name.replace(NUL, put), [value.replace(NUL, put) for value in values])
    return QueryDict(clean.urlencode())


class ReceivedMiddleware:
    """A file that the disk did not take while it was received is said by its name (507), with all that was typed beside it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """No view acts on a form of which a part is missing."""
        lost = unreceived(request) if request.POST else []
        refusal = RuleBroken("R-STORE", NOT_STORED.format("”、“".join(lost)))
        return refuse(request, refusal, status=HTTPStatus.INSUFFICIENT_STORAGE) if lost else None


class NotAllowedMiddleware:
    """An address that takes no such request says so in a page, with where to go; the status stays 405."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put the page in place of an empty answer."""
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = render(request, "405.html", {"reads": request.method in {"GET", "HEAD"}}, status=response.status_code)
        page["Allow"] = response["Allow"]
        return page


class OnceMiddleware:
    """Answer a POST that was carried out already with its first answer; the second click does nothing new."""

    def __init__(self, get_response: Callable[[PersonRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PersonRequest) -> HttpResponse:
        """Let the request through; the first answer takes the place of the second."""
        once.begin(None)
        try:
            return once.finish(self.get_response(request))
        except RuleBroken as refusal:
            return refuse(request, refusal)
        finally:
            once.begin(None)

    def process_view(
        self, request: PersonRequest, view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> None:
        """What the view does is done by this POST, once the guards before it have let the person through."""
        once.begin(None if view in once.REPEATABLE else once.sending_of(request))

    def process_exception(self, request: PersonRequest, exception: Exception) -> HttpResponse | None:
        """The second of two that came at once has done nothing: `finish` gives it the answer of the first, if there is one."""
        return refuse(request, RuleBroken(*once.AGAIN)) if isinstance(exception, once.Repeated) else None


class RuleBrokenMiddleware:
    """Show RuleBroken as a 409 page (or, to htmx, as its message alone)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn the exception into its page."""
        refusal = CaseBusy() if is_broken_off(exception) else exception
        if not isinstance(refusal, RuleBroken):
            return None
        return refuse(request, refusal)


def refuse(request: HttpRequest, refusal: RuleBroken, *, status: int = HTTPStatus.CONFLICT) -> HttpResponse:
    """The page of a refusal, with what was typed and the way back to where the person came from."""
    back = request.META.get("HTTP_REFERER", "")
    safe = back if back.startswith(f"{request.scheme}://{request.get_host()}/") else ""
    return render(
        request, "refusal.html", {"refusal": refusal, "back": safe, "typed": typed_in(request)}, status=status
    )
