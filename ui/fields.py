"""Form fields of the domain: each error names the field's rule and the way out of it."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from ui.templatetags.ui import mask_account
from ui.widgets import DateInput, MoneyInput, UploadInput

PHONE = re.compile(r"1[3-9]\d{9}")
ACCOUNT_DIGITS = (8, 30)
FEN = Decimal("0.01")
NO_AMOUNT = "金额只能是数字，例如 10000.00，请改正。"
GREATEST = Decimal(10) ** 10  # yuan; the column holds twelve figures
NAME_SIGNS = str.maketrans("()．•・･‧", "（）·····")


def half_width(text: str) -> str:
    """The text with full-width letters, figures and signs as half-width ones, and no space at all."""
    return "".join(unicodedata.normalize("NFKC", text).split())


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
        text = re.sub(r"[,，¥￥元\s]", "", half_width(str(value)))
        if not re.fullmatch(r"[+-]?\d{1,20}(\.\d*)?", text):
            raise ValidationError(NO_AMOUNT, code="invalid")
        return self.in_fen(Decimal(text))

    def in_fen(self, amount: Decimal) -> Decimal:
        """The amount with two places; raises ValidationError outside the rule."""
        if amount <= 0:
            raise ValidationError("金额应大于 0，请填写实际金额。", code="min_value")
        if amount >= GREATEST:
            raise ValidationError("金额过大，请核对单位是否为元。", code="max_value")
        try:
            exact = amount.quantize(FEN)
        except InvalidOperation:  # pragma: no cover - the pattern leaves no such number
            raise ValidationError(NO_AMOUNT, code="invalid") from None
        if exact != amount:
            raise ValidationError("金额最多两位小数（到分），请改正。", code="max_decimal_places")
        return exact


class PhoneField(forms.CharField):
    """A mobile number of the mainland; +86, spaces, hyphens and full width are taken off."""

    def __init__(self, **kwargs: Any) -> None:
        """Make the field with a keyboard for figures."""
        attrs = {"inputmode": "tel", "autocomplete": "tel"}
        super().__init__(**{"widget": forms.TextInput(attrs=attrs)} | kwargs)

    def clean(self, value: object) -> str:
        """The eleven figures; raises ValidationError for anything else."""
        typed = re.sub(r"^(\+?86)(?=1\d{10}$)", "", re.sub(r"[-—–]", "", half_width(str(value or ""))))
        number: str = super().clean(typed)  # a field of the administration answers None for nothing
        if number and not PHONE.fullmatch(number):
            raise ValidationError("手机号应为 11 位数字，以 13 至 19 开头，请核对后重填。", code="invalid")
        return number


class AccountNumberField(forms.CharField):
    """A bank account: 8 to 30 figures; spaces and hyphens are taken off, no check figure is asked."""

    mask = staticmethod(mask_account)  # what reads it but its owner

    def __init__(self, **kwargs: Any) -> None:
        """Make the field with a keyboard for figures."""
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(**{"widget": forms.TextInput(attrs=attrs)} | kwargs)

    def clean(self, value: object) -> str:
        """The figures; raises ValidationError for anything else."""
        number: str = super().clean(re.sub(r"[-—–]", "", half_width(str(value or ""))))
        least, most = ACCOUNT_DIGITS
        if number and not re.fullmatch(rf"[0-9]{{{least},{most}}}", number):
            raise ValidationError("银行账号应为 8 至 30 位数字，请照开户许可或银行回单填写。", code="invalid")
        return number


class NameField(forms.CharField):
    """A name of a unit or a thing: brackets of either width are equal, · and rare characters are welcome."""

    WORD, WAY_OUT = "名称", "请照证件填写全称"

    def __init__(self, *, max_length: int = 120, **kwargs: Any) -> None:
        """Make the field; a name has at least two characters."""
        super().__init__(max_length=max_length, **kwargs)

    def clean(self, value: object) -> str:
        """The name with full-width brackets and single spaces; raises ValidationError where it is no name."""
        name: str = super().clean(" ".join(str(value or "").translate(NAME_SIGNS).split()))
        if name and any(unicodedata.category(sign) in {"Cc", "Cf", "Co"} for sign in name):
            raise ValidationError(f"{self.WORD}中有不可见的字符，请重新输入，不要粘贴。", code="invalid")
        if name and (len(name) == 1 or not any(sign.isalpha() for sign in name)):
            raise ValidationError(f"{self.WORD}至少两个字，{self.WAY_OUT}。", code="invalid")
        return name


class PersonField(NameField):
    """A name of a person."""

    WORD, WAY_OUT = "姓名", "请照身份证件填写姓和名"


class DateField(forms.DateField):
    """A day, chosen or typed as 2026-11-24; not_future refuses a day after today in Tianjin."""

    widget = DateInput
    default_error_messages = {"invalid": "日期应为 2026-11-24 这样的年月日，请重新选择。"}

    def __init__(self, *, not_future: bool = False, **kwargs: Any) -> None:
        """Make the field; not_future for papers, which are never of tomorrow."""
        self.not_future = not_future
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", "%Y.%m.%d"])
        super().__init__(**kwargs)
        self.widget.not_future = not_future

    def clean(self, value: object) -> Any:
        """The day; raises ValidationError for a day after today if that is refused."""
        date = super().clean(half_width(value) if isinstance(value, str) else value)
        if date and self.not_future and date > timezone.localdate():
            raise ValidationError("日期不能晚于今天，请照材料上的日期填写。", code="future")
        return date


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
