"""Form base: sections stand once in the form and draw the form, the page that shows it, and the paper."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.db import models
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.choices import CallableChoiceIterator
from django.utils.html import format_html

from ui.asked import asked_to_correct
from ui.fields import NameField, one_line
from ui.printable import check_printable, in_boxes

MONEY_PLACES = 2
ONE_LINE = (forms.TextInput, forms.EmailInput, forms.URLInput)  # boxes whose text is one line
FREE_TEXT = (forms.TextInput, forms.Textarea)
UNLISTED = "所选的{0}不在列表中，请重新选择；其他填写的内容不受影响。"
NOT_UPLOADED = "{0}没有上传成功，请重新选择文件。"
CHOOSE, DASHES = "请选择", BLANK_CHOICE_DASH[0][1]
SAID_ABOVE = "页面上方说明的问题"
MALFORMED = "{0}不正确，请核对后重填。"
REFUSALS: dict[str, str] = {  # code of a validator → what it says; {0} is the field's label
    "min_length": "至少写 %(limit_value)d 个字，现在是 %(show_value)d 个字，请补充。",
    "max_length": "最多写 %(limit_value)d 个字，现在是 %(show_value)d 个字，请删减。",
    "min_value": "{0}不能小于 %(limit_value)s，请改正。",
    "max_value": "{0}不能大于 %(limit_value)s，请改正。",
    "max_digits": "{0}的数字最多 %(max)s 位，请核对单位后改正。",
    "max_whole_digits": "{0}的整数部分最多 %(max)s 位，请核对单位后改正。",
    "max_decimal_places": "{0}最多 %(max)s 位小数，请改正。",
    "step_size": "{0}应为 %(limit_value)s 的倍数，请改正。",
    "null_characters_not_allowed": "{0}中有不可见的字符，请重新输入，不要粘贴。",
    "invalid_choice": UNLISTED,
    "invalid_list": UNLISTED,
    "invalid_pk_value": UNLISTED,
    "missing": NOT_UPLOADED,
    "empty": "{0}是空文件，请重新选择。",
    "contradiction": "请只选择新的{0}，或者只勾选清除。",
    "invalid_image": "{0}不是可以打开的图片，请换一张。",
}
INVALID: dict[
    type[forms.Field], str
] = {  # kind of field → what it says of a value that is none; the nearest kind counts
    forms.FloatField: "{0}应为数字，例如 12.5，请改正。",
    forms.DecimalField: "{0}应为数字，例如 12.50，请改正。",
    forms.IntegerField: "{0}应为整数，例如 12，请改正。",
    forms.DateTimeField: "{0}应为 2026-11-24 09:30 这样的时间，请重新填写。",
    forms.DateField: "{0}应为 2026-11-24 这样的年月日，请重新选择。",
    forms.TimeField: "{0}应为 09:30 这样的时间，请重新填写。",
    forms.EmailField: "{0}应为 name@example.com 这样的地址，请核对后重填。",
    forms.URLField: "{0}应为 https:// 开头的网址，请核对后重填。",
    forms.UUIDField: MALFORMED,
    forms.JSONField: MALFORMED,
    forms.FileField: NOT_UPLOADED,
}


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


class SayingMixin:
    """Lets each field refuse by name: which field, which rule, and the way out."""

    fields: dict[str, Any]  # of the form that this is mixed into

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our sentences in the place of Django's, and let a box of one line take one line."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            say(field)
            name_nothing(field)
            uncut(field)
            if type(field) is forms.CharField and isinstance(field.widget, FREE_TEXT):
                field.validators.append(check_printable)
            box: Any = field.widget
            if isinstance(field.widget, ONE_LINE):
                box.value_from_datadict = on_one_line(box.value_from_datadict)


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


def on_one_line(read: Callable[..., Any]) -> Callable[..., Any]:
    """What a box has been sent, without breaks and control characters, which would poison a mail or a trail."""

    def value(*given: object) -> Any:
        typed = read(*given)
        return one_line(typed) if isinstance(typed, str) else typed

    return value


def say(field: forms.Field) -> None:
    """Give a field our sentences, except where it has its own already."""
    kind = next((INVALID[base] for base in type(field).__mro__ if base in INVALID), "")
    known = REFUSALS | ({"invalid": kind} if kind else {}) | {"required": asking(field)}
    own = {code for code, words in field.error_messages.items() if words != django_words(field, code)}
    for code in known.keys() - own:
        field.error_messages[code] = known[code].replace("{0}", str(field.label or "此项").replace("%", "％"))


def name_nothing(field: forms.Field | None) -> None:
    """Call the choice of nothing 请选择, where Django draws a line."""
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = CHOOSE if field.empty_label == DASHES else field.empty_label
    elif isinstance(field, forms.ChoiceField) and not isinstance(field.choices, CallableChoiceIterator):
        choices: Any = field.choices
        field.choices = [(value, CHOOSE if words == DASHES else words) for value, words in choices]


def uncut(field: forms.Field) -> None:
    """Let the browser cut nothing that is pasted into the field: the server says how much is too much."""
    if isinstance(field, forms.CharField) and isinstance(field.widget, forms.TextInput):
        field.widget.attrs.pop("maxlength", None)


def django_words(field: forms.Field, code: str) -> Any:
    """What Django itself would say here; None for a code that it does not know."""
    bases: list[Any] = [base for base in type(field).__mro__ if base.__module__.startswith("django.")]
    return next(
        (base.default_error_messages[code] for base in bases if code in vars(base).get("default_error_messages", {})),
        None,
    )


def rename(field: forms.Field, label: str) -> None:
    """Call the field something else, also in what it says where it is empty."""
    field.label = label
    field.error_messages["required"] = asking(field)


def asking(field: forms.Field) -> str:
    """请填写…, 请选择…, 请上传… or 请阅读并勾选: what an empty required field says."""
    if isinstance(field, forms.BooleanField):
        return "请阅读并勾选。"
    kinds = {forms.FileField: "上传", forms.ChoiceField: "选择", forms.DateField: "选择"}
    verb = next((verb for kind, verb in kinds.items() if isinstance(field, kind)), "填写")
    label = str(field.label or "")
    return f"请{label}。" if label.startswith("再") else f"请{verb}{label}。"  # 请再输入一次密码


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
