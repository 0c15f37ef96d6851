"""Passwords hold three of four classes of signs; those of staff are longer (domain.md §10)."""

from typing import Any

from django.contrib.auth import password_validation as django_rules
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts.staff import is_staff
from records.people import Person
from ui.figures import are_figures

CLASSES = (str.islower, str.isupper, are_figures, lambda sign: not sign.isalnum())
CLASSES_NEEDED = 3
LEAST_LENGTH, STAFF_LENGTH = 8, 12  # characters
MISTYPED = "密码不正确，请重新输入。"
SHORT = "short_password"


def keep_length(request: HttpRequest | None, user: Person | None, credentials: dict[str, Any]) -> None:
    """Let the session know whether the password is one of staff's length: it is read here and kept nowhere."""
    if request is not None and user is not None:
        request.session[SHORT] = len(credentials.get("password") or "") < STAFF_LENGTH


class LengthValidator(django_rules.MinimumLengthValidator):
    """The rule of Django, with the number of characters that there are."""

    def __init__(self, min_length: int = LEAST_LENGTH) -> None:
        super().__init__(min_length)

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raise ValidationError for a password that is too short."""
        if len(password) < self.min_length:
            words = f"密码至少 {self.min_length} 个字符，现在是 {len(password)} 个，请加长。"
            raise ValidationError(words, code="password_too_short")

    def get_help_text(self) -> str:
        """The rule, said before the password is typed."""
        return f"至少 {self.min_length} 个字符。"


class UnlikePersonValidator(django_rules.UserAttributeSimilarityValidator):
    """The rule of Django about what is known of the person."""

    KNOWN = ("username", "name", "phone", "email")

    def __init__(self, user_attributes: tuple[str, ...] = KNOWN, max_similarity: float = 0.7) -> None:
        """Compare with what this portal knows of a person."""
        super().__init__(user_attributes, max_similarity)

    def get_error_message(self) -> str:
        """What is said of a password that is like the person's name or number."""
        return "密码与%(verbose_name)s太相似，容易被猜到，请换一个。"

    def get_help_text(self) -> str:
        """The rule, said before the password is typed."""
        return "不能与用户名、姓名、手机号或邮箱相似。"


class UncommonValidator(django_rules.CommonPasswordValidator):
    """The rule of Django about passwords that many people use."""

    def get_error_message(self) -> str:
        """What is said of a password that stands in the list."""
        return "这个密码太常见，容易被猜到，请换一个。"

    def get_help_text(self) -> str:
        """The rule, said before the password is typed."""
        return "不能是常见的密码。"


class MixedPasswordValidator:
    """Three of: small letters, capitals, figures, other signs; twelve characters for staff."""

    def validate(self, password: str, user: Person | None = None) -> None:
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
