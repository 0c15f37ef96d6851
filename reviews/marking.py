"""The boxes of a decision in which fields, lists and rows are marked."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from reviews.marks import FEW, MarkedList, is_row, lists_in, tree_of, without_rows_of_lists
from ui.sayings import say
from ui.widgets import CheckboxTree

NUMBERS = "rows_"  # and the name of a list: the box for the numbers of its rows
ROWS = re.compile(r"[0-9]{1,4}(?:\s*[-—~至到－]\s*[0-9]{1,4})?")
BETWEEN = re.compile(r"[\s,，、;；]*")
UNREADABLE = "行号应为数字，用顿号隔开，连续的几行写成 5-7，例如 2、5-7，请改正。"


class MarksMixin:
    """A form with a field `corrections` in which single rows can be marked, too."""

    fields: dict[str, Any]
    marked_lists: Sequence[MarkedList] = ()

    def offer_marks(self, choices: list[tuple[str, str]]) -> None:
        """Offer fields, lists and rows as a tree; a list that is too long for it gets a box for numbers."""
        field, tree = self.fields["corrections"], tree_of(choices)
        self.marked_lists = lists_in(choices)
        if self.marked_lists:
            field.widget = CheckboxTree()
        field.choices = tree
        boxes = number_boxes(self.marked_lists)
        for box in boxes.values():
            say(box)
        self.fields |= boxes
        names = list(self.fields)
        at = names.index("corrections") + 1
        order: Any = self
        order.order_fields([*names[:at], *boxes, *names[at:]])

    def take_marks(self, data: dict[str, Any]) -> None:
        """Put the rows whose numbers were typed among the marks."""
        form: Any = self
        typed: list[str] = []
        for one in self.marked_lists:
            name = f"{NUMBERS}{one.name}"
            if data.get(name):
                try:
                    typed += marks_typed(data[name], one)
                except forms.ValidationError as wrong:
                    form.add_error(name, wrong)
        if "corrections" in data:
            data["corrections"] = without_rows_of_lists([*data["corrections"], *typed])

    def rows_said(self, marks: Iterable[str]) -> dict[str, Any]:
        """{"rows": mark → what the row is called} of the rows among the marks; {} where none is."""
        labels = {mark: label for one in self.marked_lists for mark, label in one.rows}
        rows = {mark: labels[mark] for mark in marks if is_row(mark)}
        return {"rows": rows} if rows else {}


def number_boxes(lists: Iterable[MarkedList]) -> dict[str, forms.Field]:
    """For each long list the box in which the numbers of its rows are typed."""
    return {
        f"{NUMBERS}{one.name}": forms.CharField(
            label=f"{one.title}中需要修改的行",
            required=False,
            max_length=200,
            help_text=f"共 {len(one.rows)} 行，写行号，例如 2、5-7；不写就不标出单独的行。",
        )
        for one in lists
        if len(one.rows) > FEW
    }


def marks_typed(typed: str, one: MarkedList) -> list[str]:
    """The marks of the rows whose numbers were typed; ValidationError for what is none of the list."""
    if BETWEEN.sub("", ROWS.sub("", typed)):
        raise forms.ValidationError(UNREADABLE)
    spans = [[int(number) for number in re.findall(r"[0-9]+", span)] for span in ROWS.findall(typed)]
    wanted = [number for span in spans for number in range(min(span), max(span) + 1)]
    if beyond := [number for number in wanted if not 1 <= number <= len(one.rows)]:
        raise forms.ValidationError(f"{one.title}只有 {len(one.rows)} 行，没有第 {beyond[0]} 行，请改正。")
    return [one.rows[number - 1][0] for number in dict.fromkeys(wanted)]
