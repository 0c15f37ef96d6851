"""The form of small changes: the same fields as in 安全认证, without those that the platform reviews."""

from typing import ClassVar

from django import forms

from accounts.certification.forms import MOST_PEOPLE, TenThousandField
from accounts.certification.particulars.services import PARTICULARS
from accounts.models import Honour, Unit
from ui.drafts import SeenMixin
from ui.fields import CountField, PersonField, PhoneField
from ui.forms import SectionsMixin


class ParticularsForm(SeenMixin, SectionsMixin, forms.ModelForm):
    """经办人 and 经营情况."""

    sections: ClassVar[dict[str, list[str]]] = {
        "经办人": ["handler_name", "handler_phone"],
        "经营情况": ["industry", "honours", "staff_count", "revenue", "research_spend"],
    }

    handler_name = PersonField(label="经办人", max_length=60, help_text="审核单位就本单位的事项与他联系")
    handler_phone = PhoneField(label="手机")
    honours = forms.MultipleChoiceField(
        label="企业资质", choices=Honour, required=False, widget=forms.CheckboxSelectMultiple
    )
    staff_count = CountField(label="从业人数", required=False, min_value=0, max_value=MOST_PEOPLE)
    revenue = TenThousandField(label="上年销售收入（万元）")
    research_spend = TenThousandField(label="上年研发投入（万元）")

    class Meta:
        model = Unit
        fields = PARTICULARS

    def _post_clean(self) -> None:
        """Fill the unit alone: its constraints are those of the certification, which this form does not touch."""
        for name in self.Meta.fields:
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])
