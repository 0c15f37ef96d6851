"""Lists as xlsx: long numbers and what begins like a formula are text, amounts and days are what they are (docs/adr/0106)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.utils import timezone
from xlsxwriter.worksheet import Worksheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767  # characters that a cell takes
EXACT = 10**15  # from here on a table program rounds a number
WIDTHS = (8, 60)  # characters of a column
WIDE = "ᄀ"  # from here on a character takes the place of two
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FORMATS = {
    "head": {"bold": True, "bg_color": "#E4E7EE", "num_format": "@"},
    "text": {"num_format": "@", "text_wrap": False},
    "money": {"num_format": "#,##0.00"},
    "day": {"num_format": "yyyy-mm-dd"},
    "time": {"num_format": "yyyy-mm-dd hh:mm"},
}


def write_list(out: IO[bytes], title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write one list into an xlsx, row by row; return how many rows it has."""
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        formats = {name: book.add_format(look) for name, look in FORMATS.items()}
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, heads, formats["head"])
        number = 0
        for number, row in enumerate(rows, 1):
            if number == 1:
                set_widths(sheet, heads, row)
            write_row(sheet, number, row, formats)
    return number


def set_widths(sheet: Worksheet, heads: Sequence[str], first: Sequence[Any]) -> None:
    """Columns as wide as their heads and their first row, within bounds."""
    least, most = WIDTHS
    for column, (head, cell) in enumerate(zip(heads, first, strict=True)):
        sheet.set_column(column, column, min(max(width_of(head), width_of(cell), least) + 2, most))


def write_row(sheet: Worksheet, number: int, row: Sequence[Any], formats: dict[str, Any]) -> None:
    """One row: nothing becomes a formula, nothing is rounded."""
    for column, value in enumerate(row):
        if value is None or value == "":
            continue
        if isinstance(value, dt.datetime):
            local = timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
            sheet.write_datetime(number, column, local, formats["time"])
        elif isinstance(value, dt.date):
            sheet.write_datetime(number, column, value, formats["day"])
        elif isinstance(value, Decimal) and abs(value) < EXACT:
            sheet.write_number(number, column, value, formats["money"])
        elif isinstance(value, int) and not isinstance(value, bool) and abs(value) < EXACT:
            sheet.write_number(number, column, value)
        else:
            sheet.write_string(number, column, as_text(value), formats["text"])


def as_text(value: object) -> str:
    """A cell's text; yes and no in words."""
    text = ("是" if value else "否") if isinstance(value, bool) else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def width_of(value: object) -> int:
    """How many places a cell takes, of its first line."""
    line = str(value or "").partition("\n")[0]
    return sum(2 if sign >= WIDE else 1 for sign in line)
