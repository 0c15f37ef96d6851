"""Forms of people: signing in, registering, the own account. Those of units are in `certification_form.py`."""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from accounts.adapter import as_phone
from accounts.consent import consent
from accounts.models import User
from records.rules import RuleBroken
from ui.fields import NameField, PhoneField
from ui.forms import SectionsMixin, asking


def relabel(form: forms.Form, **labels: str) -> None:
    """Give fields of allauth the words of the portal, and no placeholder that would repeat them."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.error_messages["required"] = asking(field)
        field.widget.attrs.pop("placeholder", None)


class LoginForm(SectionsMixin, allauth_forms.LoginForm):
    """【登录】 by user name or phone number, with one sentence for every failure."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, login="用户名或手机号", password="密码")  # noqa: S106 - a label
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["password"].help_text = ""

    def user_credentials(self) -> dict[str, str]:
        """What to look the person up by: a phone number, however it was typed, or a user name."""
        typed = self.cleaned_data["login"]
        phone = as_phone(typed)
        name = {"phone": phone} if phone else {"username": typed}
        return name | {"password": self.cleaned_data["password"]}


class SignupForm(SectionsMixin, allauth_forms.SignupForm):
    """Registration: 用户名, 手机号, 姓名, 密码 and the consent to 服务协议 and 隐私声明."""

    name = NameField(label="姓名", max_length=60, help_text="办理业务的真实姓名，审核单位联系您时使用")
    agrees = forms.BooleanField(label="我已阅读并同意《服务协议》和《隐私声明》")
    field_order: ClassVar[list[str]] = ["username", "phone", "name", "password1", "password2", "agrees"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, username="用户名", phone="手机号", password1="密码", password2="再输入一次密码")
        self.fields["username"].help_text = "登录时使用，可以用字母、数字和汉字，不能全是数字"
        self.fields["phone"].help_text = "也可以用来登录，一个手机号只能注册一次"
        self.fields["password1"].help_text = "至少 8 个字符，包含大写字母、小写字母、数字、符号中的至少三种"
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["agrees"].help_text = format_html(
            '请先阅读<a href="{}" target="_blank">《服务协议》</a>和<a href="{}" target="_blank">《隐私声明》</a>',
            reverse("terms_page"),
            reverse("privacy_page"),
        )

    def try_save(self, request: HttpRequest) -> Any:
        """Make the person; a second click on the same form finds the name or the number taken."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError as taken:
            raise RuleBroken("R-TAKEN", "这个用户名或手机号刚刚已经注册，请直接登录。") from taken

    def save(self, request: HttpRequest) -> User:
        """Keep the person's name and consent, too."""
        user = super().save(request)
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        consent(user)
        return user


class ChangePasswordForm(SectionsMixin, allauth_forms.ChangePasswordForm):
    """A new password, after the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, oldpassword="当前密码", password1="新密码", password2="再输入一次新密码")
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = "至少 8 个字符，包含大写字母、小写字母、数字、符号中的至少三种"


class ProfileForm(SectionsMixin, forms.ModelForm):
    """The own account: name, phone number, mail address."""

    name = NameField(label="姓名", max_length=60)
    phone = PhoneField(label="手机号", help_text="可以用来登录，一个手机号只能用于一个帐号")
    email = forms.EmailField(label="电子邮箱", required=False, help_text="填写后，办理进展会同时发到邮箱")

    class Meta:
        model = User
        fields = ("name", "phone", "email")

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        if User.objects.filter(phone=phone).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("这个手机号已经用于另一个帐号，请换一个或联系技术支持 23532900-817。")
        return phone


class ReasonForm(SectionsMixin, forms.Form):
    """The words that a freeze needs."""

    text = forms.CharField(
        label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 4}), help_text="会原样通知该单位的全部成员"
    )
