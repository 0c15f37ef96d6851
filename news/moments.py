"""At once, or at an hour of a day."""

import datetime as dt
from typing import Any, ClassVar

from django import forms

from policy.calendar import SHANGHAI
from ui.fields import DateField
from ui.forms import SectionsMixin

DAY_ALONE = "选择了{0}日期的，请同时选择几点{0}。"
HOUR_ALONE = "选择了几点{0}的，请同时填写{0}日期；立即{0}的，两项都不填。"


class MomentForm(SectionsMixin, forms.Form):
    """When something goes out; verb: what is done then, from, to: the hours of a day at which it may begin."""

    verb: ClassVar[str] = "发布"
    hours: ClassVar[range] = range(24)
    day = DateField(label="日期", required=False, ahead=1)
    hour = forms.ChoiceField(label="几点", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name what is done."""
        super().__init__(*args, **kwargs)
        self.fields["day"].label = f"{self.verb}日期"
        self.fields["day"].help_text = f"不填为立即{self.verb}"
        self.fields["hour"].choices = [("", "立即"), *((str(hour), f"{hour:02} 时") for hour in self.hours)]

    def clean(self) -> dict[str, Any]:
        """Day and hour go together."""
        data = super().clean() or {}
        if data.get("day") and not data.get("hour"):
            self.add_error("hour", DAY_ALONE.format(self.verb))
        if data.get("hour") and not data.get("day") and "day" not in self.errors:
            self.add_error("day", HOUR_ALONE.format(self.verb))
        return data

    @property
    def at(self) -> dt.datetime | None:
        """The moment; None for at once."""
        if not self.cleaned_data["day"]:
            return None
        return dt.datetime.combine(self.cleaned_data["day"], dt.time(int(self.cleaned_data["hour"])), SHANGHAI)
