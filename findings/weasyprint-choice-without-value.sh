#!/bin/sh
# Version:   WeasyPrint 70.0; read back with pyHanko 0.38.0. Needs Pango on the machine, as WeasyPrint does.
# Belief:    an <option> without a value attribute has its text as its value, as HTML says; with pdf_forms=True the PDF's
#            choice shows the selected one and gives back what was chosen.
# Behaviour: such an option is exported as the empty string. All options of the choice are alike, the field's value is
#            empty, and a viewer shows the first one whatever was selected. Nothing is logged.
# Whom:      whoever hands out forms to be filled in (满意 / 一般 / 不满意): the printed answer is not the one that was
#            given, and every answer that comes back is ''.
# Way out:   a value attribute on every option.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pyHanko==0.38.0
"$work/venv/bin/python" - <<'END'
import io

from pyhanko.pdf_utils.reader import PdfFileReader
from weasyprint import HTML


def choice(options):
    paper = HTML(string=f"<form><select name=rating>{options}</select></form>").write_pdf(pdf_forms=True)
    field = PdfFileReader(io.BytesIO(paper)).root["/AcroForm"]["/Fields"][0].get_object()
    seen = [[str(part) for part in option] for option in field["/Opt"]], str(field["/V"])
    print(f"{options} -> options {seen[0]}, value {seen[1]!r}")
    return seen


bare = choice("<option>满意<option selected>一般")
told = choice("<option value=满意>满意<option value=一般 selected>一般")
wanted = [["满意", "满意"], ["一般", "一般"]], "一般"
raise SystemExit((bare, told) != (([["", "满意"], ["", "一般"]], ""), wanted))
END
# Output seen:
# <option>满意<option selected>一般 -> options [['', '满意'], ['', '一般']], value ''
# <option value=满意>满意<option value=一般 selected>一般 -> options [['满意', '满意'], ['一般', '一般']], value '一般'
