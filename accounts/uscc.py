"""统一社会信用代码 (GB 32100-2015): read as typed, judged exactly, never guessed (domain.md §6.2)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ui.codes import ALPHABET, LENGTH, REGION, has_right_check
from ui.figures import are_figures, half_width

ROOM = 100  # characters that a box for a code takes
PUBLIC_INSTITUTION = "12"
LOOK_ALIKES = {"O": "0", "I": "1", "Z": "2", "S": "5"}


def normalise(text: str) -> str:
    """Drop spaces and hyphens, make full width half and small letters capital; O stays O, 0 stays 0."""
    half = half_width(text).replace("-", "")
    return "".join(sign.upper() if sign.isascii() else sign for sign in half)


def problems(text: str) -> list[ValidationError]:
    """List what is wrong, each under its code: `length`, `alphabet`, `prefix`; `checksum` only alone."""
    code = normalise(text)
    found = [_foreign(place, sign) for place, sign in enumerate(code, 1) if sign not in ALPHABET]
    if len(code) != LENGTH:
        found.append(ValidationError(f"统一社会信用代码应为 18 位，现在是 {len(code)} 位，请核对。", code="length"))
    elif not found:
        found = _wrong_region(code) or _wrong_check(code)
    return found


def check(text: str) -> str:
    """Return the normalised code; raise ValidationError with every problem found."""
    if found := problems(text):
        raise ValidationError(found)
    return normalise(text)


def is_off_by_check_digit(code: str) -> bool:
    """Whether nothing but the check digit is wrong: such codes stand on real papers."""
    return [problem.code for problem in problems(code)] == ["checksum"]


def is_public_institution(code: str) -> bool:
    """Tell whether the code is one of a 事业单位: it may be a provider, not an applicant (domain.md §3)."""
    return normalise(code).startswith(PUBLIC_INSTITUTION)


def _foreign(place: int, sign: str) -> ValidationError:
    twin = LOOK_ALIKES.get(sign)
    hint = f"，如应为数字 {twin} 请改正" if twin else "，请对照证照核对"
    return ValidationError(f"第 {place} 位“{sign}”不是统一社会信用代码使用的字符{hint}。", code="alphabet")


def _wrong_region(code: str) -> list[ValidationError]:
    return [
        ValidationError(f"第 {place} 位“{sign}”应为数字：第 3 至 8 位是登记机关的行政区划码。", code="prefix")
        for place, sign in enumerate(code[REGION], REGION.start + 1)
        if not are_figures(sign)
    ]


def _wrong_check(code: str) -> list[ValidationError]:
    if has_right_check(code):
        return []
    sentence = "统一社会信用代码的校验位不符，请对照证照逐位核对；证照上确为此代码的，请联系技术支持凭证照核验。"
    return [ValidationError(sentence, code="checksum")]


class UsccField(forms.CharField):
    """One credit code in a form: shown as typed, cleaned to the normal form.

    admit_checksum: let a wrong check digit pass, for the platform's admission on paper proof.
    """

    def __init__(self, *, admit_checksum: bool = False, **kwargs: Any) -> None:
        self.admit_checksum = admit_checksum
        kwargs.setdefault("label", "统一社会信用代码")
        kwargs.setdefault("help_text", "营业执照或法人证书上的 18 位代码")
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask the browser to leave the code alone."""
        return super().widget_attrs(widget) | {
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
        }

    def to_python(self, value: Any) -> str:
        """Normalise what was typed."""
        return normalise(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        """Judge the normalised code."""
        super().validate(value)
        found = [problem for problem in problems(value) if not (self.admit_checksum and problem.code == "checksum")]
        if value and found:
            raise ValidationError(found)
