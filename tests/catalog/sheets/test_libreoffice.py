"""The same ugly list as LibreOffice Calc 7.4.7 writes it: as xlsx, through an ods, as xls of 1997 and as csv in GB 18030.

The files were made once by `soffice --headless --convert-to` from a list of names that nobody has: a title, a merged host, a
formula, days in two formats, a number for a phone, a hidden row, a hidden sheet and a sum.
"""

from pathlib import Path

import pytest

from records.scans.refusal import Refusal
from records.scans.sheets import kind_of_sheet
from tests.catalog.sheets.test_reading import FIRST, SECOND, cleaned, read

pytestmark = pytest.mark.heavy
FILES = Path(__file__).parent / "libreoffice"
THIRD = SECOND | {"name": "丙隐藏实验室"}


def data_of(name):
    return (FILES / f"7.4.7-{name}").read_bytes()


@pytest.mark.parametrize("name", ["xlsx.xlsx", "ods.xlsx"])
def test_an_xlsx_says_what_it_hides(name):
    found = read(data_of(name))
    assert [cleaned(line) for line in found.lines] == [FIRST, SECOND]
    assert [note[:9] for note in found.notes] == ["隐藏的工作表没有读", "工作表“名单”里隐", "工作表“名单”第 "]


def test_an_xls_that_has_lost_the_text_of_a_formula_is_asked_back():
    """LibreOffice keeps 0 for a text that a formula makes; which rows an xls hides cannot be seen."""
    found = read(data_of("xls.xls"))
    assert [line.asked for line in found.lines][1:] == [[], []]
    (sentence,) = found.lines[0].asked
    assert sentence.startswith("“实验室名称”写的是 0，可能是表格软件没有保存公式的结果")
    assert [cleaned(line) for line in found.lines[1:]] == [SECOND, THIRD]


def test_a_csv_asks_back_the_day_that_its_program_has_written_the_american_way():
    found = read(data_of("gb18030.csv"))
    assert [cleaned(line) for line in (found.lines[0], found.lines[2])] == [FIRST, THIRD]
    assert found.lines[1].asked == ["“发布日期”写的是“11/24/2026”，看不出是哪一天，请写成 2026-11-24 这样的年月日。"]


def test_an_ods_is_refused_with_the_way_out():
    with pytest.raises(Refusal) as refusal:
        kind_of_sheet(data_of("ods.ods"))
    assert "另存为新的 xlsx 文件后上传" in refusal.value.reason
