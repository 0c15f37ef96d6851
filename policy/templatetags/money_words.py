"""Amounts in words on a page."""

from decimal import Decimal

from django import template

from policy.arithmetic import yuan as in_yuan
from policy.capitals import capitals as in_capitals

register = template.Library()


@register.filter
def capitals(amount: Decimal | int | str | None) -> str:
    """壹万元整: the amount in Chinese capitals, as papers about money want it; empty where there is none."""
    return "" if amount is None or amount == "" else in_capitals(Decimal(amount))


@register.filter
def yuan(amount: Decimal | int | str | None) -> str:
    """15,000 元: the amount in a sentence, a dash for nothing; tables, facts and letters take `money`."""
    return "—" if amount is None or amount == "" else in_yuan(Decimal(amount))
