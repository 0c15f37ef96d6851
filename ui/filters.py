"""The box for words above a list: what it cannot look for is said in a sentence, stays in the box and narrows nothing."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError

from ui.forms import SayingMixin
from ui.words import MOST_WORDS, typed_words

LONGEST = 60  # characters of a query
TOO_LONG = "关键词最多 {} 个字，现在有 {} 个，列表没有按它查找。请缩短后再查。"
NO_WORD = "“{}”里没有文字或数字可以查找，列表没有按它查找。请输入要查找的字词。"
TOO_MANY = "关键词最多 {} 个词，现在有 {} 个，列表没有按它查找。请留下最要紧的词再查。"


def refusal_of(query: str) -> str:
    """Why no list can look for what was typed; "" where it can, or where nothing was typed."""
    words = typed_words(query)
    if query.strip() and not words:
        return NO_WORD.format(query)
    return TOO_MANY.format(MOST_WORDS, len(words)) if len(words) > MOST_WORDS else ""


class WordsField(forms.CharField):
    """Typed words."""

    def __init__(self, *, longest: int = LONGEST, **kwargs: Any) -> None:
        """longest: in characters."""
        super().__init__(**kwargs)
        self.longest = longest

    def clean(self, value: object) -> str:
        """The words; refuses more than anybody types or a list looks for, and what holds no letter and no figure."""
        words: str = super().clean(value)
        if len(words) > self.longest:
            raise ValidationError(TOO_LONG.format(self.longest, len(words)), code="max_length")
        if refusal := refusal_of(words):
            raise ValidationError(refusal, code="words")
        return words


class WordsFilter(django_filters.Filter):
    """A filter by typed words."""

    field_class = WordsField


class WordsForm(SayingMixin, forms.Form):
    """The box alone, where a list reads its other conditions itself."""

    q = WordsField(label="关键词", required=False)
