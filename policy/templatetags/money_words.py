"""Amounts in words on a page."""

from decimal import Decimal
from typing import Any

from django import template

from policy.capitals import capitals as in_capitals

register = template.Library()


@register.filter
def capitals(amount: Any) -> str:
    """壹万元整: the amount in Chinese capitals, as papers about money want it; empty where there is none."""
    return in_capitals(Decimal(amount)) if amount not in (None, "") else ""
