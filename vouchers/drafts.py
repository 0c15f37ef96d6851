"""Forms that keep an incomplete draft; for 创新券 and 兑现 alike."""

from collections.abc import Iterable
from typing import Any

from django import forms


class DraftMixin:
    """A form in which nothing is required until it is final; what is valid is kept even where the rest is not."""

    def __init__(self, *args: Any, final: bool = False, marks: Iterable[str] = (), **kwargs: Any) -> None:
        """final: the required fields are asked for. marks: names of the fields that a return asks to correct."""
        self.final = final
        self.marked = list(marks)  # read by bootstrap5/field.html
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Judge the form; a draft is not asked for what it lacks."""
        fields = self.fields.values()  # type: ignore[attr-defined]
        needed = [field for field in fields if field.required and not self.final]
        for field in needed:
            field.required = False
        super().full_clean()  # type: ignore[misc]
        for field in needed:
            field.required = True

    def clean_length(self, name: str, least: int) -> str:
        """The text; too short for a final form raises ValidationError with the number of characters it has."""
        text = self.cleaned_data[name].strip()  # type: ignore[attr-defined]
        if self.final and len(text) < least:
            raise forms.ValidationError(f"至少 {least} 字，现在是 {len(text)} 字，请补充。", code="min_length")
        return text
