"""What is typed about a rating."""

from django import forms

from ui.contacts import without_contact
from ui.forms import SayingMixin
from ui.widgets import Lines

ANSWER = (5, 500)  # characters
WHY = (5, 200)


class AnswerForm(SayingMixin, forms.Form):
    """The institution's answer."""

    answer = forms.CharField(
        label="回复",
        min_length=ANSWER[0],
        max_length=ANSWER[1],
        validators=[without_contact],
        widget=Lines(3),
        help_text="公开显示，只能回复一次。请不要写出客户的名称和联系方式。",
    )


class HideForm(SayingMixin, forms.Form):
    """Why it is hidden."""

    why = forms.CharField(
        label="隐藏原因",
        min_length=WHY[0],
        max_length=WHY[1],
        widget=Lines(2),
        help_text="写进这条评价的记录，以后可以查到。",
    )
