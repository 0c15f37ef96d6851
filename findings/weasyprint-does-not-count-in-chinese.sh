#!/bin/sh
# Version:   WeasyPrint 70.0; text read back with pypdfium2 5.15.2. Needs Pango on the machine, as WeasyPrint does.
# Belief:    the counter styles of CSS Counter Styles 3 number an official paper: 一、二、… 十一、 by simp-chinese-informal or
#            cjk-ideographic, 壹、贰、 by simp-chinese-formal, 甲、乙、 … up to 癸 and figures after it by cjk-heavenly-stem.
# Behaviour: the Chinese styles print 1, 2, 10, 11, without a word in the log, though japanese-informal does print 十一 (and
#            百, 千 where Chinese says 一百, 一千; from 10 000 on single digits). cjk-decimal prints 一〇 for ten. The heavenly
#            stems, of which there are ten, go on as if they were letters: 甲甲 for eleven.
# Whom:      whoever prints notices, contracts and lists of material whose parts are quoted by 第十一条.
# Way out:   write the number into the text; up to ninety-nine japanese-informal says what Chinese says.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pypdfium2==5.15.2
"$work/venv/bin/python" - <<'END'
import re

import pypdfium2
from weasyprint import HTML

NUMBERS = (1, 10, 11, 20, 101, 1010, 12345)
CHINESE = ("simp-chinese-informal", "simp-chinese-formal", "cjk-ideographic")
OTHERS = {
    "cjk-decimal": ["一", "一〇", "一一", "二〇", "一〇一", "一〇一〇", "一二三四五"],
    "japanese-informal": ["一", "十", "十一", "二十", "百一", "千十", "一二三四五"],
    "cjk-heavenly-stem": ["甲", "癸", "甲甲", "甲癸", "癸甲", "壬癸癸", "甲乙丙丁戊"],
}


def counted(style):
    items = "".join(f"<p style='counter-reset: n {number}'></p>" for number in NUMBERS)
    rule = f"p::before {{ content: '[' counter(n, {style}) ']' }}"
    pages = pypdfium2.PdfDocument(HTML(string=f"<style>{rule}</style>{items}").write_pdf())
    seen = re.findall(r"\[(.*?)\]", "".join(page.get_textpage().get_text_bounded() for page in pages))
    print(f"{style}: {' '.join(seen)}")
    return seen


plain = [counted(style) for style in CHINESE]
others = {style: counted(style) for style in OTHERS}
raise SystemExit(plain != [[str(number) for number in NUMBERS]] * len(CHINESE) or others != OTHERS)
END
# Output seen:
# simp-chinese-informal: 1 10 11 20 101 1010 12345
# simp-chinese-formal: 1 10 11 20 101 1010 12345
# cjk-ideographic: 1 10 11 20 101 1010 12345
# cjk-decimal: 一 一〇 一一 二〇 一〇一 一〇一〇 一二三四五
# japanese-informal: 一 十 十一 二十 百一 千十 一二三四五
# cjk-heavenly-stem: 甲 癸 甲甲 甲癸 癸甲 壬癸癸 甲乙丙丁戊
