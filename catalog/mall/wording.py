"""What was changed of a row, as its trail and a spreadsheet's report say it: each field with its old and its new value."""

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import takewhile
from typing import Any

from django.db.models import Model

from ui.fields import one_line
from ui.templatetags.ui import mask_phone, money

LONGEST = 60  # characters of one value
LEAD = 8  # characters before those that differ
NOTHING = "（空）"
WORDS = {True: "是", False: "否"}
MASKED = {"phone": mask_phone}  # in a trail that nobody can take away


def value_words(row: Model, name: str) -> str:
    """The value of a field as people read it: an amount, a choice by its label, another row by its name."""
    column: Any = row._meta.get_field(name)
    value = getattr(row, name)
    if isinstance(value, bool):
        return WORDS[value]
    if isinstance(value, Decimal):
        return money(value)
    if isinstance(value, list):
        labels = dict(column.base_field.flatchoices)
        return "、".join(str(labels.get(one, one)) for one in value)
    label = dict(column.flatchoices).get(value, value) if column.choices else value
    return MASKED.get(name, str)("" if label is None else label)


def label_of(row: Model, name: str) -> str:
    """What the field is called; the unit of an amount stands with the amount."""
    column: Any = row._meta.get_field(name)
    return str(column.verbose_name).removesuffix("（元）")


def change_words(label: str, old: str, new: str) -> str:
    """One field with both values, long texts from a little before where they differ."""
    old, new = (re.sub(" +", " ", one_line(text)) for text in (old, new))
    start = 0
    if max(len(old), len(new)) > LONGEST:
        same = takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))
        start = max(0, sum(1 for _ in same) - LEAD)
    told = [part_of(text, start) or NOTHING for text in (old, new)]
    return f"{label}：{told[0]} → {told[1]}" if told[0] != told[1] else f"{label}有改动"


def part_of(text: str, start: int) -> str:
    """So much of a text, with marks where more stands before or behind."""
    part = text[start : start + LONGEST]
    return f"{'…' if start and part else ''}{part}{'…' if len(text) > start + LONGEST else ''}"


def changes_between(before: Model, after: Model, names: Iterable[str]) -> str:
    """A line for each of these fields that differs; "" where none does."""
    differing = [name for name in names if getattr(before, name) != getattr(after, name)]
    return "\n".join(
        change_words(label_of(after, name), value_words(before, name), value_words(after, name)) for name in differing
    )
