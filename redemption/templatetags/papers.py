"""How values are written on printed papers."""

from decimal import Decimal

from django import template

from records.scans import KINDS

register = template.Library()
ENDINGS = frozenset(ending for kind in KINDS.values() for ending in kind.endings)  # .pdf, .jpg …


@register.filter
def percent(ratio: Decimal) -> str:
    """Write 0.50 as 50%: a share of one, without idle zeros."""
    return f"{Decimal(ratio) * 100:f}".rstrip("0").rstrip(".") + "%"


@register.filter
def paper_title(name: str) -> str:
    """Write 检测报告 of 检测报告.pdf: what a paper is called, without what tells a machine how to open it."""
    title, dot, ending = name.rpartition(".")
    return title if title and f"{dot}{ending.lower()}" in ENDINGS else name
