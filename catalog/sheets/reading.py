"""A spreadsheet as rows under the names of its columns: title rows, hidden rows and what is no row of the list are passed over."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import IO, Any

from catalog.sheets import child
from catalog.sheets.columns import Cell, Column, Heads, heads_in, key_of, values_of

MOST_ROWS = 20_000
LOOKED_AT = 30  # rows of a sheet among which its headings stand
LEAST_HEADS = 2  # names of columns that make a row the row of headings
PIECE = 1024 * 1024  # bytes
SHOWN = 10  # numbers and names in a sentence
WHY = {  # word of the child → what is said of the file
    "locked": "设有打开密码，请去掉密码后重新上传。",
    "encoding": "的文字编码无法识别，请用 Excel 或 WPS 打开，另存为 xlsx 后上传。",
    "large": "太大，展开后放不进内存，请删去没有用到的行和列，或拆成几个文件，分次导入。",
}
BROKEN = "打不开，可能已损坏或不是真正的表格，请用 Excel 或 WPS 打开，另存为新的 xlsx 文件后上传。"
EMPTY = "的列名下面没有数据，请核对是否选错了文件。"


class Unreadable(Exception):
    """The file cannot be read as a list; the sentence says why, and a way that works."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass
class Line:
    """One row of the list."""

    sheet: str
    number: int  # as the table program counts
    values: dict[str, str]
    asked: list[str] = field(default_factory=list)  # sentences of what has to be asked back
    unclear: frozenset[str] = frozenset()  # the fields of those sentences


@dataclass
class Reading:
    """The rows, and what the person is told of what was not read."""

    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Sheet:
    """One sheet while it is read: its first rows, until they tell where the headings are."""

    name: str
    first: list[tuple[int, list[Cell]]] = field(default_factory=list)
    heads: Heads | None = None
    hidden: list[int] = field(default_factory=list)
    passed: list[int] = field(default_factory=list)

    @property
    def label(self) -> str:
        """How it is named in a sentence; the one sheet of a csv has no name."""
        return f"工作表“{self.name}”" if self.name else "表格"


def read_sheet(file: IO[bytes], kind: str, columns: tuple[Column, ...]) -> Reading:
    """Read an xlsx, xls or csv; raise Unreadable with a sentence where there is no list in it."""
    with tempfile.NamedTemporaryFile(suffix=f".{kind}") as copy, tempfile.TemporaryFile() as out:
        while piece := file.read(PIECE):
            copy.write(piece)
        copy.flush()
        command = [sys.executable, "-P", "-X", "utf8", child.__file__, copy.name, kind]
        reader = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, check=False)
        if reader.returncode:
            word = reader.stderr.decode(errors="replace")
            killed = reader.returncode < 0 or "memory" in word.lower()
            raise Unreadable(WHY.get("large" if killed else word, BROKEN))
        out.seek(0)
        return gathered(map(json.loads, out), columns)


def gathered(told: Iterator[Any], columns: tuple[Column, ...]) -> Reading:
    """The rows of all sheets that have headings, and what is told of the others."""
    reading = Reading()
    sheets: list[Sheet] = []
    passed_by: list[str] = next(told, [])
    for name, rows in groupby(told, key=itemgetter(0)):
        sheet = Sheet(name)
        sheets.append(sheet)
        for line in lines_of(sheet, rows, columns):
            reading.lines.append(line)
            if len(reading.lines) > MOST_ROWS:
                raise Unreadable(f"超过 {MOST_ROWS} 行，请拆成几个文件，分次导入。")
    if not any(sheet.heads for sheet in sheets):
        raise Unreadable(without_heads(sheets, columns))
    check_needed(sheets, columns)
    if not reading.lines:
        raise Unreadable(EMPTY)
    reading.notes = list(notes_of(sheets, passed_by))
    return reading


def lines_of(sheet: Sheet, rows: Iterator[Any], columns: tuple[Column, ...]) -> Iterator[Line]:
    """The rows below the headings; a second row of headings, and what is no row of the list, are passed over."""
    for _, number, cells in rows:
        if cells is None:
            sheet.hidden.append(number)
        elif sheet.heads is None and len(sheet.first) < LOOKED_AT:
            sheet.first.append((number, cells))
        else:
            yield from taken(sheet, columns)
            yield from line_of(sheet, number, cells, columns)
    yield from taken(sheet, columns)


def taken(sheet: Sheet, columns: tuple[Column, ...]) -> Iterator[Line]:
    """The rows among the first ones, once they tell which of them holds the headings: the one with the most names."""
    if sheet.heads is not None or not sheet.first:
        return
    found = [heads_in(number, cells, columns) for number, cells in sheet.first]
    best = max(found, key=lambda heads: heads.many)
    first, sheet.first = sheet.first, []
    if best.many < LEAST_HEADS:
        sheet.first = first[:1]
        return
    sheet.heads = best
    for number, cells in first:
        if number > best.row:
            yield from line_of(sheet, number, cells, columns)


def line_of(sheet: Sheet, number: int, cells: list[Cell], columns: tuple[Column, ...]) -> Iterator[Line]:
    """The row as a line of the list, if it is one: it fills one of the needed columns, and not with headings again."""
    if sheet.heads is None:
        return
    values, asked = values_of(cells, sheet.heads, columns)
    needed = [column for column in columns if column.needed]
    again = sum(key_of(values[column.name]) in column.keys for column in columns)
    if again >= LEAST_HEADS:
        return
    filled = [column.name for column in needed if values[column.name]]
    if len(filled) < len(needed) and sum(map(bool, values.values())) <= 1:  # a remark, a heading of a group, a sum
        sheet.passed.append(number)
        return
    yield Line(sheet.name, number, values, list(asked.values()), frozenset(asked))


def without_heads(sheets: list[Sheet], columns: tuple[Column, ...]) -> str:
    """What is said where no row of headings was found."""
    names = "、".join(f"“{column.title}”" for column in columns if column.needed)
    if not any(sheet.first for sheet in sheets):
        return "里没有看得见的内容，请核对是否选错了文件。"
    return f"里没有找到列名。表头的一行应有{names}等列名，可以下载模板，照模板的列名改好后重新上传。"


def check_needed(sheets: list[Sheet], columns: tuple[Column, ...]) -> None:
    """Raise Unreadable where the headings of a sheet lack a column without which nothing can be told."""
    for sheet in sheets:
        places = sheet.heads.places if sheet.heads else {}
        lacking = [column.title for column in columns if sheet.heads and column.needed and column.name not in places]
        if lacking and sheet.heads:
            names = "、".join(f"“{title}”" for title in lacking)
            raise Unreadable(f"里，{sheet.label}第 {sheet.heads.row} 行的列名中缺少{names}，请补上这一列后重新上传。")


def notes_of(sheets: list[Sheet], passed_by: list[str]) -> Iterator[str]:
    """What the person is told of what was not read."""
    if passed_by:
        yield f"隐藏的工作表没有读取：{some(passed_by)}。需要导入的，请取消隐藏后重新上传。"
    for sheet in sheets:
        if sheet.heads is None and sheet.first:
            yield f"{sheet.label}里没有找到列名，没有读取。"
        if sheet.hidden:
            rows = some(map(str, sheet.hidden))
            yield f"{sheet.label}里隐藏的 {len(sheet.hidden)} 行没有读取（第 {rows} 行）。需要导入的，请取消隐藏或清除筛选后重新上传。"
        if sheet.passed:
            yield f"{sheet.label}第 {some(map(str, sheet.passed))} 行只有一格有内容，当作说明，没有读取。"
        if sheet.heads and sheet.heads.unused:
            yield f"{sheet.label}里没有用到的列：{some(sheet.heads.unused)}。"


def some(names: Iterable[str]) -> str:
    """The names, the first ones where they are many."""
    told = list(names)
    return "、".join(told[:SHOWN]) + (" 等" if len(told) > SHOWN else "")
