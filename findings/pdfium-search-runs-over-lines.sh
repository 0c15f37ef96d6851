#!/bin/sh
# Version:   pypdfium2 5.15.2; the page is made with WeasyPrint 70.0. Needs Pango and a Chinese font.
# Belief:    search("创新券") looks into the text that get_text_range() gives: a word that is broken over two lines stands
#            there with a line break inside, and is not found; a hit is as long as the word.
# Behaviour: the word is found over the line end, and the hit counts the line break: five characters for a word of three.
#            str.find on the same page's text does not find it.
# Whom:      whoever marks the places of a name or contract number in a paper, or cuts hits by the length of what was
#            looked for: Chinese breaks anywhere, so that it is the usual case, and the last characters stay unmarked.
# Way out:   take the length from the hit; fold line breaks away before looking into the text oneself.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pypdfium2==5.15.2 weasyprint==70.0
"$work/venv/bin/python" - <<'END'
import pypdfium2
from weasyprint import HTML

STYLE = "<style>@page { size: 60mm; margin: 10mm } p { width: 6em; margin: 0; font-size: 12pt }</style>"
paper = HTML(string=f"<html lang=zh-CN>{STYLE}<body><p>这里是科技创新券兑现申请").write_pdf()
text = pypdfium2.PdfDocument(paper)[0].get_textpage()
whole = text.get_text_range()
hits = {word: text.search(word).get_next() for word in ("科技创新券", "兑现")}
print(f"text: {whole!r}")
for word, hit in hits.items():
    print(f"{word}: hit {hit}, {text.get_text_range(*hit)!r}; str.find: {whole.find(word)}")
start, length = hits["科技创新券"]
raise SystemExit((length, whole.find("科技创新券")) != (len("科技创新券") + 2, -1) or hits["兑现"][1] != 2)
END
# Output seen:
# text: '这里是科技创\r\n新券兑现申请'
# 科技创新券: hit (3, 7), '科技创\r\n新券'; str.find: -1
# 兑现: hit (10, 2), '兑现'; str.find: 10
