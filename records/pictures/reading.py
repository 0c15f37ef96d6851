"""The data of an invoice (XML, OFD) as a table, and the pages of an OFD that are pictures. Runs in the child alone."""

import json
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from defusedxml.ElementTree import fromstring

from records.pictures.drawing import Tell, draw_file
from records.pictures.words import label_for
from records.scans.xml import undeclared

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

TABLE = "table.json"
MOST_ROWS = 500
MOST_SIGNS = 2_000  # of one value
MOST_XML = 8 * 1024 * 1024  # bytes of a part that is read as a tree
MOST_DEEP = 5  # headings inside each other, as the table shows them
COVERS = 0.5  # of the page, and the picture is the page
MILLIMETRES = 4  # figures of a box
Row = tuple[int, str, str | None]  # how deep, label, value; None: a heading


def read_xml(paper: str, _wanted: Sequence[int], tell: Tell) -> None:
    """Write the table of an invoice's XML."""
    tell(pages=0)
    write_table(list(rows_of(tree_of(Path(paper).read_bytes()))), Path(paper).parent, tell)


def write_table(rows: list[Row], folder: Path, tell: Tell) -> None:
    """Write out the rows, if there are any; a last one says how many had no place."""
    left = len(rows) - MOST_ROWS
    if rows:
        (folder / TABLE).write_text(json.dumps({"rows": rows[:MOST_ROWS], "left": max(0, left)}, ensure_ascii=False))
        tell(table=True)


def tree_of(data: bytes) -> "Element":
    """The document, whatever encoding it is in; MemoryError where it is too large to be held."""
    if len(data) > MOST_XML:
        raise MemoryError
    root: Element = fromstring(undeclared(data), forbid_dtd=True)
    return root


def name_of(element: "Element") -> str:
    """Its name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def rows_of(element: "Element", deep: int = 0, mark: str = "") -> Iterator[Row]:
    """The element as rows: a label with its value, or a heading above those of what it holds."""
    label = (element.get("Name") if name_of(element) == "CustomData" else "") or label_for(name_of(element))
    text = (element.text or "").strip()
    inside = [(label_for(name.rpartition("}")[2]), value) for name, value in element.items() if name != "Name"]
    if len(element) == 0 and not inside:
        if text:
            yield deep, label + mark, text[:MOST_SIGNS]
        return
    yield deep, label + mark, None
    below = min(deep + 1, MOST_DEEP)
    yield from ((below, words, value[:MOST_SIGNS]) for words, value in inside if value)
    if text:
        yield below, label, text[:MOST_SIGNS]
    many, seen = Counter(name_of(child) for child in element), Counter[str]()
    for child in element:
        name = name_of(child)
        seen[name] += 1
        of_many = many[name] > 1 and name != "CustomData"
        yield from rows_of(child, below, f"（{seen[name]}）" if of_many else "")


def draw_ofd(paper: str, wanted: Sequence[int], tell: Tell) -> None:
    """Draw the pages that are pictures, and write the table of what the OFD says of itself and carries."""
    folder = Path(paper).parent
    with zipfile.ZipFile(paper) as package:
        names = {name.replace("\\", "/").removeprefix("./").lower(): name for name in package.namelist()}
        parts = Parts(package, names)
        pictures = list(parts.pages())
        tell(pages=len(pictures) if any(pictures) else 0)
        write_table(list(parts.rows()), folder, tell)
        for number, name in enumerate(pictures, 1):
            if number in wanted and name:
                draw_file(parts.read(name), number, folder, tell)
            elif number in wanted:
                tell(page=number, width=0, height=0)


class Parts:
    """The parts of an OFD by their names, as its files refer to them."""

    def __init__(self, package: zipfile.ZipFile, names: dict[str, str]) -> None:
        self.package, self.names = package, names

    def read(self, name: str) -> bytes:
        """A part; KeyError where there is none of that name."""
        return self.package.read(self.names[name.lower()])

    def trees(self, element: "Element", name: str, base: str) -> Iterator[tuple[str, "Element"]]:
        """(its place, its tree) of each part that elements of this name point to, as far as it is there."""
        for found in element.iter():
            target = (found.get("BaseLoc") or found.text or "").strip() if name_of(found) == name else ""
            place = posixpath.normpath(posixpath.join(base, target)).lstrip("/")
            if target and place.lower() in self.names:
                yield place, tree_of(self.read(place))

    def rows(self) -> Iterator[Row]:
        """What it says of itself, then the XML that it carries."""
        root = tree_of(self.read("ofd.xml"))
        for element in root.iter():
            if name_of(element) == "DocInfo":
                yield from rows_of(element)
        for low, name in self.names.items():
            if low.endswith(".xml") and "/attach" in low and not low.endswith("/attachments.xml"):
                yield from rows_of(tree_of(self.package.read(name)))

    def pages(self) -> Iterator[str]:
        """For each page the name of the picture that covers it, "" where none does."""
        root = tree_of(self.read("ofd.xml"))
        for place, document in self.trees(root, "DocRoot", ""):
            base = posixpath.dirname(place)
            media = self.media(document, base)
            size = box_of(document, "PhysicalBox")
            for at, page in self.trees(document, "Page", base):
                own = media | self.media(page, posixpath.dirname(at))
                yield covering(page, box_of(page, "PhysicalBox", size), own)

    def media(self, element: "Element", base: str) -> dict[str, str]:
        """Number of a picture → its name, of the resources that the document or a page names."""
        found = {}
        for kind in ("PublicRes", "DocumentRes", "PageRes"):
            for place, resources in self.trees(element, kind, base):
                folder = posixpath.join(posixpath.dirname(place), resources.get("BaseLoc") or "")
                for one in resources.iter():
                    if name_of(one) == "MultiMedia":
                        file = next(((part.text or "").strip() for part in one if name_of(part) == "MediaFile"), "")
                        found[one.get("ID") or ""] = posixpath.normpath(posixpath.join(folder, file)).lstrip("/")
        return {number: name for number, name in found.items() if name.lower() in self.names}


def box_of(element: "Element", name: str, otherwise: tuple[float, float] = (0.0, 0.0)) -> tuple[float, float]:
    """Width and height in millimetres that an element of this name says."""
    text = next((found.text for found in element.iter() if name_of(found) == name), None)
    return size_of(text) if text else otherwise


def size_of(text: str) -> tuple[float, float]:
    """Width and height of a box "x y width height"."""
    figures = [float(figure) for figure in text.split()[:MILLIMETRES]]
    return (figures[2], figures[3]) if len(figures) == MILLIMETRES else (0.0, 0.0)


def covering(page: "Element", size: tuple[float, float], media: dict[str, str]) -> str:
    """The name of the largest picture on the page, if it covers enough of it."""
    placed = []
    for found in page.iter():
        name = media.get(found.get("ResourceID") or "") if name_of(found) == "ImageObject" else None
        if name:
            wide, high = size_of(found.get("Boundary") or "")
            placed.append((wide * high, name))
    area, name = max(placed, default=(0.0, ""))
    return name if area and area >= COVERS * size[0] * size[1] else ""
