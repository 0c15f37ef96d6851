"""Papers for the tests of uploads: honest ones, and what an attacker would make of them."""

import io
import zipfile
import zlib

from PIL import Image

OFD_XML = '<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.1"/>'
INVOICE_XML = """<?xml version="1.0" encoding="UTF-8"?>
<EInvoice><EInvoiceData><SellerInformation><SellerName>示例检测有限公司</SellerName></SellerInformation></EInvoiceData>
</EInvoice>""".encode()
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"


def pdf(*more, catalog=CATALOG, page=PAGE, trailer=b""):
    """Write a whole PDF by hand: catalog, pages, page, then objects 4, 5, …"""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate((catalog, PAGES, page, *more), 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(offsets) + 1, trailer))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def stream(content, dictionary=b""):
    """Write a packed stream object."""
    packed = zlib.compress(content)
    return b"<</Filter/FlateDecode/Length %d%s>>\nstream\n" % (len(packed), dictionary) + packed + b"\nendstream"


def packed_pdf(objects, kind=b"/ObjStm", padding=b""):
    """Write a PDF whose objects {number: bytes} all lie in one packed object stream."""
    bodies, index = b"", []
    for number, body in objects.items():
        index.append(b"%d %d" % (number, len(bodies)))
        bodies += body + b" "
    head = b" ".join(index) + b" "
    out = io.BytesIO()
    out.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    holder = out.tell()
    store = stream(head + bodies + padding, b"/Type%s/N %d/First %d" % (kind, len(objects), len(head)))
    out.write(b"8 0 obj\n" + store + b"\nendobj\n")
    table = out.tell()
    rows = [b"\0\0\0\0\xff"]
    places = list(objects)
    for number in range(1, 10):
        if number in objects:
            rows.append(b"\2" + (8).to_bytes(3, "big") + bytes([places.index(number)]))
        elif number >= 8:
            rows.append(b"\1" + (holder if number == 8 else table).to_bytes(3, "big") + b"\0")
        else:
            rows.append(b"\0\0\0\0\xff")
    out.write(b"9 0 obj\n" + stream(b"".join(rows), b"/Type/XRef/Size 10/W[1 3 1]/Root 1 0 R") + b"\nendobj\n")
    out.write(b"startxref\n%d\n%%%%EOF\n" % table)
    return out.getvalue()


def attached(name, content):
    """Write a PDF that carries one file."""
    tree = b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(%s)4 0 R]>>>>>>" % name
    spec = b"<</Type/Filespec/F(%s)/UF(%s)/EF<</F 5 0 R>>>>" % (name, name)
    return pdf(spec, stream(content, b"/Type/EmbeddedFile"), catalog=tree)


def image(form, size=(40, 30), **options):
    """Draw a picture."""
    out = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, form, **options)
    return out.getvalue()


def package(parts, **options):
    """Pack a zip from {name: content}."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def ofd(**parts):
    """Pack a small OFD; further parts by name."""
    return package({"OFD.xml": OFD_XML, "Doc_0/Document.xml": "<Document/>"} | parts)
