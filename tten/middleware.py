"""A broken rule becomes a page with its sentence; nothing that was asked for has happened."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from records.rules import RuleBroken


class RuleBrokenMiddleware:
    """Show RuleBroken as a 409 page (or, to htmx, as its message alone)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn the exception into its page."""
        if not isinstance(exception, RuleBroken):
            return None
        back = request.META.get("HTTP_REFERER", "")
        safe = back if back.startswith(f"{request.scheme}://{request.get_host()}/") else ""
        return render(request, "refusal.html", {"refusal": exception, "back": safe}, status=409)
