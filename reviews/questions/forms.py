"""What is typed in 询问, 答复 and 更正建议."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from records.uploads import MultipleUploadField, check_case_total, rule_of_upload
from records.waiting import WaitingPapersMixin
from reviews.models import ReviewedCase
from reviews.questions.amending import field_of, judge
from ui.forms import SectionsMixin
from ui.sayings import rename
from ui.widgets import Lines, UploadInput

WORDS = 1000  # characters
MOST_PAPERS = 5


class TalkForm(WaitingPapersMixin, SectionsMixin, forms.Form):
    """Words with papers: a question, or an answer to one."""

    sections: ClassVar[dict[str, list[str]]] = {}
    text = forms.CharField(label="内容", max_length=WORDS, widget=Lines(4))
    marked = forms.MultipleChoiceField(label="涉及的内容", required=False, widget=forms.CheckboxSelectMultiple)
    papers = MultipleUploadField(
        label="附件",
        required=False,
        max_count=MOST_PAPERS,
        widget=UploadInput(several=True, hint=f"{rule_of_upload()}，最多 {MOST_PAPERS} 个。"),
        help_text="可以不传；双方都能查看。",
    )

    def __init__(
        self, *args: Any, case: ReviewedCase, says: str, marks: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        """says: what the words are called; marks: (label, label) of what a question may be about."""
        super().__init__(*args, **kwargs)
        self.case = case
        rename(self.fields["text"], says)
        if marks:
            self.fields["marked"].choices = list(marks)
        else:
            del self.fields["marked"]

    def clean_papers(self) -> list[Any]:
        """No more than may come with one word, and than the case may hold."""
        files: list[Any] = self.cleaned_data["papers"]
        self.check_count(files, MOST_PAPERS)
        if files:
            check_case_total(self.case, sum(file.size for file in files))
        return files


class DeclineForm(SectionsMixin, forms.Form):
    """Why a proposal is not accepted."""

    sections: ClassVar[dict[str, list[str]]] = {}
    text = forms.CharField(label="不接受的理由", max_length=WORDS, widget=Lines(3), help_text="审核单位会看到。")


class ProposalForm(SectionsMixin, forms.Form):
    """A value for one field, in the very box in which the firm types it, and why."""

    sections: ClassVar[dict[str, list[str]]] = {}
    text = forms.CharField(
        label="理由", max_length=WORDS, widget=Lines(3), help_text="企业会看到：为什么应当更正，依据哪份材料。"
    )
    field_order = ("value", "text")

    def __init__(self, *args: Any, case: ReviewedCase, name: str, **kwargs: Any) -> None:
        """Take the box over from the form of the case."""
        held = field_of(case, name)
        self.base_fields = {"value": deepcopy(held.field), **deepcopy(type(self).base_fields)}
        self.case, self.name = case, name
        kwargs.setdefault("initial", {"value": held.value()})
        super().__init__(*args, **kwargs)
        self.fields["value"].required = True

    def clean(self) -> dict[str, Any]:
        """What the case's own form says of it."""
        data = super().clean() or {}
        if "value" in data:
            try:
                judge(self.case, self.name, self.typed)
            except ValidationError as refusal:
                self.add_error("value", refusal)
        return data

    @property
    def typed(self) -> str:
        """The value as it was typed."""
        return str(self.data.get(self.add_prefix("value"), "")).strip()


Typed = TalkForm | DeclineForm | ProposalForm
