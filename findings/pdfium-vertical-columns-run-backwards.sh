#!/bin/sh
# Version:   pypdfium2 5.15.2 (PDFium), pypdf 7.1.0 beside it.
# Belief:    the text of columns that are set vertically (a font whose CMap ends in -V) comes in the order in which they were
#            drawn, or as they are read: from right to left.
# Behaviour: it comes from left to right, the last column first, whatever order they were drawn in. Within a column the order
#            is right, boxes are right, one column alone is right, and a word within one is found. pypdf keeps the order of
#            drawing, but puts nothing between two columns.
# Whom:      whoever reads certificates, couplets of a contract's cover or labels of invoices that are set vertically.
# Way out:   take the boxes of the characters: where a line is higher than it is wide, order the lines from the right.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pypdfium2==5.15.2 pypdf==7.1.0
"$work/venv/bin/python" - <<'END'
import io

import pypdf
import pypdfium2

COLUMNS = ((300, "天津市样例"), (270, "科技局证明"), (240, "二〇二六年"))  # x of each, as they are read


def page(order):
    """A page on which the columns are drawn in this order, with the standard font of Adobe-GB1, not embedded."""
    drawn = "".join(f"BT /F 20 Tf {x} 700 Td <{text.encode('utf-16-be').hex()}> Tj ET " for x, text in map(COLUMNS.__getitem__, order))
    parts = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light-UniGB-UTF16-V/Encoding/UniGB-UTF16-V/DescendantFonts[6 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/FontDescriptor 7 0 R"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
        "/Descent -120/CapHeight 880/StemV 93>>",
    )
    out, starts = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n".encode()
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    size = len(parts) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + tail.encode()


seen = []
for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
    file = page(order)
    text = pypdfium2.PdfDocument(file)[0].get_textpage().get_text_range()
    print(f"drawn {order}: PDFium {text.split()}, pypdf {pypdf.PdfReader(io.BytesIO(file)).pages[0].extract_text().split()}")
    seen.append(text.split() == [text for _, text in COLUMNS[::-1]])
raise SystemExit(not all(seen))
END
# Output seen:
# drawn (0, 1, 2): PDFium ['二〇二六年', '科技局证明', '天津市样例'], pypdf ['天津市样例科技局证明二〇二六年']
# drawn (2, 1, 0): PDFium ['二〇二六年', '科技局证明', '天津市样例'], pypdf ['二〇二六年科技局证明天津市样例']
# drawn (1, 0, 2): PDFium ['二〇二六年', '科技局证明', '天津市样例'], pypdf ['科技局证明天津市样例二〇二六年']
