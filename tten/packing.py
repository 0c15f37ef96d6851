"""Pages are packed on their way where no proxy does it: as ops/nginx packs them, and what it leaves alone is left alone."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PACKED = (
    "text/",
    "application/json",
    "application/xml",
    "application/rss+xml",
    "application/atom+xml",
    "image/svg+xml",
)
SECRETS = "/account/"  # codes, keys and words of recovery beside what somebody sent are not packed


class PackingMiddleware(GZipMiddleware):
    """Django's, with its guard against guesses by length, for texts alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self.packs = not settings.BEHIND_PROXY

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Pack a text that is no secret; papers and pictures are packed already."""
        kind = response.get("Content-Type", "")
        if not self.packs or response.streaming or not kind.startswith(PACKED) or request.path.startswith(SECRETS):
            return response
        return super().process_response(request, response)
