"""Two conditions of one list that are a range: the other way round they are told, and narrow nothing."""

import datetime as dt
from typing import Any, ClassVar

from django import forms

from ui.forms import SayingMixin

Bound = Any  # a day or an amount, or None
TURNED = "“{low}”{beyond}“{high}”，列表没有按这两项查找。请对调或改正。"


def turned(first: Bound, last: Bound, low: str, high: str) -> str:
    """Why a range narrows nothing; "" where it begins before its end, or has one end alone. low, high: the labels of both."""
    if first is None or last is None or first <= last:
        return ""
    beyond = "晚于" if isinstance(first, dt.date) else "大于"
    return TURNED.format(low=low, high=high, beyond=beyond)


class RangesForm(SayingMixin, forms.Form):
    """The form of a filter with ranges; a filter set names it in its Meta, and its `ranges` in a class below it."""

    ranges: ClassVar[tuple[tuple[str, str], ...]] = ()  # (from, to)

    def clean(self) -> dict[str, Any]:
        """Say where a range begins behind its end."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for low, high in self.ranges:
            labels = str(self.fields[low].label), str(self.fields[high].label)
            if refusal := turned(cleaned.get(low), cleaned.get(high), *labels):
                self.add_error(high, refusal)
                cleaned.pop(low)
        return cleaned
