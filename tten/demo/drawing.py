"""A sheet of paper to draw on: lines of text, tables and a red seal, saved as JPEG or PDF, equal bytes every time."""

import io
import math
import time
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from PIL import Image, ImageDraw, ImageFont

from ui.fonts import FOLDER

DPI = 100
A4 = (827, 1169)  # dots
A4_WIDE = (1169, 827)
MARGIN = 70  # dots
INK = (20, 20, 20)
RED = (200, 30, 30)
PALE = (236, 236, 236)
SEAL = 160  # dots across: 4 cm
STAR = 22  # dots from the middle to a point
ARC = (150, 390)  # degrees, clockwise from the right, between which the name runs around a seal, by its top
SAMPLE = "演示样例　非真实凭证"
FIXED_TIME = time.gmtime(1_767_225_600)  # 2026-01-01; a paper drawn twice is one paper

Colour = tuple[int, int, int]


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return Song, Hei or Fang at a size in dots."""
    return ImageFont.truetype(FOLDER / f"TTEN-{name}.ttf", size, layout_engine=ImageFont.Layout.BASIC)


class Sheet:
    """A white sheet with the mark of a sample across it; texts go from the top down at `self.y`."""

    def __init__(self, size: tuple[int, int] = A4) -> None:
        self.image = _marked(size).copy()
        self.pen = ImageDraw.Draw(self.image)
        self.width, self.height = size
        self.y = MARGIN

    def title(self, text: str, size: int = 34, colour: Colour = INK) -> None:
        """Write a heading in the middle."""
        self.pen.text((self.width / 2, self.y), text, colour, font("Hei", size), anchor="ma")
        self.y += size + 24

    def line(self, text: str, *, x: int = MARGIN, size: int = 18, name: str = "Song") -> None:
        """Write one paragraph, broken where the sheet ends."""
        face = font(name, size)
        columns = max(1, (self.width - MARGIN - x) // size)
        for row in _rows(text, columns * 2):
            self.pen.text((x, self.y), row, INK, face)
            self.y += size + 10

    def table(self, rows: Iterable[Sequence[str]], widths: Sequence[int], height: int = 40) -> None:
        """Draw a ruled table; widths and height in dots, a cell's text is broken into at most two rows."""
        for row in rows:
            x = MARGIN
            for text, width in zip(row, widths, strict=True):
                self.pen.rectangle((x, self.y, x + width, self.y + height), outline=INK)
                self._cell(text, x, width, height)
                x += width
            self.y += height

    def _cell(self, text: str, x: int, width: int, height: int) -> None:
        size = 16
        lines = list(_rows(text, 2 * (width - 10) // size))[:2]
        top = self.y + (height - len(lines) * (size + 3)) // 2
        for index, row in enumerate(lines):
            self.pen.text((x + 6, top + index * (size + 3)), row, INK, font("Song", size))

    def seal(self, text: str, x: int, y: int) -> None:
        """Press a round red seal with its middle at x, y."""
        stamp(self.image, text, x, y)

    def jpeg(self) -> bytes:
        """Return the sheet as a picture."""
        return jpeg_of(self.image)

    def pdf(self, title: str) -> bytes:
        """Return the sheet as a PDF of one page."""
        return pdf_of([self.image], title)


def jpeg_of(image: Image.Image) -> bytes:
    """Return a picture's bytes as JPEG."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80, dpi=(DPI, DPI))
    return out.getvalue()


def pdf_of(pages: Sequence[Image.Image], title: str) -> bytes:
    """Return pictures as the pages of a PDF, with a fixed date."""
    out = io.BytesIO()
    times = {"creationDate": FIXED_TIME, "modDate": FIXED_TIME}
    pages[0].save(out, "PDF", resolution=DPI, save_all=True, append_images=pages[1:], title=title, quality=80, **times)
    return out.getvalue()


def stamp(image: Image.Image, text: str, x: int, y: int) -> None:
    """Press the seal of a unit on a picture, with its middle at x, y; what is under it shines through."""
    seal = seal_of(text)
    image.paste(RED, (x - SEAL // 2, y - SEAL // 2), seal)


@lru_cache(maxsize=256)
def seal_of(text: str) -> Image.Image:
    """Return a seal as a mask: rings, a star, the name around it and 演示专用 below."""
    mask = Image.new("L", (SEAL, SEAL), 0)
    pen = ImageDraw.Draw(mask)
    pen.ellipse((2, 2, SEAL - 3, SEAL - 3), outline=200, width=4)
    pen.polygon(_star(SEAL / 2), fill=200)
    pen.text((SEAL / 2, SEAL * 0.72), "演示专用", 200, font("Song", 17), anchor="ma")
    size = max(10, min(20, 250 // max(len(text), 1)))
    step = (ARC[1] - ARC[0]) / max(len(text), 1)
    for index, char in enumerate(text):
        _write_around(mask, char, size, ARC[0] + step * (index + 0.5))
    return mask


def _write_around(mask: Image.Image, char: str, size: int, angle: float) -> None:
    box = Image.new("L", (size * 2, size * 2), 0)
    ImageDraw.Draw(box).text((size, size), char, 200, font("Song", size), anchor="mm")
    box = box.rotate(-(angle + 90), resample=Image.Resampling.BICUBIC)
    radius = SEAL / 2 - size / 2 - 9
    x = SEAL / 2 + radius * math.cos(math.radians(angle)) - size
    y = SEAL / 2 + radius * math.sin(math.radians(angle)) - size
    mask.paste(box, (round(x), round(y)), box)


def _star(middle: float) -> list[tuple[float, float]]:
    points = []
    for index in range(10):
        radius = STAR if index % 2 == 0 else STAR * 0.382
        angle = math.radians(-90 + 36 * index)
        points.append((middle + radius * math.cos(angle), middle + radius * math.sin(angle)))
    return points


@cache
def _marked(size: tuple[int, int]) -> Image.Image:
    """Return a white sheet that says across itself that it is a sample."""
    image = Image.new("RGB", size, "white")
    label = Image.new("L", (size[0], 60), 0)
    ImageDraw.Draw(label).text((size[0] / 2, 30), SAMPLE, 255, font("Hei", 44), anchor="mm")
    label = label.rotate(28, expand=True, resample=Image.Resampling.BICUBIC)
    for top in (0.12, 0.5):
        image.paste(PALE, ((size[0] - label.width) // 2, round(size[1] * top)), label)
    return image


def _rows(text: str, columns: int) -> Iterable[str]:
    """Break text into rows of so many half-width columns; one Chinese character takes two."""
    for paragraph in text.splitlines():
        row, used = "", 0
        for char in paragraph:
            width = 1 if char.isascii() else 2
            if used + width > columns:
                yield row
                row, used = "", 0
            row, used = row + char, used + width
        yield row
