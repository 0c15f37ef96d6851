"""What an expert says of himself, and how the pool is filtered."""

from typing import Any, ClassVar

from django import forms

from reviews.models import ExpertProfile, ExpertTie, Specialty
from ui.codes import LENGTH, is_credit_code
from ui.fields import NameField
from ui.figures import half_width
from ui.forms import SectionsMixin

WRONG_CODE = f"统一社会信用代码应为 {LENGTH} 位，并与证照完全一致，请核对；不清楚的可以不填，按单位名称比对。"


class CodeField(forms.CharField):
    """The credit code of an institution that one is near, where it is known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="统一社会信用代码", required=False, max_length=40, **kwargs)

    def clean(self, value: object) -> str:
        """The code with capitals and without spaces."""
        code: str = half_width(super().clean(value)).replace("-", "").upper()
        if code and not is_credit_code(code):
            raise forms.ValidationError(WRONG_CODE)
        return code


class ProfileForm(SectionsMixin, forms.ModelForm):
    """领域, 工作单位, and whether he may be asked now."""

    sections: ClassVar[dict[str, list[str]]] = {
        "专业": ["specialties", "title"],
        "工作单位": ["employer", "employer_uscc"],
        "邀请": ["is_resting"],
    }
    specialties = forms.MultipleChoiceField(
        label="领域", choices=Specialty.choices, widget=forms.CheckboxSelectMultiple, help_text="熟悉的领域，可以选几个"
    )
    employer = NameField(label="工作单位", help_text="与单位证照上的名称一致；系统据此排除涉及本单位的事项")
    employer_uscc = CodeField()

    class Meta:
        model = ExpertProfile
        fields = ("specialties", "title", "employer", "employer_uscc", "is_resting")
        help_texts: ClassVar[dict[str, str]] = {"is_resting": "勾选后不再被提名；已经接受的评审不受影响。"}


class TieForm(SectionsMixin, forms.ModelForm):
    """An institution that the expert is near."""

    name = NameField(label="单位名称", help_text="与单位证照上的名称一致")
    uscc = CodeField()

    class Meta:
        model = ExpertTie
        fields = ("name", "uscc", "kind")
