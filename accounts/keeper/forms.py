"""What the pages of 帐号管理 ask for."""

from django import forms

from ui.filters import WordsField
from ui.forms import SayingMixin
from ui.widgets import Lines

REASON = 200  # characters


class FindForm(SayingMixin, forms.Form):
    """A person, by what he is called; his number only where it is typed whole."""

    q = WordsField(label="姓名、用户名或完整手机号", required=False)


class UnlockForm(SayingMixin, forms.Form):
    """Why a lock is lifted."""

    reason = forms.CharField(
        label="原因",
        max_length=REASON,
        widget=Lines(2),
        help_text="写进操作留痕，本人也会收到；例如怎样核实了本人身份。",
    )
