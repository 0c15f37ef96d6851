#!/bin/sh
# Version:   pyHanko 0.38.0, the blank page by pikepdf 10.18.0, read by pypdfium2 5.15.2.
# Belief:    a text stamp with Chinese words in the default font is refused, since Courier cannot show them, or falls back to a
#            font that can.
# Behaviour: it is made without a word: the text is written as two bytes a character (with a byte order mark) into a string
#            of the one-byte font, so that a page shows two Latin signs for each Chinese one. Text in ASCII alone is right.
# Whom:      whoever puts the name of a Chinese office into a visible signature or a stamp.
# Way out:   TextBoxStyle(font=GlyphAccumulatorFactory(path of a font with these characters)).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pyHanko==0.38.0 pikepdf==10.18.0 pypdfium2==5.15.2
cd "$work"
venv/bin/python - <<'END'
import pikepdf
import pypdfium2
from pyhanko.stamp import TextStampStyle, text_stamp_file

blank = pikepdf.Pdf.new()
blank.add_blank_page(page_size=(595, 842))
blank.save("blank.pdf")


def stamped(text):
    text_stamp_file("blank.pdf", "stamped.pdf", TextStampStyle(stamp_text=text), dest_page=0, x=70, y=500)
    with pypdfium2.PdfDocument("stamped.pdf") as made:
        return made[0].get_textpage().get_text_range()


latin, chinese = stamped("Received by the office"), stamped("天津市科学技术局 A1")
print(repr(latin))
print(repr(chinese))
raise SystemExit("Received by the office" not in latin or "天津" in chinese or "A1" not in chinese)
END
# Output seen:
# 'Received by the office'
# 'þÿY)m%^yÑ[fb€g/\\@ A1'
