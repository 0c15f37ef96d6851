"""What is taken away as a spreadsheet holds what stood there: no digit lost, no formula awake."""

import datetime as dt
import io
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import python_calamine as calamine

from ui.sheets import LONGEST, write_list

pytestmark = pytest.mark.bare
MOMENT = dt.datetime(2026, 11, 24, 1, 30, tzinfo=dt.UTC)


def written(*rows, heads=("甲",)):
    """The rows as a table program reads them."""
    out = io.BytesIO()
    assert write_list(out, "列表", heads, rows) == len(rows)
    out.seek(0)
    return calamine.CalamineWorkbook.from_filelike(out).get_sheet_by_index(0).to_python(), out.getvalue()


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("91120104000000019E", "91120104000000019E"),
        ("911201040000000194", "911201040000000194"),
        ("007", "007"),
        ("1.50", "1.50"),
        (10**15, str(10**15)),
        (12, 12.0),
        (Decimal("1234.50"), 1234.5),
        (Decimal(10) ** 15, str(Decimal(10) ** 15)),
        (True, "是"),
        (False, "否"),
        (dt.date(2026, 11, 24), dt.date(2026, 11, 24)),
        (MOMENT, MOMENT.astimezone(ZoneInfo("Asia/Shanghai")).replace(tzinfo=None)),
        ("样" * (LONGEST + 5), "样" * (LONGEST - 1) + "…"),
        ("第一行\n第二行", "第一行\n第二行"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_cell_holds_what_stood_there(value, read):
    cells, _ = written([value, "尾"], heads=("甲", "乙"))
    assert cells[1] == [read, "尾"]


@pytest.mark.parametrize(
    "words", ['=HYPERLINK("http://example.com","点我")', "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "{=1+1}"]
)
def test_what_begins_like_a_formula_is_text(words):
    cells, data = written([words])
    assert cells[1] == [words]
    assert b"<f>" not in data


def test_an_address_is_no_link():
    _, data = written(["https://example.com/"])
    assert b"hyperlink" not in data


def test_a_list_without_rows_has_its_headings():
    cells, _ = written(heads=("编号", "名称"))
    assert cells == [["编号", "名称"]]
