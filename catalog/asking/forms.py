"""What is typed about a question."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ui.contacts import without_contact
from ui.forms import SayingMixin
from ui.widgets import Lines

TEXT, ANSWER, WHY = (5, 500), (2, 1000), (5, 200)  # characters
ONCE = "只能回答一次，保存后不能修改，也不能再改为公开或不公开。请核对后再保存。"


class AskForm(SayingMixin, forms.Form):
    """A question."""

    text = forms.CharField(
        label="问题",
        min_length=TEXT[0],
        max_length=TEXT[1],
        validators=[without_contact],
        widget=Lines(4),
        help_text="机构公开回答时，问题和回答会显示在产品页，不显示您的姓名。请不要写电话和商业秘密。",
    )


class ReplyForm(SayingMixin, forms.Form):
    """The institution's answer."""

    answer = forms.CharField(label="回答", min_length=ANSWER[0], max_length=ANSWER[1], widget=Lines(5), help_text=ONCE)
    public = forms.ChoiceField(
        label="谁能看到",
        choices=[("yes", "公开：问题和回答显示在产品页，不显示提问人"), ("no", "只回答提问人")],
        widget=forms.RadioSelect,
        initial="yes",
    )

    def clean(self) -> dict[str, Any]:
        """What everybody will read holds no contact; an answer to the asker alone may."""
        data = super().clean() or {}
        if data.get("public") == "yes" and "answer" in data:
            try:
                without_contact(data["answer"])
            except ValidationError as refusal:
                self.add_error("answer", refusal)
        return data


class HideInquiryForm(SayingMixin, forms.Form):
    """Why it is hidden."""

    why = forms.CharField(
        label="隐藏原因", min_length=WHY[0], max_length=WHY[1], widget=Lines(2), help_text="写进这个问题的记录。"
    )
