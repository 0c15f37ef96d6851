"""OFD (GB/T 33190): its own data, what is attached, what is tagged, and the text of its pages with boxes in millimetres."""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from itertools import islice
from xml.etree.ElementTree import Element, ParseError  # of trees that defusedxml has made

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from papers.facts import Fact, Place, Source
from papers.layout import Box, Glyph
from papers.merging import Seen
from papers.readers.xml import NAMES, READ_AS, kind_by, read_xml
from records.scans.xml import is_xml, undeclared

POINTS = 72 / 25.4  # of a millimetre
MOST_PART = 8 * 1024 * 1024  # bytes of one part that is read
MOST_GLYPHS = 12_000  # of one page
TAGS = {  # names of the tags of GB/T 38540 invoices that are not those of the data
    "InvoiceNo": "invoice_number",
    "InvoiceCode": "code",
    "IssueDate": "issued_on",
    "InvoiceCheckCode": "check_code",
    "TaxExclusiveTotalAmount": "net",
    "TaxTotalAmount": "tax",
    "TaxInclusiveTotalAmount": "gross",
    "BuyerName": "buyer",
    "BuyerTaxID": "buyer_tax_id",
    "SellerName": "seller",
    "SellerTaxID": "seller_tax_id",
}
NARROW = 0.5  # widths of a Latin letter, where nothing says how wide it is


class Package:
    """The parts of an OFD by their names, whatever way folders are separated."""

    def __init__(self, data: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.names = {_plain(entry.filename): entry for entry in self.zip.infolist()}

    def part(self, name: str) -> bytes:
        """The content of a part; nothing where there is none, or too much."""
        entry = self.names.get(_plain(name))
        return self.zip.read(entry) if entry and entry.file_size <= MOST_PART else b""

    def tree(self, name: str) -> Element | None:
        """A part as a tree."""
        try:
            return fromstring(undeclared(self.part(name)), forbid_dtd=True)
        except (DefusedXmlException, ParseError, ValueError, LookupError):
            return None


def read_ofd(data: bytes, *, most_pages: int) -> tuple[list[Seen], list[list[Glyph]]]:
    """What its data, attachments and tags say; the glyphs of its pages."""
    package = Package(data)
    seen = [_custom_data(package)]
    pages: list[list[Glyph]] = []
    for body in _all(package.tree("OFD.xml"), "DocRoot"):
        root = _plain(body.text or "")
        document = package.tree(root)
        seen += _attached(package, root, document)
        laid = list(islice(_pages(package, root, document), most_pages))
        pages += [glyphs for glyphs, _ in laid]
        seen.append(_tagged(package, root, document, laid))
    return seen, pages


def _custom_data(package: Package) -> Seen:
    """What stands in OFD.xml itself, under the names of the invoice."""
    facts: dict[str, Fact] = {}
    for entry in _all(package.tree("OFD.xml"), "CustomData"):
        key = entry.get("Name", "")
        name = NAMES.get(key, "")
        value = READ_AS[name](entry.text or "") if name else ""
        if value:
            facts.setdefault(name, Fact(name, value, Source.METADATA, Place(f"CustomData/{key}")))
    return Seen(kind_by(list(facts.values())), list(facts.values()))


def _attached(package: Package, root: str, document: Element | None) -> Iterator[Seen]:
    """The data that the list of attachments names."""
    for where in _all(document, "Attachments"):
        listing = _beside(root, where.text)
        for attachment in _all(package.tree(listing), "Attachment"):
            for place in _all(attachment, "FileLoc"):
                name = _beside(listing, place.text)
                content = package.part(name) or package.part(_beside(root, place.text))
                if is_xml(content):
                    yield read_xml(content, Source.ATTACHMENT, posixpath.basename(name)[:60])


def _pages(package: Package, root: str, document: Element | None) -> Iterator[tuple[list[Glyph], dict[str, str]]]:
    """(glyphs, text by the number of its object) of each page, with what its template prints."""
    templates = {page.get("ID", ""): page.get("BaseLoc", "") for page in _all(document, "TemplatePage")}
    for page in _all(document, "Page"):
        content = package.tree(_beside(root, page.get("BaseLoc")))
        glyphs: list[Glyph] = []
        objects: dict[str, str] = {}
        for template in _all(content, "Template"):
            _collect(package.tree(_beside(root, templates.get(template.get("TemplateID", "")))), glyphs, objects)
        _collect(content, glyphs, objects)
        yield glyphs, objects


def _collect(content: Element | None, glyphs: list[Glyph], objects: dict[str, str]) -> None:
    for thing in _all(content, "TextObject"):
        if len(glyphs) < MOST_GLYPHS:
            said = list(_of_object(thing))
            glyphs += said
            objects[thing.get("ID", "")] = "".join(glyph.raw for glyph in said)


def _of_object(thing: Element) -> Iterator[Glyph]:
    """The glyphs of one text object, each at the place that its offsets give it."""
    left, top, *_ = [*_figures(thing.get("Boundary")), 0.0, 0.0]
    size = next(iter(_figures(thing.get("Size"))), 0.0)
    scale = [*_figures(thing.get("CTM"))] or [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    if len(scale) < len("abcdef"):
        return
    for code in _all(thing, "TextCode"):
        x, y = (next(iter(_figures(code.get(axis))), 0.0) for axis in "XY")
        across, down = _offsets(code.get("DeltaX")), _offsets(code.get("DeltaY"))
        for sign in (code.text or "").strip("\r\n"):
            place = left + scale[0] * x + scale[2] * y + scale[4], top + scale[1] * x + scale[3] * y + scale[5]
            yield Glyph(sign, *_box(place, size * abs(scale[3]), size * abs(scale[0]), sign))
            x += next(across, 0.0 if code.get("DeltaY") else size)
            y += next(down, 0.0)


def _box(place: tuple[float, float], height: float, width: float, sign: str) -> Box:
    """The room of a sign that stands on its base line at the place, in points."""
    left, base = place
    wide = width * (NARROW if sign.isascii() else 1.0)
    above, below = base - 0.86 * height, base + 0.14 * height
    return left * POINTS, above * POINTS, (left + wide) * POINTS, below * POINTS


def _tagged(
    package: Package, root: str, document: Element | None, pages: list[tuple[list[Glyph], dict[str, str]]]
) -> Seen:
    """What the custom tags point to: objects of the pages that are named as the data names them."""
    texts = {number: text for _, objects in pages for number, text in objects.items()}
    facts: dict[str, Fact] = {}
    for where in _all(document, "CustomTags"):
        listing = _beside(root, where.text)
        for place in _all(package.tree(listing), "FileLoc"):
            for tag in _each(package.tree(_beside(listing, place.text))):
                name = TAGS.get(_local(tag), "")
                text = "".join(texts.get((one.text or "").strip(), "") for one in _all(tag, "ObjectRef"))
                value = READ_AS[name](text) if name and text else ""
                if value:
                    facts.setdefault(name, Fact(name, value, Source.METADATA, Place(f"CustomTag/{_local(tag)}")))
    return Seen(kind_by(list(facts.values())), list(facts.values()))


def _offsets(text: str | None) -> Iterator[float]:
    """The steps between glyphs; `g 3 2.5` stands for 2.5 three times."""
    signs = iter((text or "").split())
    for sign in signs:
        if sign != "g":
            yield from _figures(sign)
            continue
        times, step = _figures(next(signs, "")), _figures(next(signs, ""))
        if times and step:
            yield from step * min(int(times[0]), MOST_GLYPHS)


def _figures(text: str | None) -> list[float]:
    try:
        return [float(figure) for figure in (text or "").split()]
    except ValueError:
        return []


def _all(tree: Element | None, name: str) -> Iterator[Element]:
    """The elements of this name, whatever their prefix."""
    return (element for element in _each(tree) if _local(element) == name)


def _each(tree: Element | None) -> Iterator[Element]:
    return tree.iter() if tree is not None else iter(())


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _plain(name: str) -> str:
    return name.strip().replace("\\", "/").removeprefix("./").lstrip("/")


def _beside(part: str, name: str | None) -> str:
    """A name as it is meant where it is written: from the root, or beside the part that names it."""
    told = (name or "").strip().replace("\\", "/")
    return _plain(told) if told.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(part), told))
