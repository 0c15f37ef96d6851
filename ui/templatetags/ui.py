"""How values read on a page: money, times, masks, states, icons and links that keep their query."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.middleware.csrf import get_token
from django.template import RequestContext
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from ui.autosave import token_of
from ui.fonts import without_glyph
from ui.known import Hint, Known
from ui.names import code_of
from ui.templatetags.sending import once_field
from ui.texts import said_at
from ui.widgets import CheckboxTree

register = template.Library()

TONES = {
    "draft": "circle",
    "underway": "circle-half",
    "yours": "exclamation-diamond-fill",
    "done": "check-circle-fill",
    "refused": "x-octagon-fill",
    "ended": "dash-square-fill",
}  # tone of a case → its shape, so that no state is told by colour alone
NOTES = {
    "success": "check-circle-fill",
    "warning": "exclamation-triangle-fill",
    "error": "x-octagon-fill",
}  # level of a message → its icon; anything else informs
DRAWINGS = {
    "研究开发": "research",
    "检验检测": "testing",
    "大型仪器共享": "instruments",
    "智能计算与数据": "computing",
    "技术转移": "transfer",
    "科技咨询": "consulting",
    "知识产权": "property",
    "综合科技服务": "integrated",
    "创业孵化": "incubation",
    "科技金融": "finance",
    "科学技术普及与培训": "training",
}  # category of the first level → its drawn stand-in


@register.simple_tag(takes_context=True)
def autosave(context: RequestContext, of: object = None, url: str = "") -> str:
    """The attribute of a form that is saved while somebody types.

    of: the case or turn that several people write, who may read each other's version; without it the form is one's own.
    url: where the form is sent, where not to its own page.
    """
    request, number = context.request, getattr(of, "number", "")
    form = f"{url or request.path}#{number}" if number else url or request.path
    return format_html('data-autosave="{}"', token_of(request.user.pk or 0, form, is_shared=bool(number)))


@register.filter
def attributes(attrs: Mapping[str, Any]) -> str:
    """The attributes of an input, but no maxlength: a browser cuts in silence what is pasted beyond it; the server says so."""
    shown = ((name, value) for name, value in attrs.items() if value is not False and name != "maxlength")
    return format_html_join("", "{}", ((one_attribute(name, value),) for name, value in shown))


def one_attribute(name: str, value: object) -> str:
    """One attribute with the space before it; True stands without a value."""
    return format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)


@register.filter
def money(amount: Decimal | int | str | None) -> str:
    """¥ 10,000.00; an em dash where there is no amount. Yuan in, two places out."""
    return "—" if amount is None or amount == "" else f"¥\u00a0{figure(amount)}"


@register.filter
def figure(amount: Decimal | int | str) -> str:
    """1,200.50: an amount in 万元, whose label names the unit; of yuan it is a part of `money`."""
    return f"{Decimal(amount):,.2f}"


@register.filter
def price(value: Decimal | int | str) -> str:
    """An amount as money, words such as 面议 as they are."""
    return money(value) if isinstance(value, int | Decimal) else value


@register.filter
def mask_phone(phone: object) -> str:
    """138****1234: the middle four figures of a phone number are hidden."""
    text = str(phone or "")
    first, last = text[:3], text[-4:]
    return f"{first}****{last}" if len(text) > len(first + last) else text and "****"


@register.filter
def mask_mail(address: object) -> str:
    """y***@example.com: of a mailbox only the first letter is shown."""
    name, sign, host = str(address or "").partition("@")
    return f"{name[:1]}***{sign}{host}" if sign else ""


@register.filter
def mask_account(number: object) -> str:
    """**** 1234: of a bank account only the last four figures are shown."""
    text = str(number or "")
    return f"**** {text[-4:]}" if text else "—"


@register.filter
def when(moment: dt.datetime | None) -> str:
    """2026-11-24 10:20 in the site's time zone; a dash for nothing."""
    if not moment:
        return "—"
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


@register.filter
def day(value: object) -> str:
    """2026-11-24; of a moment the day in the site's time zone; a dash for nothing."""
    if not value:
        return "—"
    return f"{timezone.localtime(value) if isinstance(value, dt.datetime) else value:%Y-%m-%d}"


@register.filter
def state_tone(case: object) -> str:
    """draft, underway, yours, done, refused or ended: what the case says of itself, underway if it says nothing."""
    tone = getattr(case, "tone", "underway")
    return tone if tone in TONES else "underway"


@register.filter
def tone_icon(case: object) -> str:
    """The shape that goes with the tone of a case."""
    return TONES[state_tone(case)]


@register.filter
def note_icon(message: Message) -> str:
    """The icon of a message of django.contrib.messages."""
    return NOTES.get(message.level_tag, "info-circle-fill")


@register.filter
def drawing(category: object) -> str:
    """The stand-in drawing of a first-level category, given by its name."""
    return DRAWINGS.get(str(category), "integrated")


@register.filter
def is_tree(field: BoundField) -> bool:
    """Whether the field's check boxes stand in groups."""
    return isinstance(field.field.widget, CheckboxTree)


@register.filter
def known_value(field: BoundField) -> Known | None:
    """What the form knows for its field, to be offered beside it."""
    return getattr(field.form, "known", {}).get(field.name)


@register.filter
def read_hint(field: BoundField) -> Hint | None:
    """What the form's paper says of its field; None for a field that takes nothing from a paper."""
    return getattr(field.form, "reads", {}).get(field.name)


@register.filter
def needed_with(field: BoundField) -> str:
    """The choice with which the field must be filled in, as `ui.forms.needed_with` marks it; "" of any other."""
    return str(field.field.widget.attrs.get("data-needed-with", ""))


@register.filter
def chosen(form: BaseForm) -> list[tuple[str, str, str]]:
    """[(name, label, words)] of the filters in force, to show them as chips; words are what the person chose."""
    if not form.is_bound:
        return []
    return [(f.html_name, str(f.label), words) for f in form.visible_fields() if not f.errors and (words := spoken(f))]


def spoken(field: BoundField) -> str:
    """A bound field's value in words: choices by their label, several joined; empty if nothing is chosen."""
    value = field.value()
    if value in (None, "", [], False):
        return ""
    labels = dict(_flat(getattr(field.field, "choices", ())))
    values = value if isinstance(value, list | tuple) else [value]
    if value is True or value == "on":
        return "是"
    return "、".join(str(labels.get(str(v), v)) for v in values if v not in (None, ""))


def _flat(choices: Iterable[tuple[object, Any]]) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label


@register.simple_tag
@lru_cache(maxsize=500)
def icon(name: str, label: str = "") -> str:
    """An icon of the sprite; hidden from screen readers unless it has a label of its own."""
    href = f"{static('vendor/bootstrap-icons/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', href)


@register.simple_tag
@lru_cache(maxsize=50)
def draw(name: str) -> str:
    """The drawn picture of this name, for places without a photograph."""
    href = f"{static('img/drawings.svg')}#{name}"
    return format_html('<svg class="drawing drawing-{}" aria-hidden="true"><use href="{}"/></svg>', name, href)


@register.simple_tag(takes_context=True)
def query_replace(context: RequestContext, **changes: Any) -> str:
    """The query of this page with some parameters replaced, None taking one out: ?state=x&page=3."""
    return _query(context, changes)


@register.simple_tag(takes_context=True)
def query_without(context: RequestContext, name: str) -> str:
    """The query of this page without this parameter, at the first page."""
    return _query(context, {name: None, "page": None})


def _query(context: RequestContext, changes: dict[str, Any]) -> str:
    request = getattr(context, "request", None)
    pairs = {name: values for name, values in request.GET.lists() if name not in changes} if request else {}
    pairs |= {name: [value] for name, value in changes.items() if value is not None}
    return "?" + urlencode(pairs, doseq=True)


@register.simple_tag(takes_context=True)
def csrf_field(context: RequestContext) -> str:
    """The hidden inputs of every form, for components called with `only`, where the plain tag finds nothing."""
    token = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(context.request))
    return token + once_field()


@register.filter
def clock(moment: dt.datetime | None) -> str:
    """When something was saved: 14:02 today, with the day before that."""
    return said_at(moment) if moment else ""


@register.filter
def page_numbers(page: Page[Any]) -> list[int | None]:
    """The numbers that the pager shows, None for a gap: 1 … 4 5 6 … 20."""
    return [
        n if isinstance(n, int) else None
        for n in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    ]


@register.filter
def bars(quota: object) -> list[dict[str, str]]:
    """The bars of the quota meter, in percent of the cap: [{kind, start, width}] for used, approved, reserved."""
    start, drawn = Decimal(0), []
    for kind in ("used", "approved", "reserved"):
        width = Decimal(_of(quota, kind)) * 100 / Decimal(_of(quota, "cap") or 1)
        drawn.append({"kind": kind, "start": f"{start:.2f}", "width": f"{width:.2f}"})
        start += width
    return drawn


def _of(thing: object, name: str) -> Any:
    return thing[name] if isinstance(thing, dict) else getattr(thing, name)


@register.filter
def in_print(value: object) -> object:
    """A text that says of each sign which no printed face has how it is printed; anything else as it is."""
    missing = without_glyph(value) if isinstance(value, str) else []
    if not missing or not isinstance(value, str):
        return value
    pieces = ((sign, f"（{code_of(sign)}，打印为方框）" if sign in missing else "") for sign in value)
    return "".join(map("".join, pieces))
