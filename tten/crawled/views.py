"""robots.txt, sitemap.xml and its files."""

from collections.abc import Iterable
from functools import partial
from xml.sax.saxutils import escape

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from tten.crawled.maps import HOUR, PARTS, Line, files, lines_of, remembered

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
XML = "application/xml; charset=utf-8"
CLOSED = (
    "account",
    "admin",
    "center",
    "desk",
    "curator",
    "provider",
    "find",
    "mall/compare",
    "mall/recent",
)  # no pages for engines


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What a robot may leave out, and where the map is."""
    lines = ["User-agent: *", *(f"Disallow: /{path}/" for path in CLOSED)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return told("\n".join(lines) + "\n", "text/plain; charset=utf-8")


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The files of the map."""
    found = [["pages", 0], *remembered("sitemap", files)]
    urls = (request.build_absolute_uri(reverse("sitemap_file", args=pair)) for pair in found)
    rows = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>" for url in urls)
    return told(f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex {SPACE}>{rows}</sitemapindex>\n', XML)


@login_not_required
@require_safe
def sitemap_file(request: HttpRequest, kind: str, behind: int) -> HttpResponse:
    """One file: the addresses behind a key."""
    if kind not in {"pages", *PARTS}:
        raise Http404
    site = request.build_absolute_uri("/").rstrip("/")
    return told(remembered(f"sitemap:{site}:{kind}:{behind}", partial(drawn, site, kind, behind)), XML)


def drawn(site: str, kind: str, behind: int) -> str:
    """The file as it is sent."""
    rows = "".join(written(site, lines_of(kind, behind)))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {SPACE}>{rows}</urlset>\n'


def written(site: str, lines: Iterable[Line]) -> Iterable[str]:
    """Each line as XML."""
    for path, day in lines:
        changed = f"<lastmod>{day}</lastmod>" if day else ""
        yield f"<url><loc>{escape(site + path)}</loc>{changed}</url>"


def told(text: str, kind: str) -> HttpResponse:
    """An answer that may be kept for an hour by whoever asks; it is the same for everybody."""
    answer = HttpResponse(text, content_type=kind)
    answer.headers["Cache-Control"] = f"public, max-age={HOUR}"
    return answer
