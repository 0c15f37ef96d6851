"""Spreadsheets are read as they come; what a table program has lost is asked back, never guessed."""

import datetime as dt
import io

import pytest

from catalog.sheets import reading
from catalog.sheets.laboratories import COLUMNS, LaboratoryRow
from catalog.sheets.reading import Unreadable, read_sheet
from records.scans.sheets import kind_of_sheet
from tests.catalog.sheets import ugly
from tests.catalog.sheets.ugly import HEADS, ONE, TWO, table, text, xlsx

pytestmark = pytest.mark.heavy
FIRST = {
    "name": "甲样例实验室",
    "host_name": "样例研究院（演示）",
    "host_uscc": ugly.CODE,
    "region": "tianjin",
    "kind": "national",
    "areas": ["materials", "manufacturing"],
    "phone": "022-60000001",
    "published_on": dt.date(2026, 11, 24),
}
SECOND = FIRST | {
    "name": "乙样例实验室",
    "region": "hebei",
    "kind": "engineering",
    "areas": ["electronics"],
    "phone": "13800000000",
}


def read(data):
    return read_sheet(io.BytesIO(data), kind_of_sheet(data), COLUMNS)


def cleaned(line):
    form = LaboratoryRow(line.values)
    assert form.is_valid(), form.errors
    return {name: value for name, value in form.cleaned_data.items() if value}


def asked(data):
    return [line.asked for line in read(data).lines]


def refused(data):
    with pytest.raises(Unreadable) as refusal:
        read(data)
    return refusal.value.sentence


def test_there_are_more_than_thirty():
    assert len(ugly.BOTH) > 30


@pytest.mark.parametrize("name", ugly.BOTH)
def test_the_same_two_laboratories_are_read(name):
    lines = read(ugly.BOTH[name]).lines
    assert [line.asked for line in lines] == [[], []]
    assert [cleaned(line) for line in lines] == [FIRST, SECOND]


@pytest.mark.parametrize("code", [911201040000000194, 9112010400000002, -911201040000000194])
def test_a_number_of_more_than_fifteen_digits_is_asked_back(code):
    first, second = asked(table(HEADS, (*ONE[:2], code, *ONE[3:]), TWO))
    assert [sentence[:25] for sentence in first] == ["“依托单位统一社会信用代码”是数字格式，表格软件只"]
    assert second == []


def test_a_number_of_fifteen_digits_is_read_as_it_is():
    line = read(table(HEADS, (*ONE[:6], 123456789012345, ONE[7]))).lines[0]
    assert (line.values["phone"], line.asked) == ("123456789012345", [])


def test_a_number_that_was_shortened_is_asked_back():
    assert "缩写过的数字" in asked(xlsx(ugly.code_shown_short))[0][0]
    assert "9.11E+17" in asked(text(HEADS, (*ONE[:2], "9.11E+17", *ONE[3:])))[0][0]


def test_a_phone_number_that_became_a_day_is_asked_back():
    assert asked(xlsx(ugly.phone_as_day))[0] == [
        "“联系电话”被表格软件当成了日期（2026-03-01）。请把这一列设为“文本”，按原件重新填写这一格。"
    ]


@pytest.mark.parametrize("day", ["2026-02-30", "去年", "2026-11", "11-24", 7, 45.5, "2026-11-24-1"])
def test_what_is_no_day_is_asked_back(day):
    assert "看不出是哪一天" in asked(table(HEADS, (*ONE[:7], day)))[0][0]


def test_what_is_hidden_is_not_read_and_told():
    reading = read(xlsx(ugly.hidden_row))
    assert [line.values["name"] for line in reading.lines] == [ONE[0]]
    assert "隐藏的 1 行没有读取（第 3 行）" in reading.notes[0]
    reading = read(xlsx(ugly.hidden_sheet))
    assert [line.values["name"] for line in reading.lines] == [ONE[0]]
    assert "隐藏的工作表没有读取：旧名单" in reading.notes[0]


def test_what_was_passed_over_is_told():
    notes = " ".join(read(ugly.BOTH["heads again and a sum"]).notes)
    assert "第 6 行只有一格有内容" in notes
    assert "没有用到的列：序号、备注" in read(ugly.BOTH["columns that nobody knows"]).notes[0]
    assert "工作表“说明”里没有找到列名" in read(ugly.BOTH["a second sheet"]).notes[0]


def test_a_row_knows_its_place():
    assert [(line.sheet, line.number) for line in read(ugly.BOTH["title rows above"]).lines] == [
        ("名单", 5),
        ("名单", 6),
    ]


def test_without_the_needed_columns_nothing_is_read():
    assert "缺少“依托单位统一社会信用代码”" in refused(table(HEADS[:2], ONE[:2]))
    assert "没有找到列名" in refused(table(("甲", "乙"), ("丙", "丁")))
    assert "没有看得见的内容" in refused(table())


def test_so_many_rows_and_no_more(monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 1)
    assert refused(ugly.BOTH["plain"]) == "超过 1 行，请拆成几个文件，分次导入。"
