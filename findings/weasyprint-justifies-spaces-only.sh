#!/bin/sh
# Version:   WeasyPrint 70.0; measured with pypdfium2 5.15.2. Needs Pango on the machine, as WeasyPrint does; the font is made here.
# Belief:    text-align: justify makes the right edge of a Chinese paragraph straight, as browsers do, which widen between
#            the characters.
# Behaviour: only spaces are widened. A line of Chinese without a space stays short by up to a character, a line with one
#            space in it ("A4 打印") is straight, and the whole slack becomes one hole there.
# Whom:      whoever prints official texts, whose pages are expected to end in a straight line.
# Way out:   widths that are whole characters (the 28 characters a line of GB/T 9704), and no justify.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pypdfium2==5.15.2 fonttools==4.68.0
cd "$work" && "$work/venv/bin/python" - <<'END'
from pathlib import Path

import pypdfium2
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from weasyprint import HTML

TEXT = "科技创新券由申请单位在线填写提交后由所在地区审核" + "一份 A4 纸打印签字盖章后上传扫描件一式两份，存档备查不退"


def box():
    pen = TTGlyphPen(None)
    for place, step in enumerate([(100, 0), (100, 700), (900, 700), (900, 0)]):
        (pen.lineTo if place else pen.moveTo)(step)
    pen.closePath()
    return pen.glyph()


signs = sorted(set(TEXT))
names = [".notdef", *(f"u{ord(sign):04X}" for sign in signs)]
font = FontBuilder(1000)
font.setupGlyphOrder(names)
font.setupCharacterMap({ord(sign): f"u{ord(sign):04X}" for sign in signs})
font.setupGlyf({name: box() for name in names})
font.setupHorizontalMetrics({name: (1000, 100) for name in names})
font.setupHorizontalHeader(ascent=800, descent=-200)
font.setupNameTable({"familyName": "Probe", "styleName": "Regular"})
font.setupOS2(sTypoAscender=800, sTypoDescender=-200)
font.setupPost()
font.save("probe.ttf")
STYLE = """@font-face { font-family: Probe; src: url(probe.ttf) } @page { size: 80mm; margin: 0 } body { margin: 10pt }
p { font: 10pt/2 Probe; text-align: justify; width: 105pt; margin: 0 }"""
paper = HTML(string=f"<html lang=zh-CN><style>{STYLE}</style><p>{TEXT}", base_url=str(Path.cwd())).write_pdf()
page = pypdfium2.PdfDocument(paper)[0].get_textpage()
lines = {}
for place in range(page.count_chars()):
    if (sign := page.get_text_range(place, 1)).strip():
        left, bottom, right, _ = page.get_charbox(place)
        lines.setdefault(round(bottom / 20), []).append((left, right, sign))
edges = []
for line in lines.values():
    edges.append(round(max(right for _, right, _ in line) - 10 + 1))
    print(f"ends at {edges[-1]:3} of 105 pt: {''.join(sign for *_, sign in line)}")
raise SystemExit(edges[:3] != [100, 100, 105])
END
# Output seen:
# ends at 100 of 105 pt: 科技创新券由申请单位
# ends at 100 of 105 pt: 在线填写提交后由所在
# ends at 105 of 105 pt: 地区审核一份A4
# ends at 100 of 105 pt: 纸打印签字盖章后上传
# ends at 100 of 105 pt: 扫描件一式两份，存档
# ends at  40 of 105 pt: 备查不退
