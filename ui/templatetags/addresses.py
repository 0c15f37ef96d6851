"""Plain words of which the addresses can be opened; everything else is escaped."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
ADDRESS = re.compile(r"(https?://[A-Za-z0-9._~:/?#@!$&*+,;=%-]*[A-Za-z0-9/_=&#-])")  # without the full stop behind it


@register.filter
def with_links(text: str) -> SafeString:
    """The text with its addresses as links: they may stand between Chinese characters, where Django's own filter takes those in."""
    parts = ADDRESS.split(text)
    linked = [
        format_html('<a href="{0}" rel="nofollow noopener">{0}</a>', part) if number % 2 else part
        for number, part in enumerate(parts)
    ]
    return format_html_join("", "{}", ((part,) for part in linked))
