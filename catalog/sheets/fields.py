"""Cells whose words choose something: a type, several fields, a batch."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices

from catalog.sheets.columns import key_of
from ui.figures import are_figures, half_width

UNKNOWN = "{label}写的是“{word}”，不在可选的范围内，请改为其中之一：{choices}。"
PARTED = re.compile(r"[、，,；;/\s]+")
CHINESE = "零一二三四五六七八九十"
TENS = 10
GREATEST_BATCH = 999


class WordField(forms.CharField):
    """A word that names one of the choices, as its label or in another spelling; cleaned to the choice's value."""

    def __init__(self, choices: type[TextChoices], others: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        """others: further spellings → value."""
        super().__init__(**kwargs)
        self.labels: Iterable[str] = choices.labels
        self.words = {key_of(label): str(value) for value, label in choices.choices}
        self.words |= {key_of(word): str(value) for word, value in (others or {}).items()}

    def clean(self, value: object) -> Any:
        """The value; raises ValidationError with the choices for a word that is none."""
        word = super().clean(value)
        return self.value_of(word) if word else ""

    def value_of(self, word: str) -> str:
        """What one word names."""
        found = self.words.get(key_of(word))
        if found is None:
            choices = "、".join(self.labels)
            raise ValidationError(UNKNOWN.format(label=self.label, word=word, choices=choices), code="invalid_choice")
        return found


class WordsField(WordField):
    """Several such words in one cell; cleaned to the list of values."""

    def clean(self, value: object) -> Any:
        """The values, each once, in the order of the cell."""
        text = forms.CharField.clean(self, value)
        return list(dict.fromkeys(self.value_of(word) for word in PARTED.split(text) if word))


class BatchField(forms.CharField):
    """The number of a batch: 3, 第3批, 第三批; cleaned to the number, or None for nothing."""

    def clean(self, value: object) -> Any:
        """The number; raises ValidationError for what is none."""
        text = half_width(super().clean(value) or "").removeprefix("第").removesuffix("批").removesuffix("次")
        if not text:
            return None
        number = int(text) if are_figures(text) and len(text) <= len(str(GREATEST_BATCH)) else in_chinese(text)
        if not 0 < number <= GREATEST_BATCH:
            raise ValidationError(f"批次写的是“{value}”，应为 3 或 第3批 这样的数，请改正。", code="invalid")
        return number


def in_chinese(text: str) -> int:
    """A number up to 99 in Chinese figures; 0 for anything else."""
    tens, ten, ones = text.rpartition(CHINESE[TENS])
    figures = [CHINESE.find(part) if part else None for part in (tens, ones)]
    if any(figure == -1 or len(part) > 1 for figure, part in zip(figures, (tens, ones), strict=True)):
        return 0
    return TENS * ((figures[0] or 1) if ten else 0) + (figures[1] or 0)
