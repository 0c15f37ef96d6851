"""How values are written on printed papers."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def figure(amount: Decimal | None) -> str:
    """Write yuan as 10,000.00, for a column whose head names the unit; a dash for nothing."""
    return "—" if amount is None else f"{Decimal(amount):,.2f}"


@register.filter
def percent(ratio: Decimal) -> str:
    """Write 0.50 as 50%: a share of one, without idle zeros."""
    return f"{Decimal(ratio) * 100:f}".rstrip("0").rstrip(".") + "%"


@register.filter
def chinese_day(value: date | None) -> str:
    """Write 2026年11月24日, of a moment the day in the site's time zone; a dash for nothing."""
    if not value:
        return "—"
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return f"{value.year}年{value.month}月{value.day}日"


@register.filter
def chinese_moment(value: datetime) -> str:
    """Write 2026年11月24日 10:20 in the site's time zone."""
    return f"{chinese_day(value)} {timezone.localtime(value):%H:%M}"
