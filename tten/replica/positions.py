"""Who has written reads the primary until the replica has what he wrote: his session knows how far that is."""

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from ui.following import position_here
from ui.reading import POSITION, READS, is_set


class PositionMiddleware:
    """Keep where the log stands behind an act, in the session of whoever has one; nothing where no replica is set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through; of an act, ask the primary once behind it."""
        response = self.get_response(request)
        acted = is_set() and request.method not in READS and response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
        if acted and not request.session.is_empty():
            with suppress(DatabaseError):  # what was done is answered, whatever happens behind it
                request.session[POSITION] = position_here()
        return response
