#!/bin/sh
# Version:   python-calamine 0.9.1; the sheet is made with xlsxwriter 3.3.1.
# Belief:    a cell whose number format shows a day comes as a day. It does for yyyy"年"m"月"d"日", for [$-804] and [DBNum1].
# Behaviour: the codes that only East Asian table programs have, aaaa (星期四) and e (the year), make no day of it: the cell is
#            a bare float. In a workbook that counts from 1904 it is the stored number too, so that whoever counts it from
#            1900, as one does elsewhere, is four years and a day early, while the days beside it, under other formats, are
#            right. The reader does not tell from when the workbook counts.
# Whom:      whoever takes in lists with days from Chinese or Japanese offices.
# Way out:   read date1904 of workbookPr in xl/workbook.xml, and count numbers in columns of days from there.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 xlsxwriter==3.3.1
"$work/venv/bin/python" - <<'END'
import datetime as dt
import io

import xlsxwriter
from python_calamine import CalamineWorkbook

DAY = dt.date(2026, 11, 26)
FORMATS = ('yyyy"年"m"月"d"日"', "[$-804]yyyy年m月d日", '[DBNum1][$-804]yyyy"年"m"月"d"日"', "aaaa", '[$-804]e"年"')


def read(since_1904):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"date_1904": since_1904}) as book:
        sheet = book.add_worksheet("名单")
        for place, shown_as in enumerate(FORMATS):
            sheet.write_datetime(place, 0, dt.datetime.combine(DAY, dt.time()), book.add_format({"num_format": shown_as}))
    file.seek(0)
    return [row[0] for row in CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()]


usual, early = read(False), read(True)
for shown_as, one, other in zip(FORMATS, usual, early):
    print(f"{shown_as}: {one!r}, from 1904 {other!r}")
raise SystemExit(usual != [DAY] * 3 + [46352.0] * 2 or early != [DAY] * 3 + [44890.0] * 2)
END
# Output seen:
# yyyy"年"m"月"d"日": datetime.date(2026, 11, 26), from 1904 datetime.date(2026, 11, 26)
# [$-804]yyyy年m月d日: datetime.date(2026, 11, 26), from 1904 datetime.date(2026, 11, 26)
# [DBNum1][$-804]yyyy"年"m"月"d"日": datetime.date(2026, 11, 26), from 1904 datetime.date(2026, 11, 26)
# aaaa: 46352.0, from 1904 44890.0
# [$-804]e"年": 46352.0, from 1904 44890.0
