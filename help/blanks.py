"""Every form as an empty paper, drawn from the form itself: its sections, labels, hints, and boxes to write into (ADR 0209)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from accounts.certification.forms import CertificationForm
from accounts.permissions import NEEDED as OF_UNIT
from catalog.admissions.forms import PLEDGE, AdmissionForm
from catalog.admissions.rows import QualificationForm
from catalog.permissions import NEEDED as OF_ADMISSION
from help.papers import digest_of, look_of, remembered
from policy.models import PolicyVersion
from redemption.forms import ClaimForm
from redemption.permissions import NEEDED as OF_CLAIM
from redemption.rows.forms import ContractForm, ReceiptForm
from redemption.rows.invoices import InvoiceForm
from ui.printing import print_pdf
from ui.widgets import Lines
from vouchers.forms import ApplicationForm
from vouchers.permissions import NEEDED as OF_APPLICATION

TEMPLATE = "pdf/blank.html"
LINES = 3  # empty rows of a list
FEW = 8  # choices that are printed to be ticked
DECLARED = ("declares_unrelated", "declares_no_other_funds", "declares_not_statutory")  # asked for by the pledge
LEFT_OUT = {"code_claimed", "kept", "rating"}  # asked for by what was typed, or of the form's own, or after all is done


@dataclass(frozen=True)
class Box:
    """One field on paper."""

    label: str
    hint: str
    kind: str  # line, tall, tick, choices or paper
    choices: tuple[str, ...] = ()
    needed: bool = False


@dataclass(frozen=True)
class Rows:
    """A list of the form: its columns, and so many empty lines."""

    title: str
    columns: tuple[str, ...]
    lines: range = range(LINES)


@dataclass(frozen=True)
class Blank:
    """A form of the portal: what it is called, the class that asks, its lists."""

    name: str
    form: Any
    needed: tuple[str, ...] = ()  # names beside those that the class asks for: the machine does
    rows: tuple[tuple[str, Any], ...] = ()


BLANKS = {
    "certification": Blank("单位认证", CertificationForm, OF_UNIT),
    "application": Blank("创新券申请", ApplicationForm, (*OF_APPLICATION, *DECLARED)),
    "claim": Blank(
        "创新券兑现", ClaimForm, OF_CLAIM, (("发票", InvoiceForm), ("银行回单", ReceiptForm), ("合同", ContractForm))
    ),
    "admission": Blank("服务机构入驻", AdmissionForm, OF_ADMISSION, (("资质", QualificationForm),)),
}


def sections_of(blank: Blank) -> Iterator[tuple[str, list[Box]]]:
    """The form's sections with a box for each field that is asked of everybody."""
    fields, needed = blank.form.base_fields, {name.removesuffix("_id") for name in blank.needed}
    for title, names in blank.form.sections.items():
        asked = [name for name in names if name in fields and name not in LEFT_OUT]
        if asked:
            yield title, [box_of(fields[name], needed=fields[name].required or name in needed) for name in asked]


def box_of(field: forms.Field, *, needed: bool) -> Box:
    """The place on paper for what the field takes."""
    choices = tuple(ticks_of(field))
    return Box(
        label=str(field.label or ""),
        hint=strip_tags(str(field.help_text)),
        kind=kind_of(field, choices),
        choices=choices,
        needed=needed,
    )


def ticks_of(field: forms.Field) -> Iterator[str]:
    """The choices that are few and stand in the code; those of the database are written in."""
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        choices: Any = field.choices
        named = [str(label) for value, label in choices if value not in {"", None}]
        yield from named if len(named) <= FEW else ()


def kind_of(field: forms.Field, choices: tuple[str, ...]) -> str:
    """How the field is drawn."""
    if choices:
        return "choices"
    if isinstance(field, forms.FileField):
        return "paper"
    if isinstance(field, forms.BooleanField):
        return "tick"
    return "tall" if isinstance(field.widget, Lines) else "line"


def columns_of(fields: Mapping[str, forms.Field]) -> tuple[str, ...]:
    """What the heads of a list's columns say; not those that come with a certain kind alone."""
    shown = (field for field in fields.values() if not is_aside(field.widget))
    return tuple(str(field.label or "文件") for field in shown)


def is_aside(widget: forms.Widget) -> bool:
    """Whether the field is hidden, or shown for some choice of another one."""
    return isinstance(widget, forms.HiddenInput) or "data-shown-for" in widget.attrs


def pledge_of(matter: str, policy: PolicyVersion) -> list[str]:
    """What is signed with the form."""
    return {"application": policy.pledge_text.splitlines(), "admission": list(PLEDGE)}.get(matter, [])


def blank_context(matter: str) -> dict[str, Any]:
    """What stands on the paper."""
    blank, policy = BLANKS[matter], PolicyVersion.objects.remembered()
    return {
        "name": blank.name,
        "sections": list(sections_of(blank)),
        "rows": [Rows(title, columns_of(form.base_fields)) for title, form in blank.rows],
        "pledge": pledge_of(matter, policy),
        "pledged": next((title for title, names in blank.form.sections.items() if "pledge" in names), ""),
    }


def blank_pdf(matter: str) -> bytes:
    """The empty form as PDF, made once for what it says."""
    context = blank_context(matter)
    mark = digest_of([render_to_string(TEMPLATE, context), look_of(TEMPLATE)])
    return remembered(f"help-blank-{mark}", lambda: print_pdf(TEMPLATE, context, mark=mark))
