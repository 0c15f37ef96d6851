"""The form of a note."""

from typing import ClassVar

from django import forms

from ui.forms import SectionsMixin
from ui.widgets import Lines

WORDS = 500  # characters


class RemarkForm(SectionsMixin, forms.Form):
    """Words for whoever reviews the case, now or later."""

    sections: ClassVar[dict[str, list[str]]] = {}
    remark = forms.CharField(
        label="备注",
        max_length=WORDS,
        widget=Lines(2),
        help_text="只有办理过本事项的审核单位和市科技局能看到，申请单位看不到；保存后不能修改。",
    )
