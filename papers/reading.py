"""Reads one paper: every reader that its form has, merged into one answer. Knows no Django: it runs in the child."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2
from PIL import Image

from papers.facts import FIGURES, Disagreement, Fact, Facts, Kind, Source
from papers.layout import Glyph
from papers.merging import Seen, merged
from papers.readers.ofd import read_ofd
from papers.readers.pdf import glyphs_of, is_scan, read_attached, read_metadata
from papers.readers.qr import read_qr
from papers.readers.text import read_text
from papers.readers.xml import Unparsable, heard_in, seen_in

SCALE = 2.0  # pixels of a rendered page for one point: 144 dpi
LONGER_SIDE = 2400  # pixels of a rendered page
WITHOUT_CODE = {Kind.RECEIPT, Kind.CONTRACT, Kind.LICENCE, Kind.ACCOUNT, Kind.CERTIFICATE}
QR_PAGES = 3  # pages that are rendered for their codes
ORIENTATION, UPRIGHT = 0x0112, 1
Sizes = dict[int, tuple[float, float]]  # page → (width, height), in the unit in which its boxes are


@dataclass(frozen=True)
class Bounds:
    """How much of a paper is read."""

    pages: int = 20
    pixels: int = 40_000_000  # of a picture that is opened whole


class Unreadable(Exception):
    """The paper cannot be read; `word` says why, for `papers.bounded` to make a sentence of."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


def read(data: bytes, form: str, bounds: Bounds = Bounds()) -> Facts:
    """The facts of one paper; raise Unreadable where it does not open.

    form: what the bytes are, as `papers.facts.FORMS` names it.
    """
    readers = {"pdf": _pdf, "ofd": _ofd, "xml": _xml}
    sizes: Sizes = {}
    return on_pages(merged(readers.get(form, _picture)(data, bounds, sizes)), sizes)


def on_pages(read: Facts, sizes: Sizes) -> Facts:
    """The facts with their boxes in fractions of the page; without where the size of a page is not known."""

    def lies(fact: Fact) -> Fact:
        size, box = sizes.get(fact.place.page), fact.place.box
        if box is None or size is None or min(size) <= 0:
            return replace(fact, place=replace(fact.place, box=None))
        left, top, right, bottom = (
            round(min(max(side / size[axis % 2], 0.0), 1.0), FIGURES) for axis, side in enumerate(box)
        )
        return replace(fact, place=replace(fact.place, box=(left, top, right, bottom)))

    apart = tuple(Disagreement(two.name, lies(two.first), lies(two.second)) for two in read.disagreements)
    return Facts(read.kind, tuple(map(lies, read.facts)), apart)


def _xml(data: bytes, _bounds: Bounds, _sizes: Sizes) -> list[Seen]:
    try:
        return [seen_in(heard_in(data), Source.XML)]
    except Unparsable as damage:
        raise Unreadable("broken") from damage


def _ofd(data: bytes, bounds: Bounds, _sizes: Sizes) -> list[Seen]:
    try:
        seen, pages = read_ofd(data, most_pages=bounds.pages)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError) as damage:
        raise Unreadable("broken") from damage
    return [*seen, read_text(pages)]


def _pdf(data: bytes, bounds: Bounds, sizes: Sizes) -> list[Seen]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as damage:
        raise Unreadable("broken") from damage
    first: list[pypdfium2.PdfPage] = []
    text = read_text(list(_pages(document, bounds.pages, sizes, first)))
    seen = [*read_attached(document), read_metadata(document), text]
    if text.kind not in WITHOUT_CODE:
        seen += _codes(first)
    return seen


def _pages(
    document: pypdfium2.PdfDocument, most: int, sizes: Sizes, first: list[pypdfium2.PdfPage]
) -> Iterator[list[Glyph]]:
    """The glyphs of each page; first gets those that may carry a code, still open: to open a page is half of reading it."""
    for place in range(min(len(document), most)):
        page = document[place]
        sizes[place + 1] = page.get_size()
        yield glyphs_of(page)
        if place < QR_PAGES:
            first.append(page)
        else:
            page.close()


def _codes(pages: list[pypdfium2.PdfPage]) -> Iterator[Seen]:
    """The codes of the pages, until one is found."""
    for place, page in enumerate(pages):
        scale = min(SCALE, LONGER_SIDE / max(*page.get_size(), 1))
        image = page.render(scale=scale, grayscale=True).to_pil()
        seen = read_qr(image, page=place + 1, points=1 / scale, drawn=not is_scan(page))
        if seen.facts:
            yield seen
            return


def _picture(data: bytes, bounds: Bounds, sizes: Sizes) -> list[Seen]:
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            if image.format != "PNG":
                image.draft("L", (LONGER_SIDE, LONGER_SIDE))
            if image.width * image.height > bounds.pixels:
                raise Unreadable("large")
            image.load()
            if image.getexif().get(ORIENTATION, UPRIGHT) == UPRIGHT:  # it is shown as it lies
                sizes[1] = image.size
            return [read_qr(image)]
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError) as damage:
        raise Unreadable("broken") from damage
