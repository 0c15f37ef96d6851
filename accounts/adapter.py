"""How allauth signs people in here: by user name or phone number, with a limit and one sentence for every failure."""

import re
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts.models import User
from ui.fields import PHONE, PhoneField, half_width

WRONG = "用户名、手机号或密码不正确，请核对后重试。"
LOCKED = "登录失败次数过多，为了帐号安全已暂停登录，请 15 分钟后再试；忘记密码请联系技术支持 23532900-817。"
RESERVED = re.compile(r"[+\d]+")


def as_phone(text: str) -> str:
    """The eleven figures of a mainland mobile number however it was typed; empty for anything else."""
    number = re.sub(r"^(\+?86)(?=1\d{10}$)", "", half_width(text).replace("-", ""))
    return number if PHONE.fullmatch(number) else ""


class AccountAdapter(DefaultAccountAdapter):
    """Phone numbers are eleven figures; nothing is verified by SMS yet."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "phone_password_mismatch": WRONG,
        "too_many_login_attempts": LOCKED,
        "phone_taken": "这个手机号已经注册，请直接登录；忘记密码请联系技术支持 23532900-817。",
        "username_taken": "这个用户名已经有人使用，请换一个。",
        "username_blacklisted": "这个用户名不能使用，请换一个。",
        "enter_current_password": "当前密码不正确，请重新输入。",
        "incorrect_password": "密码不正确，请重新输入。",
    }

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        """The portal's own field for mobile numbers."""
        kwargs["label"] = "手机号"
        return PhoneField(**kwargs)

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """A user name that reads like a phone number could pass for somebody else's."""
        if RESERVED.fullmatch(username):
            raise ValidationError("用户名不能全是数字，请加上字母或汉字。", code="digits")
        return super().clean_username(username, shallow=shallow)

    def get_user_by_phone(self, phone: str) -> User | None:
        """The one person with this number."""
        return User.objects.filter(phone=phone).first() if phone else None

    def get_phone(self, user: User) -> tuple[str, bool]:
        """The number, which counts as verified; an office's account without one signs in by user name as well."""
        return user.phone or "", True

    def set_phone(self, user: User, phone: str, verified: bool) -> None:  # noqa: ARG002 - allauth's signature
        """Keep the number."""
        user.phone = phone
        user.save(update_fields=["phone"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        """Keep the number; that it is verified is kept nowhere yet."""
        self.set_phone(user, phone, verified=True)

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        """Never called while ACCOUNT_PHONE_VERIFICATION_ENABLED is off."""
        raise NotImplementedError

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failures by account and address, so that nobody can lock another person out from afar."""
        login = credentials.get("phone") or credentials.get("username", "")
        return f"{self.get_client_ip(request)}:{login.lower()}"
