"""What a reader says of an article."""

from django import forms

from help.models import LONGEST_REASON
from ui.forms import SayingMixin
from ui.widgets import Lines

USEFUL, USELESS = "yes", "no"


class AnswerForm(SayingMixin, forms.Form):
    """有用, or 没用 with a reason or without one."""

    useful = forms.ChoiceField(label="“有用”或“没用”", choices=[(USEFUL, "有用"), (USELESS, "没用")])
    reason = forms.CharField(
        label="哪里没有说清楚",
        required=False,
        max_length=LONGEST_REASON,
        widget=Lines(3),
        help_text=f"选填，最多 {LONGEST_REASON} 个字。请不要写姓名、电话和案件编号；要办的事请拨打下面的电话。",
    )

    @property
    def is_useful(self) -> bool:
        """What was said, of a form that is valid."""
        return bool(self.cleaned_data["useful"] == USEFUL)
