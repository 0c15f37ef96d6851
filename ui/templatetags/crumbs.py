"""The way to a page, written where the page is written."""

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag
def crumbs(*words: str) -> list[tuple[str, str]]:
    """[(label, url)] for components/breadcrumb.html from label, URL name, label, URL name, …; the last is this page."""
    names = [*words[1::2], ""]
    return [(label, reverse(name) if name else "") for label, name in zip(words[::2], names, strict=False)]
