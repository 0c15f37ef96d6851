"""What the platform writes when it admits a credit code on paper proof."""

from typing import ClassVar

from django import forms

from ui.forms import SectionsMixin
from ui.widgets import Lines


class ProofForm(SectionsMixin, forms.Form):
    """What was looked at, and where it was asked."""

    sections: ClassVar[dict[str, list[str]]] = {}
    text = forms.CharField(
        label="核验依据",
        max_length=450,
        widget=Lines(),
        help_text="核对了哪份证照、向哪里核实；记入操作留痕，平台和市科技局可以查到。",
    )
