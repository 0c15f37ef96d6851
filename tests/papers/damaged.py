"""A hundred ways in which a file is damaged or made to harm its reader; each is (name, form, content)."""

import io
import random
import struct
import zlib
from functools import cache

from PIL import Image

from tests.papers import layouts, ofds, pdfs, pictures, truth, xmls

CUTS = (0.02, 0.2, 0.5, 0.8, 0.97)
SEEDS = range(5)


@cache
def whole():
    """One good paper of each form."""
    t, older = truth.invoice(1), truth.invoice(2, digital=False)
    page = pictures.rendered(pdfs.pdf(layouts.digital_usual(t), payload=xmls.payload(t)), scale=1.0)
    data = xmls.encoded(xmls.einvoice(t), "gb18030", "GBK")
    return {
        "pdf": pdfs.pdf(
            layouts.digital_usual(t), info=xmls.metadata(t), attached={"i.xml": data}, payload=xmls.payload(t)
        ),
        "ofd": ofds.ofd(layouts.vat_usual(older), attached={"original_invoice.xml": xmls.earlier(older).encode()}),
        "xml": data,
        "png": pictures.as_png(page),
        "jpg": pictures.photographed(page, 3),
    }


QUICK = (
    "entities",
    "nested",
    "endless offsets",
    "figures that are none",
    "a way out",
    "a tree that goes round",
    "a strip",
)


def papers():
    """All of them."""
    yield from broken()
    yield from ((name, form, make()) for name, form, make in hostile())


def broken():
    """What a bad line, a bad disk or a wrong name does."""
    for form, content in whole().items():
        for cut in CUTS:
            yield f"{form} cut at {cut:.0%}", form, content[: int(len(content) * cut)]
        for seed in SEEDS:
            yield f"{form} with changed bytes {seed}", form, changed(content, seed)
        yield f"{form} that is empty", form, b""
        yield f"{form} of zeros", form, bytes(5000)
        yield f"{form} doubled", form, content * 2
        for other in whole():
            if other != form:
                yield f"{other} called {form}", form, whole()[other]


def hostile():
    """What somebody has made."""
    yield from hostile_xml()
    yield from hostile_ofd()
    yield from hostile_pdf()
    yield from hostile_pictures()


def changed(content, seed):
    chance, new = random.Random(seed), bytearray(content)
    for _ in range(max(3, len(new) // 200)):
        new[chance.randrange(len(new))] = chance.randrange(256)
    return bytes(new)


def hostile_xml():
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    entities = f'<!DOCTYPE a [<!ENTITY e0 "x">{bomb}]><a>&e9;</a>'
    yield "entities", "xml", entities.encode
    yield "nested", "xml", lambda: b"<a>" * 200_000
    yield "a million elements", "xml", lambda: b"<a>" + b"<InvoiceNumber>1</InvoiceNumber>" * 300_000 + b"</a>"
    yield "a long text", "xml", lambda: b"<SellerName>" + b"x" * 8_000_000 + b"</SellerName>"
    t = truth.invoice(1) | {"net": "nan", "tax": "inf", "gross": "1e17"}
    yield "amounts that are none", "xml", lambda: xmls.encoded(xmls.einvoice(t), "utf-8", "UTF-8")


def hostile_ofd():
    parts = {"OFD.xml": ofds.root_of({}, "D")}
    code = '<ofd:TextCode X="0" Y="3" DeltaX="g 999999999 1">发票</ofd:TextCode>'
    page = ofds.content([f'<ofd:TextObject ID="1" Boundary="0 0 9 9" Size="3">{code}</ofd:TextObject>'])
    document = f'<ofd:Document {ofds.SPACE}><ofd:Page ID="1" BaseLoc="p.xml"/></ofd:Document>'
    yield "endless offsets", "ofd", lambda: ofds.packed(parts | {"D/Document.xml": document, "D/p.xml": page})
    many = f"<ofd:Document {ofds.SPACE}>" + '<ofd:Page ID="1" BaseLoc="p.xml"/>' * 100_000 + "</ofd:Document>"
    yield (
        "a page a hundred thousand times",
        "ofd",
        lambda: ofds.packed(parts | {"D/Document.xml": many, "D/p.xml": page}),
    )
    odd = page.replace("0 0 9 9", "nan inf x").replace('Size="3"', 'Size="1e400"')
    yield "figures that are none", "ofd", lambda: ofds.packed(parts | {"D/Document.xml": document, "D/p.xml": odd})
    climbing = f"<ofd:Document {ofds.SPACE}><ofd:Attachments>../../../etc/passwd</ofd:Attachments></ofd:Document>"
    yield "a way out", "ofd", lambda: ofds.packed(parts | {"D/Document.xml": climbing})
    yield "no document", "ofd", lambda: ofds.packed(parts)
    yield "a swollen part", "ofd", lambda: ofds.packed(parts | {"D/Document.xml": "<a>" + " " * 60_000_000 + "</a>"})


def hostile_pdf():
    t = truth.invoice(1)
    good = pdfs.pdf(layouts.digital_usual(t))
    yield "a page as large as a field", "pdf", lambda: good.replace(b"[0 0 595 842]", b"[0 0 1e9 1e9]")
    yield "a page of no size", "pdf", lambda: good.replace(b"[0 0 595 842]", b"[0 0 0 0]")
    yield "a tree that goes round", "pdf", lambda: good.replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]")
    yield "a page that is not there", "pdf", lambda: good.replace(b"/Kids[3 0 R]", b"/Kids[99 0 R]")
    text = [layouts.Item(0, y % 800, "发票号码：" * 100, 1) for y in range(1000)]
    yield "half a million signs", "pdf", lambda: pdfs.pdf([layouts.Item(100, 20, "电子发票（普通发票）", 15), *text])
    yield "half a million squares", "pdf", squares
    yield "content that swells", "pdf", lambda: with_content(zlib.compress(b"0 0 1 1 re f " * 8_000_000))
    spots = [layouts.Item(3 * n % 590, 5 * n % 800, "购销方", 2, down=True) for n in range(1500)]
    yield (
        "signs set downwards everywhere",
        "pdf",
        lambda: pdfs.pdf([layouts.Item(100, 20, "电子发票（普通发票）", 15), *spots]),
    )


def squares():
    return with_content(zlib.compress("\n".join(f"{n % 595} {n % 842} 1 1 re f" for n in range(400_000)).encode()))


def with_content(packed):
    body = b"<</Filter/FlateDecode/Length %d>>\nstream\n" % len(packed) + packed + b"\nendstream"
    font = [part.format(f"{number + 6} 0 R").encode() for number, part in enumerate(pdfs.FONT)]
    return pdfs._file(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", pdfs._page(0), body, *font], {}
    )


def hostile_pictures():
    yield "a black wall", "png", lambda: png(12_000, 9_000)
    yield "a wall that no memory holds", "png", lambda: png(60_000, 60_000)
    yield "a strip", "png", lambda: png(100_000, 3)
    yield "noise", "jpg", noise


def png(width, height):
    packing = zlib.compressobj(9)
    row = b"\0" + bytes(width)
    packed = b"".join(packing.compress(row) for _ in range(min(height, 9_000))) + packing.flush()
    parts = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )


def noise():
    out = io.BytesIO()
    Image.effect_noise((3000, 2400), 120).save(out, "JPEG", quality=90)
    return out.getvalue()
