#!/bin/sh
# Version:   python-calamine 0.9.0; the sheet is made with xlsxwriter 3.3.1.
# Belief:    a cell that shows #N/A or #DIV/0! comes as its text, as in other readers, or raises; in no case like a cell
#            that nobody has filled in.
# Behaviour: it comes as '', the value of an empty cell. Formula and error are lost, nothing is raised or logged.
# Whom:      whoever takes in lists of institutions, instruments or amounts: where a look-up has failed in the sender's
#            sheet, the field counts as left empty, and an optional one is stored as such.
# Way out:   ask the sender to paste values, or read the cell's type in the file itself.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.0 xlsxwriter==3.3.1
"$work/venv/bin/python" - <<'END'
import io

import xlsxwriter
from python_calamine import CalamineWorkbook

ERRORS = ("#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?")
file = io.BytesIO()
with xlsxwriter.Workbook(file) as book:
    sheet = book.add_worksheet("仪器")
    for place, error in enumerate(ERRORS):
        sheet.write_string(place, 0, error)
        sheet.write_formula(place, 1, "=VLOOKUP(A1,价格!A:B,2,0)", None, error)
    sheet.write_string(len(ERRORS), 0, "nobody filled it in")
    sheet.write_string(len(ERRORS), 2, "end")
file.seek(0)
rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
for label, value, *_ in rows:
    print(f"{label}: {value!r}")
raise SystemExit([row[1] for row in rows] != [""] * (len(ERRORS) + 1))
END
# Output seen:
# #N/A: ''
# #DIV/0!: ''
# #VALUE!: ''
# #REF!: ''
# #NAME?: ''
# nobody filled it in: ''
