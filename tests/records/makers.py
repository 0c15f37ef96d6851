"""Papers as scanners, phones, banks and tax bureaus write them, each made here."""

import io
import zlib

import pypdf
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from tests.records import papers

CATALOG = papers.CATALOG[:-2]
PAGE = papers.PAGE[:-2]


def written(writer):
    """What a writer of pypdf writes."""
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def reopened():
    """A writer that holds the smallest PDF."""
    return pypdf.PdfWriter(clone_from=io.BytesIO(papers.pdf()))


def encrypted(user="", algorithm="AES-256"):
    """A PDF as banks lock it: an owner's password, and none (or one) to open it."""
    writer = reopened()
    writer.encrypt(user, "owner", algorithm=algorithm)
    return written(writer)


def scanned_pdf():
    """A page that is one picture and has no text."""
    picture = papers.image("JPEG", (120, 160))
    image = b"<</Type/XObject/Subtype/Image/Width 120/Height 160/ColorSpace/DeviceRGB/BitsPerComponent 8"
    data = image + b"/Filter/DCTDecode/Length %d>>\nstream\n" % len(picture) + picture + b"\nendstream"
    page = PAGE + b"/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>"
    return papers.pdf(data, papers.stream(b"q 200 0 0 200 0 0 cm /I Do Q"), page=page)


def signed_pdf():
    """A PDF with a field of signature; no portal judges here whether it holds."""
    field = b"<</FT/Sig/T(S1)/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/P 3 0 R/V 5 0 R>>"
    value = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 10 20 10]/Contents<%s>>>"
    catalog = CATALOG + b"/AcroForm<</Fields[4 0 R]/SigFlags 3>>>>"
    return papers.pdf(field, value % (b"30" * 64), catalog=catalog, page=PAGE + b"/Annots[4 0 R]>>")


def updated(update, root=b"1 0 R"):
    """A PDF with a change behind its first end."""
    before = papers.pdf()
    start = before.rindex(b"startxref\n") + len(b"startxref\n")
    earlier = int(before[start:].split()[0])
    place = len(before)
    change = b"3 0 obj\n" + update + b"\nendobj\n"
    table = b"xref\n3 1\n%010d 00000 n \ntrailer\n<</Size 5/Root %s/Prev %d>>\n" % (place, root, earlier)
    return before + change + table + b"startxref\n%d\n%%%%EOF\n" % (place + len(change))


def linearised_pdf(length=None):
    """A PDF that says that it is ordered for the web."""
    whole = papers.pdf(b"<</Linearized 1/L 00000/O 3/E 400/N 1/T 300/H[0 0]>>")
    first = whole.index(b"4 0 obj")
    end = whole.index(b"xref")
    head, body = whole[: whole.index(b"1 0 obj")], whole[whole.index(b"1 0 obj") : first]
    moved = head + whole[first:end] + body + whole[end:]  # the table is wrong now: readers mend it
    return moved.replace(b"/L 00000", b"/L %05d" % (length or len(moved)))


def with_metadata(title):
    """A PDF with a title, as an office program writes it."""
    writer = reopened()
    writer.add_metadata({"/Title": title})
    return written(writer)


def with_action(**action):
    """A PDF that does something when it is opened: S and what it takes."""
    writer = reopened()
    entries = {NameObject(f"/{key}"): value for key, value in action.items()}
    writer._root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject(entries))
    return written(writer)


def act(name, **more):
    """An action that is given as names and texts."""
    return with_action(S=NameObject(f"/{name}"), **{key: TextStringObject(text) for key, text in more.items()})


def picture(mode, form, size=(60, 40), **options):
    """A picture of a kind of colours."""
    out = io.BytesIO()
    base = Image.linear_gradient("L").resize(size)
    (Image.frombytes("I;16", size, base.tobytes() * 2) if mode == "I;16" else base.convert(mode)).save(
        out, form, **options
    )
    return out.getvalue()


def two_pictures():
    """An MPO, as phones with two lenses write it: two JPEG in one file."""
    out = io.BytesIO()
    first, second = (Image.linear_gradient("L").resize((60, 40)).convert("RGB") for _ in range(2))
    first.save(out, "MPO", save_all=True, append_images=[second])
    return out.getvalue()


def png_of(width, height, depth, colour, *, interlaced=False, row=b"\0"):
    """A PNG of a large size that takes no room: every row is black."""
    samples = {0: 1, 2: 3, 6: 4}[colour]
    packing = zlib.compressobj(9)
    line = row + bytes(-(-width * samples * depth // 8))
    packed = b"".join(packing.compress(line) for _ in range(height)) + packing.flush()
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((depth, colour, 0, 0, int(interlaced)))
    parts = ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big") for name, data in parts
    )


def xml(encoding, before="", declared=None):
    """Invoice data in an encoding of the country."""
    text = (
        f'<?xml version="1.0" encoding="{declared or encoding}"?>\n<EInvoice><名称>示例检测有限公司</名称></EInvoice>'
    )
    return (before + text).encode(encoding)
