"""What a file could do to the portal that opens it, tried with harmless ones."""

import io
import zipfile

import pytest

from catalog.sheets import child
from records.scans import ofd
from records.scans.refusal import Refusal
from records.scans.sheets import MAX_ENTRIES, kind_of_sheet
from tests.catalog.sheets import ugly
from tests.catalog.sheets.test_reading import refused
from tests.catalog.sheets.ugly import HEADS, ONE, table, written, xlsx

pytestmark = pytest.mark.heavy
PLAIN = ugly.BOTH["plain"]


def refusal(data):
    with pytest.raises(Refusal) as found:
        kind_of_sheet(data)
    return found.value.code


def packed(data=PLAIN, method=zipfile.ZIP_DEFLATED, **parts):
    """The workbook with further parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", method) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, parts.pop(entry.filename, old.read(entry)))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def test_what_a_file_is_tells_its_content():
    kinds = {name: kind_of_sheet(data) for name, data in ugly.BOTH.items()}
    assert {name.split()[0]: kind for name, kind in kinds.items() if name.startswith(("xls", "csv", "plain"))} == {
        "plain": "xlsx",
        "xls": "xls",
        "csv": "csv",
    }


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"MZ\0\0", "type"),
        (PLAIN[:-200], "broken"),
        (b"PK\x03\x04 nothing", "broken"),
        (packed(**{"xl/vbaProject.bin": b"x"}), "active"),
        (packed(**{"run.exe": b"x"}), "active"),
        (packed(**{"xl/media/white.bmp": b"\0" * 3_000_000}), "bomb"),
        (packed(method=zipfile.ZIP_BZIP2), "broken"),
        (packed(**{f"{number}.txt": "" for number in range(MAX_ENTRIES)}), "bomb"),
    ],
)
def test_what_is_no_harmless_table_is_refused(data, code):
    assert refusal(data) == code


def test_another_zip_is_no_table():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    assert refusal(out.getvalue()) == "type"
    assert out.getvalue()[:4] == ofd.ZIP


def test_a_cell_at_the_far_end_takes_no_memory(monkeypatch):
    """The reader lays out the whole rectangle: sixteen thousand million cells."""

    def far(book, sheet):
        written(book, sheet, HEADS, ONE)
        sheet.write(1_048_575, 16_383, "x")

    assert "放不进内存" in refused(xlsx(far))


def test_a_text_that_stands_in_many_cells_takes_no_memory():
    long = "样" * 32_000
    assert "放不进内存" in refused(table(HEADS, *[(long,) * 8] * 4_000))
    assert "放不进内存" in refused(table(HEADS, *[(long,) * 8] * 120))


def test_entities_are_not_read():
    sheet = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet><sheetData>&a;</sheetData></worksheet>'
    assert "打不开" in refused(packed(**{"xl/worksheets/sheet1.xml": sheet}))


def test_what_only_looks_like_an_old_table_is_told():
    assert "打不开" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "文字编码无法识别" in refused(b"\xff\x81\x20")


def test_the_reader_in_its_own_process_knows_its_bounds():
    assert child.MEMORY < 1024**3
    assert child.SECONDS <= 60
