#!/bin/sh
# Version:   WeasyPrint 70.0. Needs Pango on the machine, as WeasyPrint does.
# Belief:    equal content gives equal bytes, as it does for pages, pictures and fonts, so that a paper can be sealed by
#            its hash and printed again.
# Behaviour: one attachment ends that: each run writes the moment of the run into it as its day of creation and of change,
#            also when the attachment is a string and no date was given. The document's own dates stay as told.
# Whom:      whoever keeps a PDF/A-3 with the data beside the page (an invoice's XML, the frozen figures of a form) and
#            compares hashes: the same paper is another one every second.
# Way out:   Attachment(created=…, modified=…).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0
"$work/venv/bin/python" - <<'END'
import datetime
import time

from weasyprint import HTML, Attachment

DAY = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
PAGE = "<title>兑现申请表</title><meta name=dcterms.modified content='2026-01-02'><p>1"


def printed(**dates):
    data = Attachment(string="<claim/>", name="claim.xml", **dates)
    return HTML(string=PAGE).write_pdf(attachments=[data], pdf_variant="pdf/a-3b")


def twice(make):
    first = make()
    time.sleep(1.5)
    return first == make()


seen = {
    "without attachment": twice(lambda: HTML(string=PAGE).write_pdf(pdf_variant="pdf/a-3b")),
    "with attachment": twice(printed),
    "with attachment of that day": twice(lambda: printed(created=DAY, modified=DAY)),
}
for what, equal in seen.items():
    print(f"{what}: {'equal' if equal else 'different'} bytes")
raise SystemExit(list(seen.values()) != [True, False, True])
END
# Output seen:
# without attachment: equal bytes
# with attachment: different bytes
# with attachment of that day: equal bytes
