"""How allauth signs people in here: three ways, one sentence for every failure, everything written down."""

import re
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.allauth_internal import get_authentication_records, get_user_by_username
from accounts.history.sign_ins import address_of, record
from accounts.login import codes, lockout
from accounts.login.wechat import binding
from accounts.models import SignInEvent, User
from accounts.passwords import MISTYPED, keep_length
from accounts.security.sessions.services import enlist
from records.doors import door, whole
from records.people import Person
from ui.fields import PhoneField
from ui.figures import PHONE, bare_phone, looks_like_a_number

WRONG = "用户名或手机号、密码不正确，请核对后重试。"
CROWDED = (
    f"这个网络地址登录失败次数过多，请 {settings.LOCK_MINUTES} 分钟后再试，或联系技术支持 {settings.SUPPORT_PHONE}。"
)
DIGITS_ALONE = "用户名不能全是数字，请加上字母或汉字。"
OTHER_SIGNS = "用户名只能用汉字、字母、数字和 @ . + - _，请去掉其他符号和空格。"
NAME = re.compile(UnicodeUsernameValidator.regex)
METHODS = {  # how allauth names a proof → in words
    "password": "密码",
    "code": "短信验证码",
    "socialaccount": "微信",
    "totp": "动态口令",
    "recovery_codes": "恢复代码",
    "webauthn": "通行密钥",
}
STAGES = (  # what a sign-in passes through, in this order
    "accounts.login.stages.PhoneStage",
    "allauth.mfa.stages.AuthenticateStage",
    "accounts.login.stages.ConsentStage",
)


def as_phone(text: str) -> str:
    """The eleven figures of a mainland mobile number however it was typed; empty for anything else."""
    number = bare_phone(text)
    return number if PHONE.fullmatch(number) else ""


class AccountAdapter(DefaultAccountAdapter):
    """Phone numbers are eleven figures; guesses are counted; the login history is written here."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "phone_password_mismatch": WRONG,
        "too_many_login_attempts": CROWDED,
        "username_taken": "这个用户名已经有人使用，请换一个。",
        "username_blacklisted": "这个用户名不能使用，请换一个。",
        "enter_current_password": "当前密码不正确，请重新输入。",
        "incorrect_password": MISTYPED,
        "incorrect_code": codes.WRONG,
        "account_inactive": f"这个帐号已经停用，如有疑问请联系技术支持 {settings.SUPPORT_PHONE}。",
        "rate_limited": "操作太频繁，请稍等片刻再试。",
    }

    def get_login_stages(self) -> list[str]:
        """What follows the first proof of every way in."""
        return list(STAGES)

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        """The portal's own field for mobile numbers."""
        kwargs["label"] = "手机号"
        return PhoneField(**kwargs)

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """A user name that reads like a phone number could pass for somebody else's."""
        if looks_like_a_number(username):
            raise ValidationError(DIGITS_ALONE, code="digits")
        if not NAME.fullmatch(username):
            raise ValidationError(OTHER_SIGNS, code="invalid")
        return super().clean_username(username, shallow=shallow)

    def get_user_by_phone(self, phone: str) -> User | None:
        """The one person with this number."""
        return User.objects.filter(phone=phone).first() if phone else None

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """The number and whether a code has proved it; None for an office's account without one."""
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        """Keep the number."""
        user.phone, user.phone_verified_at = phone, timezone.now() if verified else None
        user.save(update_fields=["phone", "phone_verified_at"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        """Keep the number as proved."""
        self.set_phone(user, phone, verified=True)

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        """Never called: every code goes through accounts/login/codes.py; allauth asks that the method is there."""
        raise NotImplementedError

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Try a password: one try at a time for an account, counted where it fails."""
        attempt = lockout.Attempt(self._sought(credentials), self._typed(credentials), request)
        with whole():
            lockout.enter(attempt)
            user = super().authenticate(request, **credentials)
            keep_length(request, user, credentials)
            ends = lockout.failed(attempt) if user is None else None
        if ends:
            raise ValidationError(lockout.locked(ends), code="locked")
        return cast("User | None", user)

    def _typed(self, credentials: dict[str, Any]) -> str:
        return str(credentials.get("phone") or credentials.get("username") or "")

    def _sought(self, credentials: dict[str, Any]) -> User | None:
        """The account that was meant, whatever the password."""
        if credentials.get("phone"):
            return self.get_user_by_phone(credentials["phone"])
        found = get_user_by_username(credentials["username"]) if credentials.get("username") else None
        return cast("User | None", found)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """The cache counts failures by address alone; those of an account are rows (accounts/login/lockout.py)."""
        return address_of(request) or ""

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Write the sign-in down and let the browser be known to the account."""
        response = asked_about(super().post_login(request, user, **kwargs), user)
        enlist(request)
        record(SignInEvent.Kind.IN, user=user, request=request, method=ways_of(request, user))
        lockout.remember_device(request, response, user)
        binding.bind_waiting(request, user)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Write the sign-out down before the session forgets whose it was."""
        if request.user.is_authenticated:
            record(SignInEvent.Kind.OUT, user=request.user, request=request)
        super().logout(request)

    @door
    def set_password(self, user: Person, password: str) -> None:
        """Change the password and write that down."""
        super().set_password(user, password)
        keep_length(self.request, user, {"password": password})
        record(SignInEvent.Kind.PASSWORD, user=user, request=self.request)


def asked_about(response: HttpResponse, user: Person) -> HttpResponse:
    """Where the sign-in leads: first to the page that asks about an address which takes nothing (docs/adr/0157)."""
    if not (user.failed_email or user.failed_phone):
        return response
    return redirect(f"{reverse('address_check')}?{urlencode({'next': response.headers.get('Location', '')})}")


def ways_of(request: HttpRequest, user: Person) -> str:
    """By what the person has proved himself in this session, in words and in order: 密码＋动态口令."""
    records = get_authentication_records(request, user)
    words = [METHODS.get(entry.get("type") or entry["method"], "") for entry in records]
    return "＋".join(dict.fromkeys(filter(None, words)))
