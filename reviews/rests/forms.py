"""What the second person of 复核签 types."""

from django import forms

from ui.forms import SayingMixin
from ui.widgets import Lines

WORDS = 1000  # characters


class SecondForm(SayingMixin, forms.Form):
    """Words beside the signature; needed where it is refused."""

    text = forms.CharField(
        label="复核意见",
        required=False,
        max_length=WORDS,
        widget=Lines(3),
        help_text="退回时必填，作出决定的人会看到；申请单位看不到。复核签不算办理本环节，签后仍可以办理本事项的其他环节。",
    )
