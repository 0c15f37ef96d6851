"""Form base: sections stand once in the form and draw the form, the page that shows it, and the paper."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.db import models
from django.utils.html import format_html

from ui.asked import asked_to_correct
from ui.fields import NameField
from ui.printable import in_boxes
from ui.sayings import let_speak

if TYPE_CHECKING:  # what it is mixed into
    Form = forms.BaseForm
else:
    Form = object

MONEY_PLACES = 2
SAID_ABOVE = "页面上方说明的问题"


class Row(NamedTuple):
    """One line of a page that shows what was typed."""

    label: str
    value: Any
    kind: str = ""  # as components/value.html knows them
    name: str = ""  # of the field that was typed; "" for what stands beside it
    way: Mapping[str, str] | None = (
        None  # {url, label, paper} to the paper that says it, as papers.evidence.way gives it
    )


Sections = list[tuple[str, list[Row]]]  # title → rows, for components/field_list.html


class Section(Fieldset):
    """A numbered group of fields."""

    template = "%s/layout/section.html"

    def __init__(self, number: int, title: str, names: list[str]) -> None:
        """Number and title stand in the legend."""
        super().__init__(title, *names)
        self.number = number


class CorrectedField(forms.BoundField):
    """A field in its form; it stands out where the reviewer asked for a correction.

    Below a name stands how it is printed, where no face has one of its characters.
    """

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        if isinstance(field, NameField) and (said := in_boxes(str(self.value() or ""))):
            self.help_text = format_html("{} {}", self.help_text, said)

    def css_classes(self, extra_classes: str | Iterable[str] | None = None) -> str:
        """The classes of the field's frame."""
        marked = "field-marked" if self.name in getattr(self.form, "corrections", ()) else ""
        return " ".join(filter(None, [super().css_classes(extra_classes), marked]))


class SayingMixin(Form):
    """Lets each field refuse by name: which field, which rule, and the way out."""

    fields: dict[str, Any]  # of the form that this is mixed into

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our sentences in the place of Django's, and let a box of one line take one line."""
        super().__init__(*args, **kwargs)
        self.speak()

    def full_clean(self) -> None:
        """What a form has added behind that speaks as the others do."""
        self.speak()
        super().full_clean()

    def speak(self) -> None:
        """Let each field that does not yet say what is ours."""
        for field in self.fields.values():
            if not getattr(field, "speaks", False):
                let_speak(field)


class SectionsMixin(SayingMixin):
    """Gives a form numbered sections: `sections = {"标题": ["field", …]}`; what is in none stands at the end.

    corrections: names of the fields that a reviewer asked to correct; they say so, with his `words`, and stand out.
    """

    sections: ClassVar[dict[str, list[str]]] = {}
    base_fields: dict[str, forms.Field]
    instance: Any
    bound_field_class: Any = CorrectedField

    def __init__(self, *args: Any, corrections: Iterable[str] = (), **kwargs: Any) -> None:
        """Let each required field ask for itself by name."""
        super().__init__(*args, **kwargs)
        self.asked_for, self.corrections = corrections, frozenset(corrections)
        for name, field in self.fields.items():
            if name in self.corrections:
                field.help_text = format_html("{}{}", asked_to_correct(corrections), field.help_text)

    @property
    def helper(self) -> FormHelper:
        """How crispy draws the form: no form tag and no CSRF field of its own."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(*self.layout_parts())
        return helper

    def layout_parts(self) -> Iterator[Any]:
        """The sections with the fields that this form really has, then the fields that are in none."""
        named = [(title, [n for n in names if n in self.fields]) for title, names in self.sections.items()]
        shown = [(title, names) for title, names in named if names]
        for number, (title, names) in enumerate(shown, start=1):
            yield Section(number, title, names)
        placed = {name for _, names in shown for name in names}
        yield from [name for name in self.fields if name not in placed]

    def as_sections(self, instance: object = None) -> Sections:
        """The read-only list of this form's instance for components/field_list.html."""
        return read_sections(type(self), self.instance if instance is None else instance)


def read_sections(form_class: type["SectionsMixin"], instance: object, *, whole: bool = True) -> Sections:
    """What the form's sections hold, read from the instance; unless `whole`, as the fields' own masks let through."""
    return [
        (title, [read_row(form_class, instance, name, whole=whole) for name in names if hasattr(instance, name)])
        for title, names in form_class.sections.items()
    ]


def read_row(form_class: type["SectionsMixin"], instance: object, name: str, *, whole: bool = True) -> Row:
    """One field, with choices in words; the form's label wins over the model's."""
    declared = form_class.base_fields.get(name)
    column = model_field(instance, name)
    label = (declared and declared.label) or (column and column.verbose_name) or name
    value = read_value(instance, name, declared)
    mask = getattr(declared, "mask", None)
    shown = mask(value) if mask and not whole else value
    return Row(str(label), shown, kind_of(column, value), name)


def model_field(instance: object, name: str) -> Any:
    """The model's column of this name; None for anything that is computed."""
    meta = getattr(instance, "_meta", None)
    return next((field for field in meta.fields if field.name == name), None) if meta else None


def read_value(instance: object, name: str, declared: forms.Field | None) -> Any:
    """The value as people read it: choices by label, yes and no, many as a list."""
    value = getattr(instance, name)
    display = getattr(instance, f"get_{name}_display", None)
    if callable(display):
        return display()
    if isinstance(value, models.Manager):
        return [str(item) for item in value.all()]
    if isinstance(value, list | tuple):
        labels = dict(getattr(declared, "choices", ()))
        return [str(labels.get(item, item)) for item in value]
    if isinstance(value, bool):
        return "是" if value else "否"
    return value


def kind_of(column: object, value: object) -> str:
    """The kind by which components/value.html shows the value."""
    if isinstance(value, dt.datetime):
        return "time"
    if isinstance(value, dt.date):
        return "date"
    if isinstance(value, Decimal) and getattr(column, "decimal_places", None) == MONEY_PLACES:
        return "money"
    if isinstance(value, list):
        return "list"
    if hasattr(value, "sha256"):
        return "document"
    return "text" if isinstance(column, models.TextField) else ""


def needed_with(field: forms.Field, name: str, *values: str) -> None:
    """Mark the field as one that must be filled in while the form's `name` has one of the values (static/js/needed.js)."""
    field.widget.attrs["data-needed-with"] = " ".join([name, *values])


def missing_of(form: forms.BaseForm) -> list[tuple[str, str]]:
    """[(words, #anchor)] of what keeps the form from going off, for components/missing.html.

    That is each required field without a value, each field that the page calls wrong, and what it says of the whole.
    """
    found = [
        (str(field.label), f"#{field.id_for_label or field.auto_id}")
        for field in form.visible_fields()
        if field.errors or (field.field.required and field.value() in (None, "", [], False))
    ]
    return found + ([(SAID_ABOVE, "#error-summary")] if form.non_field_errors() else [])
