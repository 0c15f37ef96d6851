"""Black marks on the finished pages of a PDF, drawn where the number of pages is known; they cost no layout."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydyf import PDF

MM = 72 / 25.4  # points
Marks = list[tuple[float, float, float, float]]  # rectangles: x, y, width, height in points from the lower left corner
Drawing = Callable[[int], Iterator[Marks]]  # how many pages there are → what is drawn on each


def drawer_of(marks: Drawing) -> Callable[[object, "PDF"], None]:
    """What WeasyPrint calls with the finished PDF: draws the marks, which readers for the blind pass over (an artifact)."""

    def draw(_document: object, pdf: "PDF") -> None:
        parts = import_module("pydyf")  # comes with WeasyPrint
        pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
        for page, squares in zip(pages, marks(len(pages)), strict=True):
            boxes = " ".join(f"{x:.3f} {y:.3f} {wide:.3f} {high:.3f} re" for x, y, wide, high in squares)
            below = parts.Stream([f"/Artifact BMC q 0 0 0 rg {boxes} f Q EMC".encode()], compress=True)
            pdf.add_object(below)
            page["Contents"] = parts.Array([below.reference, page["Contents"]])

    return draw
