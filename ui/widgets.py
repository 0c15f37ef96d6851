"""Widgets: what a field looks like, in templates of ui/widgets/."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

PAPERS = ".pdf,.ofd,.xml,.jpg,.jpeg,.png"  # what records/uploads.py takes; the server judges by content


class DateInput(forms.DateInput):
    """The browser's own choice of a day."""

    input_type = "date"
    not_future = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Give the value in the one form that the browser reads."""
        super().__init__(attrs, format="%Y-%m-%d")

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The widget's context; the calendar ends today where later days are refused."""
        ends = {"max": timezone.localdate().isoformat()} if self.not_future else {}
        return super().get_context(name, value, (attrs or {}) | ends)


class MoneyInput(forms.TextInput):
    """¥ and a right-aligned amount; with the Chinese capitals below while typing, if asked."""

    template_name = "ui/widgets/money.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, capitals: bool = False) -> None:
        """Set the keyboard of figures."""
        shown = {"data-capitals": True} if capitals else {}
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
