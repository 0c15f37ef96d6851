"""Forms of the second factor and of proving oneself again: allauth's, in the portal's words."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.core import context, ratelimit
from allauth.mfa import app_settings as mfa
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.forms.fields import InvalidJSONInput

from accounts.history.sign_ins import record
from accounts.models import SignInEvent
from ui.figures import half_width
from ui.forms import SectionsMixin

USED_SECONDS = 90  # a code is good for its own half minute and the two beside it: used once, it stays used
CROWDED = (
    f"验证码输入错误次数过多，请 {settings.LOCK_MINUTES} 分钟后再试；"
    f"手机不在身边请联系帐号管理员或技术支持 {settings.SUPPORT_PHONE}。"
)
MALFORMED = (TypeError, ValueError, KeyError, AttributeError, IndexError)  # what a passkey's answer of nonsense raises


def word_code(form: forms.Form, help_text: str) -> None:
    """Name the field for the six figures."""
    field: Any = form.fields["code"]
    field.label, field.help_text, field.max_length = "验证码", help_text, 20
    field.widget.attrs |= {"placeholder": "", "inputmode": "numeric", "autocomplete": "one-time-code"}
    field.error_messages |= {"required": "请输入验证码。"}
    field.to_python = lambda typed: half_width(str(typed or "")).replace(
        "-", ""
    )  # six figures, however they were pasted


class ActivateForm(SectionsMixin, ActivateTOTPForm):
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_code(self, f"应用里显示的 {mfa.TOTP_DIGITS} 位数字，每 {mfa.TOTP_PERIOD} 秒更换一次")


class CodeForm(SectionsMixin, base_forms.BaseAuthenticateForm):
    """A code of the app, or one of the recovery codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_code(
            self,
            f"动态口令应用里的 {mfa.TOTP_DIGITS} 位数字；手机不在身边时，输入一个恢复代码（{mfa.RECOVERY_CODE_DIGITS} 位数字）",
        )

    def clean_code(self) -> str:
        """Refuse a code that was used, for as long as it is good, and guesses past a limit."""
        key = f"second-factor-{self.user.pk}"
        if not ratelimit.consume(context.request, action="second_factor", key=key):
            raise forms.ValidationError(CROWDED, code="crowded")
        code = super().clean_code()
        ratelimit.clear(context.request, action="second_factor", key=key)
        if self.authenticator.type == Authenticator.Type.TOTP:
            cache.touch(self.authenticator.wrap()._get_used_cache_key(code), USED_SECONDS)
        return str(code)

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        super()._emit_authentication_failed(authenticator)
        record(SignInEvent.Kind.FAILED, user=self.user, request=context.request, method="第二重验证")


class AuthenticateForm(CodeForm, base_forms.AuthenticateForm):
    """The code after the password."""


class ReauthenticateForm(CodeForm, base_forms.ReauthenticateForm):
    """The code of somebody who is signed in."""


class PasswordForm(SectionsMixin, account_forms.ReauthenticateForm):
    """The password of somebody who is signed in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "登录密码"
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].error_messages |= {"required": "请输入登录密码。"}


class AnswerField(forms.JSONField):
    """What a passkey answers; Django's own field takes a number of 5000 figures for an accident, not for nonsense."""

    widget = forms.HiddenInput

    def to_python(self, value: object) -> Any:
        """The answer; ValidationError for what is no JSON that can be read."""
        try:
            return super().to_python(value)
        except ValueError as nonsense:
            raise get_adapter().validation_error("incorrect_code") from nonsense

    def bound_data(self, data: object, initial: object) -> Any:
        """What stands in the box again; nonsense as it was sent."""
        try:
            return super().bound_data(data, initial)
        except ValueError:
            return InvalidJSONInput(data)


class PasskeyForm(SectionsMixin, webauthn_forms.AuthenticateWebAuthnForm):
    """A passkey's answer that makes no sense is a wrong answer, not an accident."""

    credential = AnswerField()

    def clean_credential(self) -> Authenticator:
        """Check the answer to the challenge."""
        try:
            return super().clean_credential()
        except MALFORMED as nonsense:
            raise get_adapter().validation_error("incorrect_code") from nonsense


class AuthenticatePasskeyForm(PasskeyForm):
    """The passkey after the password."""


class ReauthenticatePasskeyForm(PasskeyForm, webauthn_forms.ReauthenticateWebAuthnForm):
    """The passkey of somebody who is signed in."""


class AddPasskeyForm(SectionsMixin, webauthn_forms.AddWebAuthnForm):
    """A new passkey and its name."""

    credential = AnswerField()
    name = forms.CharField(label="名称", max_length=40, required=False, help_text="便于区分，例如“办公电脑”“我的手机”")

    def clean(self) -> dict[str, Any]:
        """Check the device's answer to the challenge."""
        try:
            return super().clean() or {}
        except MALFORMED as nonsense:
            raise get_adapter().validation_error("incorrect_code") from nonsense
