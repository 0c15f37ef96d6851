"""What every form carries that is sent: the CSRF token and the key by which it is carried out once (ADR 0081).

Known to every template in the place of Django's own `csrf_token`, so that no form, nor one of a package, goes without.
"""

import secrets

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


class SendingNode(CsrfTokenNode):
    """Two hidden inputs."""

    child_nodelists = ()

    def render(self, context: Context) -> SafeString:
        """Django's own, and a key that is new with every page."""
        return format_html("{}{}", super().render(context), once_field())


@register.tag
def csrf_token(_parser: Parser, _token: Token) -> SendingNode:
    """`{% csrf_token %}`."""
    return SendingNode()


@register.simple_tag
def once_key() -> str:
    """A key for what is sent without a form."""
    return secrets.token_urlsafe(16)


def once_field() -> SafeString:
    """The hidden input with the key."""
    return format_html('<input type="hidden" name="once" value="{}" autocomplete="off">', once_key())
