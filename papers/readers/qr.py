"""The QR code of an invoice: `01,<type>,<code>,<number>,<amount>,<day>,<check code>,<crc>,` (domain.md §6.3)."""

import re
from collections.abc import Iterator
from itertools import islice

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from papers import values
from papers.facts import Fact, Kind, Place, Source
from papers.merging import Seen

INVOICE = re.compile(r"01,([0-9]{2}),([0-9]{0,12}),([0-9]{8,20}),([0-9.-]{1,14}),([0-9]{8}),([0-9]{0,20})(?:,|$)")
TYPES = {"01": "专用", "04": "普通", "08": "专用", "10": "普通", "31": "专用", "32": "普通"}
DIGITAL = {"31", "32"}  # they carry the gross amount, the others the net one
FORMATS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
LONGER_SIDE = 2400  # pixels to which a photograph is made smaller
CLOSER = 2  # times larger, where the code was not found at first


def read_qr(image: Image.Image, *, page: int = 1, points: float = 1.0, drawn: bool = False) -> Seen:
    """The facts of the codes of invoices in a picture; nothing where it shows two different invoices.

    points: of the page, for one pixel. drawn: it is no photograph, so that nothing would make it clearer.
    """
    found = {}
    for payload, box in payloads(image, drawn=drawn):
        match = INVOICE.match(payload)
        if match:
            left, top, right, bottom = (side * points for side in box)
            found[match.groups()[:6]] = list(facts_in(match, Place(page=page, box=(left, top, right, bottom))))
    if len(found) != 1:
        return Seen()
    ((groups, facts),) = found.items()
    return Seen(Kind.DIGITAL if groups[0] in DIGITAL else Kind.VAT, facts)


def facts_in(match: re.Match[str], place: Place) -> Iterator[Fact]:
    """The facts of one code."""
    kind, code, number, amount, day, check = match.groups()
    said = {
        "type": TYPES.get(kind, ""),
        "code": values.code(code),
        "invoice_number": number,
        "gross" if kind in DIGITAL else "net": values.amount(amount),
        "issued_on": values.day(day),
        "check_code": values.code(check),
    }
    yield from (Fact(name, value, Source.QR, place) for name, value in said.items() if value)


def payloads(image: Image.Image, *, drawn: bool = False) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """(text, box in pixels) of the codes that are found, in the picture as it is, then in clearer ones if it is not drawn."""
    for picture, scale in islice(clearer(image), 1 if drawn else None):
        codes = zxingcpp.read_barcodes(picture, formats=FORMATS)
        if codes:
            for code in codes:
                corners = code.position
                points = [corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right]
                across, down = [point.x / scale for point in points], [point.y / scale for point in points]
                yield code.bytes.decode("gb18030", "replace"), (min(across), min(down), max(across), max(down))
            return


def clearer(image: Image.Image) -> Iterator[tuple[Image.Image, float]]:
    """The picture in grey, at most so large, and what is done for one that shows no code: (picture, its scale)."""
    grey = image.convert("L")
    scale = min(1.0, LONGER_SIDE / max(grey.size))
    if scale < 1:
        grey = grey.resize((round(grey.width * scale), round(grey.height * scale)), Image.Resampling.BOX)
    yield grey, scale
    lighter = ImageOps.autocontrast(grey, cutoff=2)
    yield lighter, scale
    yield lighter.filter(ImageFilter.UnsharpMask(radius=4, percent=250, threshold=0)), scale
    if max(grey.size) * CLOSER <= LONGER_SIDE:
        larger = lighter.resize((grey.width * CLOSER, grey.height * CLOSER), Image.Resampling.BICUBIC)
        yield larger, scale * CLOSER
    yield ImageOps.equalize(grey), scale
