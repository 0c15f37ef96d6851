"""The demo accounts on the login page, while the portal is a demo."""

from django import template
from django.conf import settings

from tten.demo.accounts import DEMO_ACCOUNTS, PASSWORD

register = template.Library()


@register.simple_tag
def demo_accounts() -> tuple[object, ...]:
    """The demo's people; nobody outside a demo."""
    return DEMO_ACCOUNTS if settings.DEMO else ()


@register.simple_tag
def demo_password() -> str:
    """The password of all of them; empty outside a demo."""
    return PASSWORD if settings.DEMO else ""
