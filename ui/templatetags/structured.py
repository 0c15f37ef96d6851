"""What a page is about, for machines: one JSON-LD block, which no browser carries out, and its canonical address."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
SIGNS = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}  # no text of a person closes the block
SCHEMA = "https://schema.org"


@register.simple_tag(takes_context=True)
def canonical(context: Mapping[str, Any], path: str) -> SafeString:
    """The one address of the page, whatever was typed behind it."""
    return format_html('<link rel="canonical" href="{}">', absolute(context["request"], path))


@register.simple_tag(takes_context=True)
def structured(context: Mapping[str, Any], thing: Mapping[str, Any], crumbs: Sequence[tuple[str, str]]) -> SafeString:
    """The thing and the way to it; addresses in it begin with / and are completed here. No thing is the way alone."""
    request: HttpRequest = context["request"]
    graph = [completed(request, thing)] if thing else []
    told = {"@context": SCHEMA, "@graph": [*graph, way(request, crumbs)]}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).translate(SIGNS)
    return SafeString(f'<script type="application/ld+json">{text}</script>')


def way(request: HttpRequest, crumbs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The breadcrumb; the last one, which is the page, has no address of its own."""
    places = [
        {"@type": "ListItem", "position": place, "name": label} | ({"item": absolute(request, url)} if url else {})
        for place, (label, url) in enumerate(crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": places}


def completed(request: HttpRequest, thing: Mapping[str, Any]) -> dict[str, Any]:
    """The thing without what is empty, its addresses with the site."""
    whole: dict[str, Any] = {}
    for key, value in thing.items():
        if isinstance(value, Mapping):
            whole[key] = completed(request, value)
        elif value:
            whole[key] = absolute(request, value) if key == "url" else value
    return whole


def absolute(request: HttpRequest, path: str) -> str:
    """The path with the site before it."""
    return request.build_absolute_uri(path)
