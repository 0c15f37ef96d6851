"""Forms that keep an incomplete draft; for every machine alike."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import format_html

from ui.asked import asked_words

if TYPE_CHECKING:  # what it is mixed into
    Form = forms.BaseForm
else:
    Form = object


class SeenMixin(Form):
    """A form that carries on which version of the case its page has shown."""

    is_saved = False  # whether what is valid has been saved
    overtaken: int | None = None  # the version that a refused save has met; the next one is judged by it

    def seen(self, version: int) -> Any:
        """The version that the page carries on: the case's, unless a refused save still counts from the posted one."""
        if self.overtaken is not None:
            return self.overtaken
        return self.data.get("seen", version) if self.is_bound and not self.is_saved else version

    def refuse(self, refusal: Exception) -> None:
        """Say why the whole was not saved; where a colleague was first, beside each field what stands there now."""
        self.add_error(None, str(refusal))
        self.overtaken = getattr(refusal, "version", None)
        for name, sentence in getattr(refusal, "fields", {}).items():
            self.add_error(name if name in self.fields else None, sentence)


class DraftMixin(SeenMixin):
    """A form in which nothing is required until it is final; what is valid is kept even where the rest is not."""

    def __init__(self, *args: Any, final: bool = False, corrections: Collection[str] = (), **kwargs: Any) -> None:
        """final: the required fields are asked for. corrections: names or labels of the fields that a return asks to correct."""
        super().__init__(*args, **kwargs)
        self.final = final
        fields = self.fields.items()
        self.to_correct = [
            name for name, field in fields if name in corrections or field.label in corrections
        ]  # for field.html
        for name in self.to_correct:
            field = self.fields[name]
            field.help_text = format_html("{}{}", asked_words(corrections), field.help_text)

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
