"""Forms of 用户 in the administration: the same rules as in 我的帐号."""

from typing import Any

from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm
from django.contrib.auth.forms import UserChangeForm as DjangoUserChangeForm

from accounts.login.adapter import DIGITS_ALONE
from ui.fields import PersonField, PhoneField
from ui.figures import looks_like_a_number
from ui.forms import SayingMixin


class UserCreationForm(SayingMixin, AdminUserCreationForm):
    """A new user with name and phone number."""

    name = PersonField(label="姓名", max_length=60)
    phone = PhoneField(label="手机号", required=False, empty_value=None)

    def clean_username(self) -> Any:
        """A user name of figures alone could be somebody's phone number."""
        username = super().clean_username()
        if username and looks_like_a_number(username):
            self.add_error("username", DIGITS_ALONE)
        return username


class PasswordForm(SayingMixin, AdminPasswordChangeForm):
    """A first password for an account that nobody has used yet."""

    FIRST = "选择“停用”后，这个帐号不能用密码登录，只能用短信验证码或微信登录。"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "usable_password" in self.fields:
            self.fields["usable_password"].help_text = self.FIRST


class UserChangeForm(SayingMixin, DjangoUserChangeForm):
    """Name, phone number and mail address."""

    phone = PhoneField(label="手机号", required=False, empty_value=None)
    password = None  # type: ignore[assignment] # it is set on a page of its own
