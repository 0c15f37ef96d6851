#!/bin/sh
# Version:   segno 1.6.6; read back with zxing-cpp 3.1.0.
# Belief:    make(name, encoding="gb18030", eci=True) writes the bytes of GB 18030 and says so in the code, so that every
#            reader gets the name back.
# Behaviour: the bytes are looked at once more. Where all pairs lie in the range of Shift_JIS, the code is written in
#            Kanji mode, which has no ECI: the encoding that was asked for is dropped without a word, and the code stands
#            for another character. It depends on the name: one letter more of the other range, and all is well.
#            What does stay in byte mode is announced as ECI 29, which is GB 2312 for the reader: it loses the very
#            characters for which GB 18030 was chosen.
# Whom:      whoever prints names of people or firms into QR codes for readers that expect GB 18030 (counters, scales,
#            handheld scanners of this country). 8105 of 20902 ideographs are hit, 镕 喆 堃 婧 of given names among them.
# Way out:   UTF-8 with ECI, or ASCII only; mode="byte" beside the encoding mends the first half alone.
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


def there_and_back(text, **how):
    code, picture = segno.make(text, micro=False, encoding="gb18030", eci=True, **how), io.BytesIO()
    code.save(picture, kind="png", scale=6, border=4)
    return code.mode, zxingcpp.read_barcodes(Image.open(picture).convert("L"))[0].text


asked = [("镕", {}), ("天津", {}), ("赵镕", {}), ("镕", {"mode": "byte"})]
seen = [there_and_back(text, **how) for text, how in asked]
for (text, how), answer in zip(asked, seen, strict=True):
    print(f"{text} {how or ''} -> {answer}")
expected = [("kanji", "颶"), ("byte", "天津"), ("byte", "赵\ufffd"), ("byte", "\ufffd")]
hit = sum(segno.make(chr(c), micro=False, encoding="gb18030", eci=True).mode == "kanji" for c in range(0x4E00, 0x9FA6))
print(f"{hit} of {0x9FA6 - 0x4E00} ideographs are written in Kanji mode")
raise SystemExit(seen != expected or hit != 8105)
END
# Output seen:
# 镕  -> ('kanji', '颶')
# 天津  -> ('byte', '天津')
# 赵镕  -> ('byte', '赵<U+FFFD>')
# 镕 {'mode': 'byte'} -> ('byte', '<U+FFFD>')
# 8105 of 20902 ideographs are written in Kanji mode
