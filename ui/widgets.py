"""Widgets: what a field looks like, in templates of ui/widgets/."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms

from ui.figures import AMOUNT_FAULTS
from ui.han import as_characters
from ui.texts import as_counted

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.utils.datastructures import MultiValueDict

PAPERS = (
    ".pdf,.ofd,.xml,.jpg,.jpeg,.png,image/jpeg,image/png"  # what records/uploads.py takes; the server judges by content
)


class DateInput(forms.DateInput):
    """The browser's own choice of a day."""

    input_type = "date"
    limits: Callable[[], tuple[dt.date, dt.date]]  # first and last day, set by the field

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Give the value in the one form that the browser reads."""
        super().__init__(attrs, format="%Y-%m-%d")

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The widget's context; the calendar offers no day that is refused."""
        first, last = self.limits()
        ends = {"min": first.isoformat(), "max": last.isoformat()}
        return super().get_context(name, value, (attrs or {}) | ends)


class Lines(forms.Textarea):
    """A place for several lines; it counts what is typed, and what is pasted into it is never cut."""

    def __init__(self, rows: int = 4, *, least: int = 0) -> None:
        """least: characters that the finished form asks for, where the field itself takes a shorter draft."""
        super().__init__({"rows": rows})
        self.least = least

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The widget's context: the limits of the field are told by the counter and held by the server."""
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["attrs"]
        least, most = shown.pop("minlength", self.least), shown.pop("maxlength", None)
        if most is not None:
            shown["data-count"] = f"{least}-{most}"
        return context

    def value_from_datadict(
        self, data: Mapping[str, Any], files: "MultiValueDict[str, UploadedFile[Any]]", name: str
    ) -> Any:
        """The text as it is counted."""
        text = super().value_from_datadict(data, files, name)
        return as_characters(as_counted(text)) if isinstance(text, str) else text


class MoneyInput(forms.TextInput):
    """¥ and a right-aligned amount; with the Chinese capitals, or what is wrong, below while typing, if asked."""

    template_name = "ui/widgets/money.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, capitals: bool = False) -> None:
        """Set the keyboard of figures."""
        shown = {"data-capitals": json.dumps(AMOUNT_FAULTS, ensure_ascii=False)} if capitals else {}
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **shown, **(attrs or {})})


class UploadInput(forms.FileInput):
    """A drop area with a button; says kinds and size before, shows name, size and a thumbnail after."""

    template_name = "ui/widgets/upload.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, several: bool = False, hint: str = "") -> None:
        """Take one file or several; hint says which kinds and how large."""
        self.allow_multiple_selected = several
        self.hint = hint
        super().__init__({"accept": PAPERS, **({"multiple": True} if several else {}), **(attrs or {})})

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The widget's context with its hint."""
        return super().get_context(name, value, attrs) | {"hint": self.hint}

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """One file, or the list of all of them."""
        if self.allow_multiple_selected and hasattr(files, "getlist"):
            return files.getlist(name)
        return super().value_from_datadict(data, files, name)


class CheckboxTree(forms.CheckboxSelectMultiple):
    """Check boxes in groups, each group under its name."""

    template_name = "ui/widgets/checkbox_tree.html"
