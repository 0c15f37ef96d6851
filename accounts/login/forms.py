"""Forms at the door: a number or a mailbox to send a code to, the code, a new password, name and consent."""

import re
from typing import Any

from allauth.account.fields import PasswordField, SetPasswordField
from django import forms

from accounts.login.account_forms import SamePasswordsMixin, agreement, password_rule, relabel
from accounts.login.adapter import as_phone
from records.people import Person
from ui.fields import PersonField, PhoneField
from ui.figures import half_width
from ui.forms import SectionsMixin


class PhoneForm(SectionsMixin, forms.Form):
    """The number that gets a code."""

    phone = PhoneField(label="手机号")


class NewPhoneForm(PhoneForm):
    """A number in place of the present one."""

    def __init__(self, *args: Any, present: str = "", **kwargs: Any) -> None:
        """Take the number that is the person's now."""
        super().__init__(*args, **kwargs)
        self.present = present
        self.fields["phone"].label = "新的手机号"

    def clean_phone(self) -> str:
        """Another number than the present one; whether somebody has it is not told."""
        if self.cleaned_data["phone"] == self.present:
            raise forms.ValidationError("这就是您现在的手机号，请填写新的手机号。")
        return str(self.cleaned_data["phone"])


class NewMailForm(SectionsMixin, forms.Form):
    """The mail address that a code will prove."""

    email = forms.EmailField(
        label="电子邮箱",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="验证后，办理进展会同时发到邮箱，也可以用它找回密码",
    )

    def clean_email(self) -> str:
        """In small letters, as it is looked up."""
        return str(self.cleaned_data["email"]).lower()


class CodeForm(SectionsMixin, forms.Form):
    """Six figures."""

    code = forms.CharField(
        label="验证码",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )

    def clean_code(self) -> str:
        """The six figures, however they were typed; what cannot be a code costs no try."""
        code = half_width(self.cleaned_data["code"]).replace("-", "")
        if not re.fullmatch(r"[0-9]{6}", code):
            raise forms.ValidationError("验证码是 6 位数字，请照短信或邮件填写。")
        return code


class ResetForm(SectionsMixin, forms.Form):
    """Where a code goes that opens a new password."""

    login = forms.CharField(
        label="手机号或电子邮箱",
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        help_text="填写帐号的手机号，用短信验证码找回；或填写帐号里验证过的邮箱，用邮件验证码找回",
    )

    def clean_login(self) -> str:
        """Eleven figures, or a mail address."""
        typed = str(self.cleaned_data["login"]).strip()
        phone = as_phone(typed)
        if phone:
            return phone
        try:
            return str(forms.EmailField().clean(typed)).lower()
        except forms.ValidationError:
            raise forms.ValidationError("请填写 11 位手机号，或一个电子邮箱地址。") from None


class NewPasswordForm(SamePasswordsMixin, SectionsMixin, forms.Form):
    """The new password, twice."""

    password1 = SetPasswordField(label="新密码")
    password2 = PasswordField(label="再输入一次新密码", autocomplete="new-password")

    def __init__(self, *args: Any, user: Person, **kwargs: Any) -> None:
        """The rules look at whose password it is."""
        super().__init__(*args, **kwargs)
        relabel(self, password1="新密码", password2="再输入一次新密码")
        password: Any = self.fields["password1"]
        password.user, password.help_text = user, password_rule(user)


class NewcomerForm(SectionsMixin, forms.Form):
    """What a person who came by WeChat adds: his name and his consent."""

    name = PersonField(label="姓名", max_length=60, help_text="办理业务的真实姓名，审核单位联系您时使用")
    agrees = forms.BooleanField(label="我已阅读并同意《服务协议》和《隐私声明》")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["agrees"].help_text = agreement()
