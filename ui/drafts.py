"""Forms that keep an incomplete draft; for every machine alike."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:  # what it is mixed into
    Form = forms.BaseForm
else:
    Form = object


class DraftMixin(Form):
    """A form in which nothing is required until it is final; what is valid is kept even where the rest is not."""

    kept = False  # whether what is valid has been saved

    def __init__(self, *args: Any, final: bool = False, corrections: Collection[str] = (), **kwargs: Any) -> None:
        """final: the required fields are asked for. corrections: names or labels of the fields that a return asks to correct."""
        super().__init__(*args, **kwargs)
        self.final = final
        fields = self.fields.items()
        self.to_correct = [
            name for name, field in fields if name in corrections or field.label in corrections
        ]  # for field.html

    def full_clean(self) -> None:
        """Judge the form; a draft is not asked for what it lacks."""
        fields = self.fields.values()
        needed = [field for field in fields if field.required and not self.final]
        for field in needed:
            field.required = False
        super().full_clean()
        for field in needed:
            field.required = True

    def clean_length(self, name: str, least: int) -> str:
        """The text; too short for a final form raises ValidationError with the number of characters it has."""
        text: str = self.cleaned_data[name].strip()
        if self.final and len(text) < least:
            raise forms.ValidationError(f"至少 {least} 字，现在是 {len(text)} 字，请补充。", code="min_length")
        return text

    def seen(self, version: int) -> Any:
        """The version that the page carries on: the case's, unless a refused save still counts from the posted one."""
        return self.data.get("seen", version) if self.is_bound and not self.kept else version
