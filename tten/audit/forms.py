"""What the trail is searched by."""

import datetime as dt

from django import forms

from records.labels import every_label
from records.words import LEAST
from ui.fields import DateField, one_line
from ui.forms import SayingMixin

LONGEST = 60  # characters of what is typed


class TrailForm(SayingMixin, forms.Form):
    """By case, firm, person, words, act and days; what is refused narrows nothing and is said."""

    number = forms.CharField(label="事项编号", required=False, max_length=LONGEST)
    firm = forms.CharField(label="单位名称或信用代码", required=False, max_length=LONGEST, min_length=LEAST)
    person = forms.CharField(label="操作人或手机号", required=False, max_length=LONGEST)
    words = forms.CharField(label="意见中的字词", required=False, max_length=LONGEST, min_length=LEAST)
    step = forms.ChoiceField(label="动作", required=False)
    since = DateField(label="起始日期", required=False, ahead=1)
    until = DateField(label="截止日期", required=False, ahead=1)

    def __init__(self, data: object) -> None:
        """Offer every act by its name; two acts of one name are one."""
        super().__init__(data)
        names: dict[str, list[str]] = {}
        for step, label in every_label().items():
            names.setdefault(label, []).append(step)
        self.fields["step"].choices = [("", "全部"), *((",".join(names[label]), label) for label in sorted(names))]

    def said(self, name: str) -> str:
        """What was typed in the box; "" where it was refused."""
        return one_line(self.cleaned_data.get(name) or "").strip()

    def day(self, name: str) -> dt.date | None:
        """The day that was chosen."""
        chosen: dt.date | None = self.cleaned_data.get(name)
        return chosen
