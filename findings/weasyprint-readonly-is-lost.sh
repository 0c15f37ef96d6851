#!/bin/sh
# Version:   WeasyPrint 70.0; read back with pyHanko 0.38.0. Needs Pango on the machine, as WeasyPrint does.
# Belief:    with pdf_forms=True a box that is readonly or disabled in HTML is read-only in the PDF, and one that is required
#            must be filled in: PDF has a flag for each (bits 1 and 2 of /Ff), and maxlength does come over as /MaxLen.
# Behaviour: the flags are never set. A case number that was printed into a readonly box can be typed over in any viewer, a
#            disabled choice can be chosen anew, an empty required box is taken. Nothing is logged. A multi-line box keeps its
#            own flag (13), a password box its (14), so that /Ff is not empty for want of flags as such.
# Whom:      whoever hands out forms with a part that is filled in by the office (number, firm, amount) and one for the firm.
# Way out:   print what must stand as text, not in a box; or set bits 1 and 2 in the finisher, by a PDF library.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pyHanko==0.38.0
"$work/venv/bin/python" - <<'END'
import io

from pyhanko.pdf_utils.reader import PdfFileReader
from weasyprint import HTML

BOXES = {
    "number": '<input name=number value="SQ20260000001" readonly>',
    "firm": '<input name=firm value="海河样例科技有限公司" disabled>',
    "contact": "<input name=contact required maxlength=20>",
    "result": "<textarea name=result readonly>已交付</textarea>",
    "rating": "<select name=rating disabled><option value=满意 selected>满意<option value=一般>一般</select>",
}
paper = HTML(string=f"<form>{''.join(BOXES.values())}</form>").write_pdf(pdf_forms=True)
fields = [box.get_object() for box in PdfFileReader(io.BytesIO(paper)).root["/AcroForm"]["/Fields"]]
flags = {str(field["/T"]): int(field.get("/Ff", 0)) for field in fields}
for name, html in BOXES.items():
    print(f"{html} -> read-only {bool(flags[name] & 1)}, required {bool(flags[name] & 2)}, /Ff {flags[name]}")
longest = next(int(field["/MaxLen"]) for field in fields if field["/T"] == "contact")
print(f"/MaxLen of the box with maxlength=20: {longest}")
raise SystemExit(any(flag & 3 for flag in flags.values()) or longest != 20 or not flags["result"] & 1 << 12)
END
# Output seen:
# <input name=number value="SQ20260000001" readonly> -> read-only False, required False, /Ff 0
# <input name=firm value="海河样例科技有限公司" disabled> -> read-only False, required False, /Ff 0
# <input name=contact required maxlength=20> -> read-only False, required False, /Ff 0
# <textarea name=result readonly>已交付</textarea> -> read-only False, required False, /Ff 4096
# <select name=rating disabled><option value=满意 selected>满意<option value=一般>一般</select> -> read-only False, required False, /Ff 131072
# /MaxLen of the box with maxlength=20: 20
