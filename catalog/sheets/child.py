"""Reads a spreadsheet in a process of its own, which may take so much memory and time and no more (docs/adr/0105).

It is started as a script and knows nothing of the portal: the file's path and its kind come as arguments, out go lines of
JSON: first the names of the hidden sheets, then each row that holds something, as [sheet, number, cells]; null instead of
the cells of a hidden row. A cell is a text, or ["n", digits] for a number, ["m", digits] for one in a workbook that counts
its days from 1904, ["d", date] for a day. Why it could not read a file it says on its error output in one word; where it
says none of these, the file is broken.
"""

import csv
import datetime as dt
import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

import python_calamine as calamine
from defusedxml.expatreader import create_parser

MEMORY = 640 * 1024 * 1024  # bytes of address space
SECONDS = 60  # of the processor
MOST_TOLD = 64 * 1024 * 1024  # bytes that it writes
MOST_CELLS = 200  # of a row
SNIFFED = 30  # lines among which the separator is looked for
SEPARATORS = ",\t;，"
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}  # of byte order
Row = tuple[int, list[Any]]


class HiddenRows(ContentHandler):
    """The numbers of the rows that a sheet of an xlsx hides."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[int] = set()
        self.number = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        """See one row begin."""
        if name.rpartition(":")[2] == "row":
            self.number = int(attrs.get("r") or self.number + 1)
            if attrs.get("hidden") in {"1", "true"}:
                self.found.add(self.number)


def hidden_rows(path: Path) -> list[set[int]]:
    """The hidden rows of each sheet, in the order of the workbook, which names them in that order too."""
    found = []
    with zipfile.ZipFile(path) as package:
        for part in parts_of(package):
            parser, seen = create_parser(), HiddenRows()
            parser.setContentHandler(seen)
            with package.open(part) as content:
                parser.parse(content)
            found.append(seen.found)
    return found


class Relations(ContentHandler):
    """The attributes of all elements of one name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.found: list[dict[str, str]] = []

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        """See one element begin."""
        if name.rpartition(":")[2] == self.name:
            self.found.append({key.rpartition(":")[2]: attrs.getValue(key) for key in attrs.getNames()})


def attributes(package: zipfile.ZipFile, part: str, name: str) -> list[dict[str, str]]:
    """The attributes of the elements of this name in a part; without their prefixes."""
    parser, seen = create_parser(), Relations(name)
    parser.setContentHandler(seen)
    parser.parse(io.BytesIO(package.read(part)))
    return seen.found


def parts_of(package: zipfile.ZipFile) -> Iterator[str]:
    """The parts of the sheets, as the workbook orders them."""
    targets = {row["Id"]: row["Target"] for row in attributes(package, "xl/_rels/workbook.xml.rels", "Relationship")}
    for sheet in attributes(package, "xl/workbook.xml", "sheet"):
        target = targets[sheet["id"]]
        yield target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def number_kind(path: Path) -> str:
    """How a number of an xlsx counts days: "m" from 1904, as table programs of old Macs do, else "n"."""
    with zipfile.ZipFile(path) as package:
        said = attributes(package, "xl/workbook.xml", "workbookPr")
    return "m" if any(row.get("date1904") in {"1", "true"} for row in said) else "n"


def of_workbook(path: Path, kind: str) -> None:
    """Write out an xlsx or an xls: its visible sheets. Which rows an xls hides, and from when it counts, cannot be seen."""
    book = calamine.CalamineWorkbook.from_path(str(path))
    unseen = hidden_rows(path) if kind == "xlsx" else [set()] * len(book.sheet_names)
    number = number_kind(path) if kind == "xlsx" else "n"
    sheets = book.sheets_metadata
    tell([sheet.name for sheet in sheets if not is_shown(sheet)])
    for place, (sheet, hidden) in enumerate(zip(sheets, unseen, strict=True)):
        if is_shown(sheet):
            put(sheet.name, rows_of(book.get_sheet_by_index(place)), hidden, number)


def is_shown(sheet: calamine.SheetMetadata) -> bool:
    """A sheet of cells that the program shows."""
    return bool(sheet.typ == calamine.SheetTypeEnum.WorkSheet and sheet.visible == calamine.SheetVisibleEnum.Visible)


def rows_of(sheet: calamine.CalamineSheet) -> Iterator[Row]:
    """(number, cells) of the rows; what is merged downwards stands in each of its rows."""
    below: dict[tuple[int, int], Any] = {}
    ends = {area[0]: area[1][0] for area in sheet.merged_cell_ranges or () if area[1][0] > area[0][0]}
    for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
        cells = list(values)
        for column, cell in enumerate(cells):
            place = (row, column)
            if place in below:
                cells[column] = below.pop(place)
            elif place in ends and cell != "":
                below |= {(further, column): cell for further in range(row + 1, ends[place] + 1)}
        yield row + 1, cells


def of_text(path: Path) -> None:
    """Write out a csv, whatever its encoding and separator are."""
    data = path.read_bytes()
    text = decoded(data)
    tell([])
    csv.field_size_limit(1024 * 1024)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text))
    put("", ((rows.line_num, [as_typed(cell) for cell in row]) for row in rows), set())


def decoded(data: bytes) -> str:
    """The text, by its mark of byte order, else as UTF-8, else as GB 18030; UnicodeDecodeError where it is none of them."""
    for mark, name in MARKS.items():
        if data.startswith(mark):
            return data.decode(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def separator(text: str) -> str:
    """The sign that stands most often in the first lines."""
    head = "\n".join(text.splitlines()[:SNIFFED])
    return max(SEPARATORS, key=head.count)


def as_typed(cell: str) -> str:
    """A cell without what table programs put around a code to keep it a text: ="0012" and '0012."""
    cell = cell.strip()
    if cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1]
    return cell.removeprefix("'")


def put(sheet: str, rows: Iterable[Row], hidden: set[int], number: str = "n") -> None:
    """Write out the rows that hold something, and no more cells than a row may have. number: the kind of its numbers."""
    for place, cells in rows:
        if any(cell not in {"", None} for cell in cells):
            tell([sheet, place, None if place in hidden else [plain(cell, number) for cell in cells[:MOST_CELLS]]])


def plain(cell: object, number: str) -> Any:
    """A cell as JSON holds it; a number with all the digits that the file has of it."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return [number, f"{cell:.0f}" if float(cell).is_integer() else f"{cell:.15g}"]
    if isinstance(cell, dt.datetime):
        return ["d", cell.date().isoformat()]
    if isinstance(cell, dt.date):
        return ["d", cell.isoformat()]
    return "" if cell is None else str(cell)


def tell(what: object) -> None:
    """Write one line."""
    sys.stdout.write(json.dumps(what, ensure_ascii=False) + "\n")


def main(path: str, kind: str) -> str:
    """Read the file; "" or, in one word, why it could not be read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_TOLD, MOST_TOLD))
    try:
        if kind == "csv":
            of_text(Path(path))
        else:
            of_workbook(Path(path), kind)
    except calamine.PasswordError:
        return "locked"
    except UnicodeDecodeError:
        return "encoding"
    except (MemoryError, OSError):
        return "large"
    return ""


if __name__ == "__main__":
    word = main(*sys.argv[1:])
    sys.stderr.write(word)
    sys.exit(bool(word))
