"""Forms that allauth's own pages use: signing in, registering, the password."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.login.adapter import as_phone
from accounts.login.consent import TERMS_VERSION
from accounts.passwords import LEAST_LENGTH, STAFF_LENGTH
from accounts.staff import is_staff
from records.people import Visitor
from ui.fields import PersonField
from ui.forms import SayingMixin, SectionsMixin
from ui.sayings import rename

RULE_OF_PASSWORDS = "至少 {} 个字符，包含大写字母、小写字母、数字、符号中的至少三种"
LABELS = {"login": "用户名或手机号", "password": "密码"}
DIFFER = "两次输入的密码不一致，请重新输入。"


def relabel(form: forms.Form, **labels: str) -> None:
    """Give fields of allauth the words of the portal, and no placeholder that would repeat them."""
    for name, label in labels.items():
        field = form.fields[name]
        rename(field, label)
        field.widget.attrs.pop("placeholder", None)


def password_rule(user: Visitor) -> str:
    """The rule, said before the password is typed: twelve characters for staff."""
    return RULE_OF_PASSWORDS.format(STAFF_LENGTH if is_staff(user) else LEAST_LENGTH)


class LoginForm(SectionsMixin, allauth_forms.LoginForm):
    """【登录】 by user name or phone number, with one sentence for every failure."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, **LABELS)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["password"].help_text = ""

    def user_credentials(self) -> dict[str, str]:
        """What to look the person up by: a phone number, however it was typed, or a user name."""
        typed = self.cleaned_data["login"]
        phone = as_phone(typed)
        name = {"phone": phone} if phone else {"username": typed}
        return name | {"password": self.cleaned_data["password"]}


def agreement() -> SafeString:
    """The sentence under the box of consent, with links to both texts."""
    return format_html(
        '请先阅读<a href="{}" target="_blank">《服务协议》</a>和<a href="{}" target="_blank">《隐私声明》</a>',
        reverse("terms_page"),
        reverse("privacy_page"),
    )


class SamePasswordsMixin(SayingMixin, forms.Form):
    """Compares the two passwords in the first round, whatever else is wrong."""

    def clean(self) -> dict[str, Any]:
        """Say in Chinese, once, that they differ."""
        data = super().clean() or self.cleaned_data
        typed = [self.data.get(self.add_prefix(name)) or "" for name in ("password1", "password2")]
        if all(typed) and typed[0] != typed[1]:
            self.errors.pop("password2", None)
            self.add_error("password2", DIFFER)
        return data


class SignupForm(SamePasswordsMixin, SectionsMixin, allauth_forms.SignupForm):
    """Registration: 用户名, 手机号, 姓名, 密码 and the consent to 服务协议 and 隐私声明."""

    name = PersonField(label="姓名", max_length=60, help_text="办理业务的真实姓名，审核单位联系您时使用")
    agrees = forms.BooleanField(label="我已阅读并同意《服务协议》和《隐私声明》")
    field_order = ["username", "phone", "name", "password1", "password2", "agrees"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, username="用户名", phone="手机号", password1="密码", password2="再输入一次密码")
        self.fields["username"].help_text = "登录时使用，可以用字母、数字和汉字，不能全是数字"
        self.fields["phone"].help_text = "用来登录和找回密码，下一步用短信验证码验证"
        self.fields["password1"].help_text = RULE_OF_PASSWORDS.format(LEAST_LENGTH)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["agrees"].help_text = agreement()

    def account(self) -> dict[str, str]:
        """What the account will be made of once its number is proved; the password is hashed already."""
        return {
            "username": self.cleaned_data["username"],
            "name": self.cleaned_data["name"],
            "password": make_password(self.cleaned_data["password1"]),
            "terms": TERMS_VERSION,
        }


class ChangePasswordForm(SamePasswordsMixin, SectionsMixin, allauth_forms.ChangePasswordForm):
    """A new password, after the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, oldpassword="当前密码", password1="新密码", password2="再输入一次新密码")
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = password_rule(self.user)


class SetPasswordForm(SamePasswordsMixin, SectionsMixin, allauth_forms.SetPasswordForm):
    """The first password of somebody who came by WeChat."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, password1="密码", password2="再输入一次密码")
        password: Any = self.fields["password1"]
        password.user, password.help_text = self.user, password_rule(self.user)
