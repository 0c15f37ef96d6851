#!/bin/sh
# Version:   puremagic 1.30.
# Belief:    an electronic invoice in XML is found to be XML whether it begins with a byte order mark or not, all the more
#            if the file's name says .xml; what is not known raises PureError.
# Behaviour: behind the mark of UTF-8 the answer is a type without name and without extension, '', at a sureness of 0.3,
#            and the name of the file does not help. Nothing is raised, so that "known or PureError" lets it through as a
#            type that is none. In UTF-16 it is an .ini.
# Whom:      whoever takes 数电票: Windows tools write the mark, tax platforms do not.
# Way out:   look for "<?xml" or "<" behind the mark oneself, then parse.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check puremagic==1.30
"$work/venv/bin/python" - <<'END'
import puremagic

INVOICE = '<?xml version="1.0" encoding="{}"?>\n<EInvoice><Header>电子发票</Header></EInvoice>'
FILES = {
    "UTF-8": INVOICE.format("UTF-8").encode(),
    "UTF-8 with mark": INVOICE.format("UTF-8").encode("utf-8-sig"),
    "UTF-16": INVOICE.format("UTF-16").encode("utf-16"),
}
seen = {}
for what, content in FILES.items():
    best = puremagic.magic_string(content, filename="发票.xml")[0]
    seen[what] = best.extension
    print(f"{what}: extension {best.extension!r}, type {best.mime_type!r}, sureness {best.confidence}")
raise SystemExit(list(seen.values()) != [".xml", "", ".ini"])
END
# Output seen:
# UTF-8: extension '.xml', type 'application/xml', sureness 0.9
# UTF-8 with mark: extension '', type '', sureness 0.3
# UTF-16: extension '.ini', type 'text/plain', sureness 0.2
