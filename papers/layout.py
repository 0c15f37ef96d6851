"""Glyphs of a page become lines as a reader sees them; what is set vertically, glyph below glyph, becomes words.

Only where a glyph stands counts, never the order in which a file draws it: columns that are set vertically come backwards
from every reader of text, letters set one by one come as words of one letter.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from papers.values import folded
from ui.han import as_characters

Box = tuple[float, float, float, float]  # left, top, right, bottom in points from the upper left corner
SAME_LINE = 0.42  # of the lower glyph's height by which two middles of one line differ
DRAWN_TWICE = 0.25  # of a glyph's height by which the second drawing of a bold one is moved
BELOW = (0.5, 3.2)  # heights between two glyphs of a word that is set vertically
BESIDE = 0.6  # widths by which their middles differ
MOST_OF_A_SIGN = 200  # on one page, that are tried as a part of a word set vertically
TOUCHING = 0.12  # of the height: less free room to a sign beside it, and they are one word across
ROW = 4.0  # points of height in which signs are looked for that stand beside one
BLANK = 0.18  # of the height: a gap between Latin letters that is a blank


@dataclass(frozen=True, slots=True)
class Glyph:
    """One sign and the room that it takes."""

    raw: str  # as it is printed
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """In points, never 0."""
        return max(self.bottom - self.top, 1.0)

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Half way across."""
        return (self.left + self.right) / 2


class Line:
    """Glyphs beside each other; `text` has one folded sign for each of them and no blanks."""

    def __init__(self, page: int, glyphs: list[Glyph]) -> None:
        self.page = page
        self.glyphs = _once(sorted(glyphs, key=lambda glyph: glyph.left))

    @cached_property
    def text(self) -> str:
        """The line without blanks, folded."""
        return "".join(folded(glyph.raw)[:1] or "\0" for glyph in self.glyphs)

    def raw(self, start: int, end: int) -> str:
        """A part of it as it is printed, with blanks between Latin words."""
        said = ""
        for place in range(start, end):
            glyph = self.glyphs[place]
            if place > start and self.gap(place) > BLANK and glyph.raw.isascii() and said[-1:].isascii():
                said += " "
            said += as_characters(glyph.raw)
        return said

    def gap(self, place: int) -> float:
        """Free room before a glyph, in its heights; endless before the first."""
        if place <= 0:
            return float("inf")
        glyph = self.glyphs[place]
        return (glyph.left - self.glyphs[place - 1].right) / glyph.height

    def box(self, start: int, end: int) -> Box:
        """The room that a part takes."""
        return around(self.glyphs[start:end])


@dataclass(frozen=True)
class Word:
    """A word that is set vertically."""

    text: str
    page: int
    box: Box


def around(glyphs: Iterable[Glyph]) -> Box:
    """The rectangle that holds them all."""
    held = list(glyphs)
    return (
        min(glyph.left for glyph in held),
        min(glyph.top for glyph in held),
        max(glyph.right for glyph in held),
        max(glyph.bottom for glyph in held),
    )


def lines_of(page: int, glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines of a page from above."""
    lines: list[list[Glyph]] = []
    anchor: Glyph | None = None
    for glyph in sorted((one for one in glyphs if one.raw.strip()), key=lambda one: one.middle):
        if anchor and glyph.middle - anchor.middle < SAME_LINE * min(glyph.height, anchor.height):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
            anchor = glyph
    return [Line(page, line) for line in lines]


def set_vertically(page: int, glyphs: list[Glyph], words: Iterable[str]) -> tuple[list[Word], list[Glyph]]:
    """The words of the list that stand glyph below glyph, and the glyphs that are left. Longer words go first."""
    by_sign: dict[str, list[Glyph]] = defaultdict(list)
    wanted = set("".join(words := sorted(words, key=len, reverse=True)))
    for glyph in glyphs:
        if (sign := as_characters(glyph.raw)) in wanted and len(by_sign[sign]) < MOST_OF_A_SIGN:
            by_sign[sign].append(glyph)
    found, taken = [], set[Glyph]()
    rows = _rows(glyphs)
    for word in words:
        for first in by_sign[word[0]]:
            column = _column(first, word, by_sign, taken) if first not in taken else []
            if len(column) == len(word) and not any(_is_of_a_line(glyph, rows) for glyph in column):
                found.append(Word(word, page, around(column)))
                taken.update(column)
    return found, [glyph for glyph in glyphs if glyph not in taken]


def _column(first: Glyph, word: str, by_sign: dict[str, list[Glyph]], taken: set[Glyph]) -> list[Glyph]:
    column = [first]
    for sign in word[1:]:
        last = column[-1]
        below = [glyph for glyph in by_sign[sign] if glyph not in taken and _stands_below(glyph, last)]
        if not below:
            break
        column.append(min(below, key=lambda glyph: glyph.middle))
    return column


def _rows(glyphs: list[Glyph]) -> dict[int, list[Glyph]]:
    rows: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        rows[int(glyph.middle / ROW)].append(glyph)
    return rows


def _is_of_a_line(glyph: Glyph, rows: dict[int, list[Glyph]]) -> bool:
    """Whether a sign stands directly beside it: 合计 above 价税合计 is no word that is set vertically."""
    row, room = int(glyph.middle / ROW), TOUCHING * glyph.height
    near = (other for place in (row - 1, row, row + 1) for other in rows.get(place, ()) if other is not glyph)
    return any(
        abs(other.middle - glyph.middle) < SAME_LINE * glyph.height
        and (abs(other.left - glyph.right) < room or abs(glyph.left - other.right) < room)
        for other in near
    )


def _stands_below(glyph: Glyph, last: Glyph) -> bool:
    across = abs(glyph.centre - last.centre) < BESIDE * last.height
    return across and BELOW[0] < (glyph.middle - last.middle) / last.height < BELOW[1]


def _once(glyphs: list[Glyph]) -> list[Glyph]:
    """Without what is drawn a second time to look bold."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        twice = any(
            other.raw == glyph.raw and abs(other.left - glyph.left) < DRAWN_TWICE * glyph.height for other in kept[-3:]
        )
        if not twice:
            kept.append(glyph)
    return kept
