"""How a value reads in a table or a list, by its kind, in one go: a page of rows has hundreds. Every value is escaped here."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from ui.templatetags.ui import day, in_print, money, when

register = template.Library()
NOTHING = SafeString('<span class="quiet">未填写</span>')
NONE_OF_THEM = SafeString('<span class="quiet">无</span>')


@register.filter
def shown(value: object, kind: str = "") -> SafeString:
    """The value as components/value.html draws it, but for papers and changes, which have parts of their own."""
    return NOTHING if value is None or value == "" else SafeString(WAYS.get(kind, _words)(value))


def _words(value: object) -> str:
    """A text, or what else a template would write, with each sign named that no face has."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return conditional_escape(str(localize(in_print(value))))


def _listed(values: Iterable[object]) -> str:
    return "".join(f"<div>{_words(value)}</div>" for value in values) or NONE_OF_THEM


WAYS: dict[str, Callable[[Any], str]] = {
    "money": lambda value: f'<span class="amount">{conditional_escape(money(value))}</span>',
    "date": lambda value: conditional_escape(day(value)),
    "time": lambda value: conditional_escape(when(value)),
    "list": _listed,
    "text": lambda value: f'<div class="kv-text">{_words(value)}</div>',
}
