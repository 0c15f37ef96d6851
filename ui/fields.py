"""Form fields of the domain: each error names the field's rule and the way out of it."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from dateutil.relativedelta import relativedelta
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from ui.figures import (
    AMOUNT_FAULTS,
    FOLDED,
    GREATEST,
    LANDLINE,
    NUMBER,
    PHONE,
    bare_landline,
    bare_phone,
    half_width,
    visible,
)
from ui.han import as_characters, is_letter
from ui.names import LEAST, own_sign
from ui.templatetags.ui import mask_account
from ui.widgets import DateInput, MoneyInput, UploadInput

DAY = re.compile(r"[0-9]{4}[-/.年]?[0-9]{1,2}[-/.月]?[0-9]{1,2}日?")
ACCOUNT_DIGITS = (8, 30)
FEN = Decimal("0.01")
FIRST_DAY, MOST_YEARS = dt.date(1900, 1, 1), 100  # of a day of no particular kind
NO_PHONE = "电话应为 11 位手机号，或带区号的号码，例如 022-60000001；有几个的，中间用顿号隔开。"
PAPERS_SINCE = dt.date(2000, 1, 1)  # domain.md §6.2
BREAKS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029")


def one_line(text: str) -> str:
    """The text on one line: breaks and tabs are spaces, control characters and what nobody sees are gone, its ends are bare."""
    spaced = "".join(" " if sign in BREAKS else sign for sign in as_characters(visible(text)))
    return "".join(sign for sign in spaced if unicodedata.category(sign) != "Cc").strip()


class MoneyField(forms.DecimalField):
    """An amount in yuan, more than 0, two places; thousands separators, ¥ and full width are taken off."""

    widget = MoneyInput

    def __init__(self, *, capitals: bool = False, **kwargs: Any) -> None:
        """Make the field; capitals shows the Chinese capitals while typing."""
        kwargs.setdefault("max_digits", 12)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("widget", MoneyInput(capitals=capitals))
        super().__init__(**kwargs)

    def to_python(self, value: object) -> Any:  # a Decimal, or None for nothing typed
        """The amount; raises ValidationError for what is not one."""
        if value in self.empty_values:
            return None
        text = re.sub(r"[,¥元]", "", half_width(str(value)))
        if not NUMBER.fullmatch(text):
            raise ValidationError(AMOUNT_FAULTS["invalid"], code="invalid")
        return self.in_fen(Decimal(text))

    def in_fen(self, amount: Decimal) -> Decimal:
        """The amount with two places; raises ValidationError outside the rule."""
        if amount <= 0:
            raise ValidationError(AMOUNT_FAULTS["min_value"], code="min_value")
        if amount >= GREATEST:
            raise ValidationError(AMOUNT_FAULTS["max_value"], code="max_value")
        try:
            exact = amount.quantize(FEN)
        except InvalidOperation:  # pragma: no cover - the pattern leaves no such number
            raise ValidationError(AMOUNT_FAULTS["invalid"], code="invalid") from None
        if exact != amount:
            raise ValidationError(AMOUNT_FAULTS["max_decimal_places"], code="max_decimal_places")
        return exact


def in_figures(field: forms.Field, value: object) -> str:
    """The number as it was typed, without separators and full width; raises ValidationError for digits of other scripts."""
    text = "" if value in field.empty_values else half_width(str(value)).replace(",", "")
    if text and not NUMBER.fullmatch(text):
        raise ValidationError(field.error_messages["invalid"], code="invalid")
    return text


class CountField(forms.IntegerField):
    """A whole number in figures of 0 to 9."""

    def to_python(self, value: object) -> Any:
        """The number, or None for nothing typed."""
        return super().to_python(in_figures(self, value))


class PhoneField(forms.CharField):
    """A mobile number of the mainland; +86, spaces, hyphens and full width are taken off."""

    def __init__(self, **kwargs: Any) -> None:
        """Make the field with a keyboard for figures."""
        attrs = {"inputmode": "tel", "autocomplete": "tel"}
        super().__init__(**{"widget": forms.TextInput(attrs=attrs)} | kwargs)

    def clean(self, value: object) -> str:
        """The eleven figures; raises ValidationError for anything else."""
        number: str = super().clean(
            bare_phone(str(value or ""))
        )  # a field of the administration answers None for nothing
        if number and not PHONE.fullmatch(number):
            raise ValidationError("手机号应为 11 位数字，以 13 至 19 开头，请核对后重填。", code="invalid")
        return number


class LandlineField(PhoneField):
    """Where an institution is called: mobile numbers, those with area code and extension, 400 and 800; several have 、 between them."""

    def __init__(self, **kwargs: Any) -> None:
        """Make the field; the column holds so many characters."""
        super().__init__(**{"max_length": 40} | kwargs)

    def clean(self, value: object) -> str:
        """The numbers, joined by 、; raises ValidationError for anything else."""
        typed = forms.CharField.clean(self, visible(str(value or "")).translate(FOLDED))
        numbers = [bare_landline(part) for part in re.split("[、,;/]", typed) if part.strip()]
        if not all(LANDLINE.fullmatch(number) or PHONE.fullmatch(number) for number in numbers):
            raise ValidationError(NO_PHONE, code="invalid")
        return "、".join(numbers)


class AccountNumberField(forms.CharField):
    """A bank account: 8 to 30 figures; spaces and hyphens are taken off, no check figure is asked."""

    mask = staticmethod(mask_account)  # what reads it but its owner

    def __init__(self, **kwargs: Any) -> None:
        """Make the field with a keyboard for figures."""
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(**{"widget": forms.TextInput(attrs=attrs)} | kwargs)

    def clean(self, value: object) -> str:
        """The figures; raises ValidationError for anything else."""
        number: str = super().clean(half_width(str(value or "")).replace("-", ""))
        least, most = ACCOUNT_DIGITS
        if number and not re.fullmatch(rf"[0-9]{{{least},{most}}}", number):
            raise ValidationError("银行账号应为 8 至 30 位数字，请照开户许可或银行回单填写。", code="invalid")
        return number


def refuse_own_signs(text: str) -> None:
    """Raise ValidationError for a character that only one machine knows."""
    if sentence := own_sign(text, "内容"):
        raise ValidationError(sentence, code="private")


class NameField(forms.CharField):
    """A name of a unit or a thing: any letter, · and every Chinese character are welcome, brackets stay as they are typed."""

    WORD, WAY_OUT = "名称", "请照证件填写全称"

    def __init__(self, *, max_length: int = 120, **kwargs: Any) -> None:
        """Make the field; a name has at least two characters."""
        super().__init__(max_length=max_length, **kwargs)

    def clean(self, value: object) -> str:
        """The name with single spaces, radicals as characters; raises ValidationError where it is no name."""
        name: str = super().clean(" ".join(as_characters(visible(str(value or ""))).split()))
        if sentence := own_sign(name, self.WORD):
            raise ValidationError(sentence, code="private")
        if any(unicodedata.category(sign) in {"Cc", "Cf"} for sign in name):
            raise ValidationError(f"{self.WORD}中有不可见的字符，请重新输入，不要粘贴。", code="invalid")
        if name and (len(name) < LEAST or not any(map(is_letter, name))):
            raise ValidationError(f"{self.WORD}至少两个字，{self.WAY_OUT}。", code="invalid")
        return name


class TitleField(NameField):
    """What something is called that stands in no certificate."""

    WAY_OUT = "请写完整"


class PersonField(NameField):
    """A name of a person."""

    WORD, WAY_OUT = "姓名", "请照身份证件填写姓和名"


class DateField(forms.DateField):
    """A day, chosen or typed as 2026-11-24, between a first and a last one that belong to its kind."""

    widget = DateInput
    default_error_messages = {
        "invalid": "日期应为 2026-11-24 这样的年月日，请重新选择。",
        "early": "您填写的是 %(day)s，日期不能早于 %(limit)s，请核对年份。",
        "late": "您填写的是 %(day)s，日期不能晚于 %(limit)s，请核对年份。",
        "future": "日期不能晚于今天，请照材料上的日期填写。",
    }

    def __init__(
        self, *, since: dt.date = FIRST_DAY, back: int | None = None, ahead: int = MOST_YEARS, **kwargs: Any
    ) -> None:
        """Make the field. since: its first day, or `back`: years before today in Tianjin; ahead: years after it, 0 for papers."""
        self.since, self.back, self.ahead = since, back, ahead
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", "%Y.%m.%d"])
        super().__init__(**kwargs)
        self.widget.limits = self.limits

    def limits(self) -> tuple[dt.date, dt.date]:
        """The first and the last day."""
        today = timezone.localdate()
        first = self.since if self.back is None else today - relativedelta(years=self.back)
        return first, today + relativedelta(years=self.ahead)

    def to_python(self, value: str | dt.date | None) -> Any:
        """The day; raises ValidationError for what is none in figures of 0 to 9."""
        typed = half_width(value) if isinstance(value, str) else value
        if isinstance(typed, str) and typed and not DAY.fullmatch(typed):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(typed)

    def clean(self, value: object) -> Any:
        """The day; raises ValidationError for one outside its limits."""
        date = super().clean(value)
        if date:
            self.check_limits(date)
        return date

    def check_limits(self, date: dt.date) -> None:
        """Raise ValidationError where the day is too early or too late."""
        first, last = self.limits()
        if date < first:
            self.refuse("early", first, date)
        if date > last:
            self.refuse("late" if self.ahead else "future", last, date)

    def refuse(self, code: str, limit: dt.date, day: dt.date) -> NoReturn:
        """Raise the ValidationError of this code."""
        raise ValidationError(self.error_messages[code], code=code, params={"limit": limit, "day": day})


class FilesField(forms.FileField):
    """Several files at once, at most `most`; gives the list of them, which records/uploads.py judges one by one."""

    def __init__(self, *, most: int = 5, **kwargs: Any) -> None:
        """Make the field with a drop area that takes several."""
        self.most = most
        super().__init__(**{"widget": UploadInput(several=True)} | kwargs)

    def clean(self, data: Iterable[Any] | None, initial: object = None) -> list[Any]:
        """The files; raises ValidationError for too many, an empty one, or none where one is needed."""
        files = [super(FilesField, self).clean(file, initial) for file in data or [None]]
        if len(files) > self.most:
            raise ValidationError(f"最多上传 {self.most} 个文件，请去掉多余的。", code="too_many")
        return [file for file in files if file]
