"""What a PDF holds beside its look: metadata, attached invoice data, and every glyph with its place."""

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from papers.facts import Fact, Place, Source
from papers.layout import Glyph
from papers.merging import Seen
from papers.readers.xml import NAMES, READ_AS, kind_by, read_xml
from records.scans.xml import is_xml

MOST_GLYPHS = 12_000  # of one page
MOST_ATTACHED = 8 * 1024 * 1024  # bytes of one attached file
SCANNED = 0.2  # of the page, that a picture takes which is no mark or code
SURROGATES = range(0xD800, 0xDC00)
QUARTER = 90  # degrees
KEYS = {  # in the document's information, where tax bureaus write the elements of the data
    key: fact for key, fact in NAMES.items() if key.isascii()
} | {"InvoiceNum": "invoice_number", "BuyerTaxId": "buyer_tax_id", "SellerTaxId": "seller_tax_id"}


def read_metadata(document: pypdfium2.PdfDocument) -> Seen:
    """The facts under the keys of the document's information."""
    facts: dict[str, Fact] = {}
    for key, name in KEYS.items():
        value = READ_AS[name](document.get_metadata_value(key) or "")
        if value:
            facts.setdefault(name, Fact(name, value, Source.METADATA, Place(key)))
    return Seen(kind_by(list(facts.values())), list(facts.values()))


def read_attached(document: pypdfium2.PdfDocument) -> Iterator[Seen]:
    """The facts of each attached file that is XML."""
    for place in range(document.count_attachments()):
        attachment = document.get_attachment(place)
        data = bytes(attachment.get_data())[:MOST_ATTACHED]
        if is_xml(data):
            yield read_xml(data, Source.ATTACHMENT, attachment.get_name()[:60])


def is_scan(page: pypdfium2.PdfPage) -> bool:
    """Whether a picture takes much of the page: what it shows may be dim, turned or blurred."""
    width, height = page.get_size()
    sides = [ctypes.c_float() for _ in range(4)]
    for place in range(min(pdfium.FPDFPage_CountObjects(page), MOST_GLYPHS)):
        thing = pdfium.FPDFPage_GetObject(page, place)
        if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_IMAGE:
            pdfium.FPDFPageObj_GetBounds(thing, *map(ctypes.byref, sides))
            left, bottom, right, top = (side.value for side in sides)
            if (right - left) * (top - bottom) > SCANNED * width * height:
                return True
    return False


def glyphs_of(page: pypdfium2.PdfPage) -> list[Glyph]:
    """Every glyph of a page, as it is turned; two halves of a rare character are one."""
    text = page.get_textpage()
    box, turn, width, height = pdfium.FS_RECTF(), page.get_rotation(), *_size(page)
    glyphs: list[Glyph] = []
    high = 0
    for place in range(min(text.count_chars(), MOST_GLYPHS)):
        code = pdfium.FPDFText_GetUnicode(text, place)
        if code in SURROGATES:
            high = code
            continue
        if high and code in range(0xDC00, 0xE000):
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        if code > ord(" ") and pdfium.FPDFText_GetLooseCharBox(text, place, ctypes.byref(box)):
            sides = _turned((box.left, box.top, box.right, box.bottom), turn, width, height)
            glyphs.append(Glyph(chr(code), *sides))
    text.close()
    return glyphs


def _size(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """Width and height before the page is turned."""
    width, height = page.get_size()
    return (height, width) if page.get_rotation() % (2 * QUARTER) else (width, height)


def _turned(
    box: tuple[float, float, float, float], turn: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """The box from the upper left corner of the page as it is shown; box: left, top, right, bottom, from below."""
    left, top, right, bottom = box
    if turn == QUARTER:
        return bottom, left, top, right
    if turn == 2 * QUARTER:
        return width - right, bottom, width - left, top
    if turn == 3 * QUARTER:
        return height - top, width - right, height - bottom, width - left
    return left, height - top, right, height - bottom
