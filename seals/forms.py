"""Which case is to be proved."""

from typing import TYPE_CHECKING

from django import forms

from records.people import Person
from seals.proofs import case_to_prove
from ui.fields import one_line
from ui.forms import SayingMixin

if TYPE_CHECKING:
    from records.models import Case


class ProofForm(SayingMixin, forms.Form):
    """By its number, as it stands on every page of the case."""

    number = forms.CharField(label="事项编号", required=False, max_length=24)

    def __init__(self, data: object, user: Person) -> None:
        """For one reader: he proves no case of his own side."""
        super().__init__(data)
        self.user = user
        self.case: Case | None = None

    def clean_number(self) -> str:
        """Find the case."""
        number = one_line(self.cleaned_data["number"]).strip()
        self.case = case_to_prove(self.user, number) if number else None
        if number and self.case is None:
            raise forms.ValidationError("没有这个编号的事项。请按事项页面上的编号填写，例如 SQ20260000001。")
        return number
