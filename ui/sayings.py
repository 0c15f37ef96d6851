"""What a field of a form refuses with: our sentences in the place of Django's."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.choices import CallableChoiceIterator

from ui.fields import one_line
from ui.printable import check_printable

ONE_LINE = (forms.TextInput, forms.EmailInput, forms.URLInput)  # boxes whose text is one line
FREE_TEXT = (forms.TextInput, forms.Textarea)
UNLISTED = "所选的{0}不在列表中，请重新选择；其他填写的内容不受影响。"
NOT_UPLOADED = "{0}没有上传成功，请重新选择文件。"
CHOOSE, DASHES = "请选择", BLANK_CHOICE_DASH[0][1]
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


def let_speak(field: forms.Field) -> None:
    """Give a field of a form our sentences, and a box of one line one line; to each but once."""
    vars(field)["speaks"] = True
    say(field)
    name_nothing(field)
    uncut(field)
    if type(field) is forms.CharField and isinstance(field.widget, FREE_TEXT):
        field.validators.append(check_printable)
    box: Any = field.widget
    if isinstance(field.widget, ONE_LINE):
        box.value_from_datadict = on_one_line(box.value_from_datadict)


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
