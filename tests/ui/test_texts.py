"""How long a text is: one count in browser and server, least and most alike."""

import pytest
from django import forms
from django.urls import get_resolver

from tests.ui.test_days import OURS, all_forms
from ui.forms import SayingMixin
from ui.texts import as_counted
from ui.widgets import Lines

LINES = "一\r\n二\r三\n四"


class WordsForm(SayingMixin, forms.Form):
    words = forms.CharField(label="说明", min_length=7, max_length=7, widget=Lines(3))
    line = forms.CharField(label="名称", max_length=4)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        (LINES, 7),
        ("\r\n 一 \u3000\ufeff\x85", 1),
        ("𬭚㛃", 2),
        ("一\r\n\r\n二", 4),
        ("一 二", 3),
        ("\u200b", 1),
    ],
)
def test_a_line_break_is_one_character_and_blanks_around_the_text_are_none(text, length):
    assert len(as_counted(text)) == length


@pytest.mark.parametrize(
    ("words", "errors"),
    [
        (LINES, []),
        (LINES + "\r\n", []),
        (LINES + "五", ["最多写 7 个字，现在是 8 个字，请删减。"]),
        ("一\r\n二\r\n三\r\n", ["至少写 7 个字，现在是 5 个字，请补充。"]),
    ],
)
def test_least_and_most_are_counted_alike(words, errors):
    form = WordsForm({"words": words, "line": "一"})
    assert form.errors.get("words", []) == errors
    assert errors or form.cleaned_data["words"] == "一\n二\n三\n四"


def test_the_counter_knows_the_limits_and_nothing_that_is_pasted_is_cut():
    form = WordsForm()
    assert 'data-count="7-7"' in str(form["words"])
    assert "length" not in str(form["words"]) + str(form["line"])
    assert WordsForm({"words": LINES, "line": "一二三四五"}).errors == {
        "line": ["最多写 4 个字，现在是 5 个字，请删减。"]
    }


@pytest.mark.heavy
def test_every_place_for_several_lines_counts():
    assert get_resolver().url_patterns  # every view is read, and so every form
    areas = [
        (f"{form.__module__}.{form.__name__}", name)
        for form in all_forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if form.__module__.partition(".")[0] in OURS and isinstance(field.widget, forms.Textarea)
        if not isinstance(field.widget, Lines)
    ]
    assert areas == []
