"""Whom a sentence names for questions; known to every template, the error pages and the notices too."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def policy_phone() -> str:
    """The number of 政策咨询."""
    return str(settings.POLICY_PHONE)


@register.simple_tag
def support_phone() -> str:
    """The number of 技术支持."""
    return str(settings.SUPPORT_PHONE)
