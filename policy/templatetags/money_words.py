"""Amounts in words on a page."""

from decimal import Decimal

from django import template

from policy.capitals import capitals as in_capitals

register = template.Library()


@register.filter
def capitals(amount: Decimal | int | str | None) -> str:
    """壹万元整: the amount in Chinese capitals, as papers about money want it; empty where there is none."""
    return "" if amount is None or amount == "" else in_capitals(Decimal(amount))
