"""The form of the own account."""

from django import forms

from accounts.models import User
from ui.fields import PersonField
from ui.forms import SectionsMixin


class ProfileForm(SectionsMixin, forms.ModelForm):
    """The own account: the name; number and mail address have pages of their own, since a code must prove them."""

    name = PersonField(label="姓名", max_length=60)

    class Meta:
        model = User
        fields = ("name",)
