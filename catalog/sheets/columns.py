"""The columns of a spreadsheet by their names, and what a cell says as text: nothing is guessed, nothing rounded."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ui.figures import half_width, visible
from ui.words import folded

Cell = str | list[str]  # as catalog/sheets/child.py writes it
EXACT = 15  # digits that a table program keeps of a number
ASIDE = re.compile(r"[\s*:、,/\\_\-]|[(\[【].*?[)\]】]")  # of a heading, folded
SHORTENED = re.compile(r"[0-9](\.[0-9]+)?e\+?[0-9]+", re.IGNORECASE)
DAY_ZERO = {"n": dt.date(1899, 12, 30), "m": dt.date(1904, 1, 1)}  # of the days that table programs count
SERIALS = range(20_000, 80_000)  # 1954 to 2119
AS_FIGURES = range(19_000_101, 21_001_232)  # 20261124
AS_TEXT = "请把这一列设为“文本”，按原件重新填写这一格。"
ROUNDED = "“{title}”是数字格式，表格软件只保留前 {exact} 位，后面的已经变成 0 或被改掉，不能照用。" + AS_TEXT
NO_RESULT = "“{title}”写的是 0，可能是表格软件没有保存公式的结果。请把公式改成它的结果，或者留空。"
SHORT = "“{title}”写成了 {text}，是被表格软件缩写过的数字，原来的数位已经丢失。" + AS_TEXT
A_DAY = "“{title}”被表格软件当成了日期（{text}）。" + AS_TEXT
NO_DAY = "“{title}”写的是“{text}”，看不出是哪一天，请写成 2026-11-24 这样的年月日。"


class Unclear(Exception):
    """A cell that has to be asked back; the sentence names its column."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Column:
    """One column that is read: the field that it fills, its title, other spellings of it."""

    name: str
    title: str
    others: tuple[str, ...] = ()
    needed: bool = False  # without it the table is not read
    is_day: bool = False
    hint: str = ""  # below the title of the template
    sample: str = ""  # in the template

    @property
    def keys(self) -> list[str]:
        """Its spellings, as headings are compared; the title first."""
        return [key_of(title) for title in (self.title, *self.others)]


def key_of(heading: Cell) -> str:
    """A heading as it is compared: folded, without signs and what stands in brackets."""
    return ASIDE.sub("", folded(visible(heading))) if isinstance(heading, str) else ""


def text_of(cell: Cell, column: Column) -> str:
    """What a cell says; raise Unclear where the table program has changed what was typed."""
    kind, text = cell if isinstance(cell, list) else ("", cell)
    text = visible(text).strip()
    if column.is_day:
        return day_of(kind, text, column)
    if kind == "d":
        raise Unclear(A_DAY.format(title=column.title, text=text))
    if kind in DAY_ZERO:
        return number_of(text, column)
    if SHORTENED.fullmatch(half_width(text)):
        raise Unclear(SHORT.format(title=column.title, text=text))
    return text


def number_of(text: str, column: Column) -> str:
    """The digits of a number; raise Unclear where there are more of them than are kept, or none was: no column takes a 0."""
    if len(text.lstrip("-").partition(".")[0]) > EXACT or "e" in text:
        raise Unclear(ROUNDED.format(title=column.title, exact=EXACT))
    if text == "0":
        raise Unclear(NO_RESULT.format(title=column.title))
    return text


def day_of(kind: str, text: str, column: Column) -> str:
    """A day as 2026-11-24, from a day, a text or a number; raise Unclear where it is none."""
    if kind == "d" or not text:
        return text
    typed = half_width(text)
    figures = re.sub(r"[年月./]", "-", typed).rstrip("日号").rstrip("-")
    if kind in DAY_ZERO and typed.isascii() and float(typed).is_integer() and int(float(typed)) in SERIALS:
        return (DAY_ZERO[kind] + dt.timedelta(int(float(typed)))).isoformat()
    if re.fullmatch(r"[0-9]{8}", figures) and int(figures) in AS_FIGURES:
        figures = f"{figures[:4]}-{figures[4:6]}-{figures[6:]}"
    try:
        year, month, day = (int(part) for part in figures.split(" ")[0].split("T")[0].split("-"))
        return dt.date(year, month, day).isoformat()
    except ValueError:
        raise Unclear(NO_DAY.format(title=column.title, text=text)) from None


@dataclass
class Heads:
    """Which column of the table fills which field."""

    row: int
    places: dict[str, int]
    unused: list[str]

    @property
    def many(self) -> int:
        """How many fields are found."""
        return len(self.places)


def heads_in(row: int, cells: list[Cell], columns: Iterable[Column]) -> Heads:
    """What a row is as the row of headings; an exact title goes before other spellings, the first before the second."""
    keys = [key_of(cell) for cell in cells]
    places: dict[str, int] = {}
    for column in columns:
        found = [keys.index(key) for key in column.keys if key in keys]
        free = [place for place in found if place not in places.values()]
        if free:
            places[column.name] = free[0]
    unused = [str(cell).strip() for place, cell in enumerate(cells) if keys[place] and place not in places.values()]
    return Heads(row, places, unused)


def values_of(cells: list[Cell], heads: Heads, columns: Iterable[Column]) -> tuple[dict[str, str], dict[str, str]]:
    """(field → text, field → sentence of what has to be asked back) of one row."""
    values: dict[str, str] = {}
    asked: dict[str, str] = {}
    for column in columns:
        place: Any = heads.places.get(column.name)
        cell: Cell = cells[place] if place is not None and place < len(cells) else ""
        try:
            values[column.name] = text_of(cell, column)
        except Unclear as unclear:
            values[column.name] = cell[1] if isinstance(cell, list) else cell
            asked[column.name] = unclear.sentence
    return values, asked
