"""The form of 注销帐号."""

from typing import Any

from allauth.core import context, ratelimit
from django import forms

from accounts.passwords import MISTYPED
from records.people import Person
from ui.forms import SectionsMixin


class DeletionForm(SectionsMixin, forms.Form):
    """The person has read what goes and what stays, and proves himself by his password where he has one."""

    understood = forms.BooleanField(label="我已了解上面的内容，确认申请注销帐号")
    password = forms.CharField(
        label="登录密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.has_usable_password():
            del self.fields["password"]
        self.fields["understood"].error_messages |= {"required": "请先勾选“我已了解”，再申请注销。"}

    def clean_password(self) -> str:
        """The present password."""
        if not ratelimit.consume(context.request, action="reauthenticate", user=self.user):
            raise forms.ValidationError("密码输入次数过多，请稍等片刻再试。")
        password = str(self.cleaned_data["password"])
        if not self.user.check_password(password):
            raise forms.ValidationError(MISTYPED)
        return password
