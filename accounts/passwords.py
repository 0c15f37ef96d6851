"""Passwords hold three of four classes of signs; those of staff are longer (domain.md §10)."""

from typing import Any

from django.core.exceptions import ValidationError

from accounts.staff import is_staff

CLASSES = (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum())
CLASSES_NEEDED = 3
STAFF_LENGTH = 12


class MixedPasswordValidator:
    """Three of: small letters, capitals, figures, other signs; twelve characters for staff."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError with the rule that is broken."""
        if sum(any(map(test, password)) for test in CLASSES) < CLASSES_NEEDED:
            raise ValidationError("密码应包含大写字母、小写字母、数字、符号中的至少三种。", code="password_classes")
        if len(password) < STAFF_LENGTH and user is not None and user.pk and is_staff(user):
            raise ValidationError(
                f"管理、审核和评审人员的密码至少 {STAFF_LENGTH} 个字符。", code="password_staff_length"
            )

    def get_help_text(self) -> str:
        """The rule, said before the password is typed."""
        return "包含大写字母、小写字母、数字、符号中的至少三种。"
