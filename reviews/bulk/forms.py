"""The form of a decision for many."""

from typing import Any, ClassVar

from django import forms

from reviews.bulk.services import OFFERED
from reviews.forms import CHOICES, WORDS
from reviews.models import Verdict
from reviews.phrases.filling import open_fields
from reviews.services import NEEDS_WORDS
from ui.forms import SectionsMixin, needed_with
from ui.widgets import Lines


class BulkForm(SectionsMixin, forms.Form):
    """One word for all of them."""

    sections: ClassVar[dict[str, list[str]]] = {}
    verdict = forms.ChoiceField(
        label="审核结果", choices=[(verdict.value, CHOICES[verdict]) for verdict in OFFERED], widget=forms.RadioSelect
    )
    text = forms.CharField(
        label="审核意见",
        required=False,
        max_length=WORDS,
        widget=Lines(5),
        help_text="写进每一件的审核意见，申请单位会看到；退回修改时必填。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A return needs words."""
        super().__init__(*args, **kwargs)
        needed_with(self.fields["text"], "verdict", Verdict.RETURN)

    def clean(self) -> dict[str, Any]:
        """Words with a return, and none with a gap."""
        data = super().clean() or {}
        text = data.get("text", "")
        if data.get("verdict") == Verdict.RETURN and not text.strip():
            self.add_error("text", NEEDS_WORDS[1])
        if gaps := open_fields(text):
            self.add_error("text", f"批量办理的意见里不能有“{gaps[0]}”，请写成对每一件都适用的话。")
        return data
