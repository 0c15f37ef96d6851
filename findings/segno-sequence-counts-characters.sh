#!/bin/sh
# Version:   segno 1.6.6; read back with zxing-cpp 3.1.0.
# Belief:    make_sequence(text, version=5) divides a text over as many codes of version 5 as it needs, or raises.
# Behaviour: it counts the characters of the text, not the bytes that are written. A Chinese text (three bytes a character
#            in UTF-8) is put into a third of the codes that it needs; they are written over their capacity, nothing is
#            raised, and no reader finds a code in the picture. The same length in Latin letters is right.
# Whom:      whoever prints more than one code holds on a form or label (a list of samples, a claim's invoices): the codes
#            look like codes, and the paper comes back unreadable.
# Way out:   symbol_count= instead of version=, or encode the text and hand over bytes.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check segno==1.6.6 zxing-cpp==3.1.0 pillow==13.0.0
"$work/venv/bin/python" - <<'END'
import io

import segno
import zxingcpp
from PIL import Image


def readable(code):
    picture = io.BytesIO()
    code.save(picture, kind="png", scale=6, border=4)
    return bool(zxingcpp.read_barcodes(Image.open(picture).convert("L")))


def told(label, codes):
    answer = len(codes), sum(map(readable, codes)), codes[0].designator
    print(f"{label}: {answer[0]} codes {answer[2]}, {answer[1]} readable")
    return answer


han, latin = "天津市科技创新券兑现申请表" * 15, "tianjin claim" * 15
seen = [
    told(f"{len(han)} ideographs, version=5", segno.make_sequence(han, version=5, encoding="utf-8")),
    told(f"{len(latin)} letters, version=5", segno.make_sequence(latin, version=5, encoding="utf-8")),
    told("the ideographs as bytes, version=5", segno.make_sequence(han.encode(), version=5)),
    told("the ideographs, symbol_count=6", segno.make_sequence(han, symbol_count=6, encoding="utf-8")),
]
raise SystemExit([answer[:2] for answer in seen] != [(2, 0), (2, 2), (6, 6), (6, 6)])
END
# Output seen:
# 195 ideographs, version=5: 2 codes 5-L, 0 readable
# 195 letters, version=5: 2 codes 5-L, 2 readable
# the ideographs as bytes, version=5: 6 codes 5-L, 6 readable
# the ideographs, symbol_count=6: 6 codes 5-L, 6 readable
