"""A broken rule, and an address that is not for reading, become a page with a sentence; nothing has happened."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from records.rules import CaseBusy, RuleBroken, is_broken_off


class PlainTextMiddleware:
    """Refuse a NUL character in whatever was sent: no text holds one, and the database takes none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through, unless a value of its address or of its form holds a NUL."""
        for sent in (request.GET, request.POST):
            if any("\0" in value for values in sent.lists() for value in values[1]):
                return render(request, "400.html", status=400)
        return self.get_response(request)


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
        back = request.META.get("HTTP_REFERER", "")
        safe = back if back.startswith(f"{request.scheme}://{request.get_host()}/") else ""
        return render(request, "refusal.html", {"refusal": refusal, "back": safe}, status=409)
