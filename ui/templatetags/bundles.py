"""The looks that every page shares: one file where static files were collected, each by itself where they lie as written."""

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from ui.bundles import SHEET, SHEETS

register = template.Library()


@register.simple_tag
def sheets() -> SafeString:
    """Links to the sheets of every page."""
    names = SHEETS if settings.STATIC_FROM_SOURCE else (SHEET,)
    return format_html_join("\n    ", '<link rel="stylesheet" href="{}">', ((static(name),) for name in names))
