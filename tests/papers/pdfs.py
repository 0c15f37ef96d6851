"""PDFs by hand: a layout drawn with the standard font of Adobe-GB1, in the ways in which programs set their text."""

import random
import zlib

import segno

from tests.papers.layouts import Item

WIDTH, HEIGHT = 595, 842  # points
RADICALS = str.maketrans("方日金文一人行大小立用户", "⽅⽇⾦⽂⼀⼈⾏⼤⼩⽴⽤⼾")
COMPATIBLE = str.maketrans("金料", "\uf90a\uf9be")
NARROW = 0.5  # widths of a Latin letter
FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light-UniGB-UTF16-H/Encoding/UniGB-UTF16-H/DescendantFonts[{}]>>",
    (
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]/FontDescriptor {}"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>"
    ),
    (
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
        "/Descent -120/CapHeight 880/StemV 93>>"
    ),
)


def steps(item):
    """(sign, x, y) of each sign."""
    x, y = item.x, item.y
    for sign in item.text:
        yield sign, x, y
        if item.down:
            y += item.size * 1.15
        else:
            x += item.size * (NARROW if sign.isascii() else 1)


def whole(item):
    """One text at once, or sign below sign."""
    if item.down:
        yield from singly(item)
    else:
        yield drawn(item.text, item.x, item.y, item.size)


def singly(item):
    """Every sign by itself."""
    for sign, x, y in steps(item):
        yield drawn(sign, x, y, item.size)


def spread(item):
    """Every sign by itself, a little apart."""
    if item.down:
        yield from singly(item)
        return
    for place, (sign, x, y) in enumerate(steps(item)):
        yield drawn(sign, x + place * item.size * 0.05, y, item.size * 0.95)


def bold(item):
    """Drawn twice, the second time moved by a hair."""
    yield from singly(item)
    yield from (drawn(sign, x + 0.3, y, item.size) for sign, x, y in steps(item))


def with_radicals(item):
    """The common signs as the radicals that look like them."""
    yield from whole(Item(item.x, item.y, item.text.translate(RADICALS), item.size, item.down))


def with_compatible(item):
    """And as compatibility ideographs, letters in full width."""
    wide = item.text.translate(COMPATIBLE)
    yield from whole(Item(item.x, item.y, wide.replace(":", "："), item.size, item.down))


STYLES = (whole, singly, spread, bold, with_radicals, with_compatible)


def drawn(text, x, y, size):
    """One text as a page draws it."""
    code = text.encode("utf-16-be").hex()
    return f"BT /F {size} Tf {x:.2f} {HEIGHT - y:.2f} Td <{code}> Tj ET"


def code_of(payload, x=20, y=10, side=62):
    """A QR code as small squares."""
    matrix = segno.make(payload, error="m", micro=False).matrix
    step = side / len(matrix)
    for row, cells in enumerate(matrix):
        for column, dark in enumerate(cells):
            if dark:
                yield f"{x + column * step:.3f} {HEIGHT - y - (row + 1) * step:.3f} {step + 0.02:.3f} {step + 0.02:.3f} re f"


def pdf(items, style=whole, *, payload="", info=None, attached=None, turned=0, seed=None):
    """A page of items.

    info: entries of the document's information. attached: name → content. turned: degrees that the page is turned by,
    its content drawn so that it reads upright. seed: of the order in which it is drawn.
    """
    pieces = [piece for item in items for piece in style(item)]
    if seed is not None:
        random.Random(seed).shuffle(pieces)
    pieces += code_of(payload) if payload else ()
    content = zlib.compress("\n".join([_matrix(turned), *pieces]).encode())
    objects = [b"", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", _page(turned)]
    objects.append(b"<</Filter/FlateDecode/Length %d>>\nstream\n" % len(content) + content + b"\nendstream")
    objects += [part.format(f"{number + 6} 0 R").encode() for number, part in enumerate(FONT)]
    tree = b"<</Type/Catalog/Pages 2 0 R"
    for name, data in (attached or {}).items():
        tree += b"/Names<</EmbeddedFiles<</Names[(%s)%d 0 R]>>>>" % (name.encode(), len(objects) + 1)
        spec = f"<</Type/Filespec/F({name})/UF({name})/EF<</F {len(objects) + 2} 0 R>>>>"
        objects += [spec.encode(), b"<</Type/EmbeddedFile/Length %d>>\nstream\n" % len(data) + data + b"\nendstream"]
    objects[0] = tree + b">>"
    return _file(objects, info or {})


def _matrix(turned):
    return {0: "", 90: f"0 1 -1 0 {HEIGHT} 0 cm", 180: f"-1 0 0 -1 {WIDTH} {HEIGHT} cm", 270: f"0 -1 1 0 0 {WIDTH} cm"}[
        turned
    ]


def _page(turned):
    size = f"{HEIGHT} {WIDTH}" if turned % 180 else f"{WIDTH} {HEIGHT}"
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size}]/Rotate {turned}/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    return page.encode()


def _file(objects, info):
    if info:
        entries = "".join(f"/{key}<{(chr(0xFEFF) + value).encode('utf-16-be').hex()}>" for key, value in info.items())
        objects = [*objects, f"<<{entries}>>".encode()]
    out, starts = b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n", []
    for number, part in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    trailer = f"/Info {len(objects)} 0 R" if info else ""
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + tail.encode()
