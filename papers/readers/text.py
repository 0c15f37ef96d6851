"""Facts from the text of a page: what stands behind a label, or below it, and on which side (domain.md §6.3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from papers import values
from papers.facts import CAPITALS, Fact, Kind, Place, Source
from papers.labels import (
    FACTS_OF_SIDES,
    HEAD,
    LABELS_OF,
    NAMED_CONTRACT,
    OTHERS,
    SIDES,
    SIGNS_OF_KINDS,
    TRANSLATED,
    Label,
)
from papers.layout import Box, Glyph, Line, Word, lines_of, set_vertically
from papers.merging import Seen
from papers.proofs import ACCOUNTS
from papers.readers.cells import Part, box_of, broken_words, goes_on_in_figures, is_balanced, parts_of, text_of
from papers.readers.spelling import ANNOUNCED, FIRMS, FOUND_IN, ONE_OF, SEVERAL
from papers.readers.unlabelled import (
    Found,
    amount_in_words,
    certificate_of,
    lone_day,
    sums_in,
    title_of,
    types_in,
)

CELL = 0.6  # heights of free room before and behind a label that has no colon
A_BLANK = 0.1  # heights by which the room behind a label is wider than within it, where a blank is printed there
ENDS = 2.6  # heights of free room that end a value
OUTSIDE = 40  # points to the left of a label: what is announced there belongs to another side
LEVEL = 2.0  # heights by which the labels of two sides beside each other stand apart
MARKS = {":", "¥"}  # what stands behind a label
FAR = 3.5  # heights below a label in which its value stands


@dataclass(frozen=True)
class Spot:
    """A label where it stands: `line.text[start:end]`, colon and all."""

    label: Label
    line: Line
    start: int
    end: int

    @property
    def box(self) -> Box:
        """The room that it takes."""
        return self.line.box(self.start, self.end)


def read_text(pages: list[list[Glyph]]) -> Seen:
    """The facts of pages of glyphs."""
    words, lines = [], []
    for number, glyphs in enumerate(pages, 1):
        found, left = set_vertically(number, glyphs, [*SIDES, *OTHERS])
        broken, set_in_lines = broken_words(lines_of(number, left), SIDES)
        words += found + broken
        lines += set_in_lines
    kind = kind_of(lines)
    if kind == Kind.UNKNOWN:
        return Seen()
    facts: dict[str, Fact] = {}
    capitals: list[Fact] = []
    more = lone_day(lines) if kind == Kind.RECEIPT else iter(())  # behind what a label names
    for said in chain(_found(kind, lines, words), more):
        fact = Fact(said.fact, said.value, Source.TEXT, said.place, guessed=said.guessed)
        if fact.name == CAPITALS:
            capitals.append(fact)
        else:
            facts.setdefault(fact.name, fact)
    return Seen(kind, [*facts.values(), *capitals])


def kind_of(lines: list[Line]) -> Kind:
    """What the paper says that it is."""
    text = "".join(line.text for line in lines if line.page == 1)
    for kind, sign in SIGNS_OF_KINDS:
        if sign.search(text[:HEAD]):
            return kind
    return Kind.UNKNOWN


def _found(kind: Kind, lines: list[Line], words: list[Word]) -> Iterator[Found]:
    spots = [spot for line in lines for spot in spots_in(line, LABELS_OF[kind])]
    if kind in {Kind.DIGITAL, Kind.VAT}:
        yield from sums_in(lines)
        yield from types_in(lines)
    if kind == Kind.CERTIFICATE:
        yield from certificate_of(lines)
    if kind == Kind.CONTRACT and not any(spot.label.pattern == NAMED_CONTRACT for spot in spots):
        yield from title_of(lines, general=False)
    yield from _of_sides(kind, spots, lines, words)
    order = {label.pattern: rank for rank, label in enumerate(LABELS_OF[kind])}
    for spot in sorted(spots, key=lambda spot: order[spot.label.pattern]):
        if spot.label.fact in ANNOUNCED:
            yield from _value(spot.label.fact, spot, spots, lines)
    if kind == Kind.CONTRACT:
        yield from title_of(lines, general=True)
    if kind in {Kind.CONTRACT, Kind.RECEIPT}:
        yield from amount_in_words(kind, lines)
    for line in lines:
        for said in values.words_of_amounts(line.text):
            yield Found(CAPITALS, said, Place(page=line.page))


def spots_in(line: Line, labels: tuple[Label, ...]) -> list[Spot]:
    """The labels of a line, each sign belonging to the longest of them."""
    found = [
        Spot(label, line, match.start(), end + (line.text[end : end + 1] == ":"))
        for label in labels
        for match in re.finditer(label.pattern, line.text)
        if _stands_alone(line, match.start(), end := _translated(line, match.end()), marked=label.marked)
        or _is_followed(line, end, label)
    ]
    kept: list[Spot] = []
    for spot in sorted(found, key=lambda spot: (spot.start - spot.end, spot.start)):
        if all(spot.end <= other.start or spot.start >= other.end for other in kept):
            kept.append(spot)
    return sorted(kept, key=lambda spot: spot.start)


def _translated(line: Line, end: int) -> int:
    """The end of a label with what repeats it in English."""
    match = TRANSLATED.match(line.text, end)
    return match.end() if match else end


def _stands_alone(line: Line, start: int, end: int, *, marked: bool) -> bool:
    """Whether a label announces something: a colon behind it, or free room on both sides."""
    if line.text[end : end + 1] in MARKS:
        return True
    if marked or not (start == 0 or line.gap(start) > CELL):
        return False
    widest = max((line.gap(place) for place in range(start + 1, min(end, len(line.glyphs)))), default=0.0)
    return end >= len(line.glyphs) or line.gap(end) > min(CELL, max(widest, 0.0) + A_BLANK)


def _is_followed(line: Line, end: int, label: Label) -> bool:
    """Whether what the label announces begins at once: figures or letters, where they are what it announces."""
    sign = line.text[end : end + 1]
    return not label.marked and label.fact in {*FOUND_IN, *SEVERAL} and sign.isascii() and sign.isalnum()


def _value(fact: str, spot: Spot, spots: list[Spot], lines: list[Line]) -> Iterator[Found]:
    """What the label announces: behind it, else below it."""
    line, start = spot.line, spot.end
    end = min((other.start for other in spots if other.line is line and other.start >= start), default=len(line.glyphs))
    for place in range(start + 1, end):
        if line.gap(place) > ENDS:
            end = place
            break
    if start < end:
        yield from _taken(fact, (line, start, end), spot, spots, lines)
    else:
        yield from _below(fact, spot, spots, lines)


def _below(fact: str, spot: Spot, spots: list[Spot], lines: list[Line]) -> Iterator[Found]:
    """What stands in the cell under the label."""
    left, _, right, bottom = spot.box
    height = bottom - spot.box[1]
    for line in lines:
        if line.page != spot.line.page or not 0 < line.glyphs[0].middle - bottom < FAR * height:
            continue
        inside = [place for place, glyph in enumerate(line.glyphs) if left - height < glyph.centre < right + height]
        if not inside:
            continue
        start, end = inside[0], inside[-1] + 1
        while start and line.gap(start) < CELL:
            start -= 1
        while end < len(line.glyphs) and line.gap(end) < CELL:
            end += 1
        if not any(other.line is line and other.start < end and start < other.end for other in spots):
            yield from _taken(fact, (line, start, end), spot, spots, lines)
        return


def _taken(fact: str, part: Part, spot: Spot, spots: list[Spot], lines: list[Line]) -> Iterator[Found]:
    """The fact in a part of a line, or those that one label announces together; a name goes on in the lines below."""
    if fact not in FOUND_IN and fact not in SEVERAL:
        yield from _named(fact, part, spot, spots, lines)
    for name in SEVERAL.get(fact, (fact,)):
        for found in _one_taken(name, *part) if name in FOUND_IN else ():
            cut = (
                name in ACCOUNTS and found.place.box is not None and goes_on_in_figures(part[0], found.place.box, lines)
            )
            yield found._replace(guessed=cut)


def _named(fact: str, part: Part, spot: Spot, spots: list[Spot], lines: list[Line]) -> Iterator[Found]:
    """A name, whole: one that ends within brackets is none."""

    def is_free(line: Line, end: int) -> bool:
        return not any(
            other.line is line and other.start < end and line.glyphs[other.start].left > spot.box[0] - OUTSIDE
            for other in spots
        )

    parts = parts_of(part, spot.box, lines, is_free, firm=fact in FIRMS)
    value = values.name("".join(line.raw(start, end) for line, start, end in parts))
    if value and (fact not in FIRMS or is_balanced(text_of(parts))):
        yield Found(fact, value, Place(page=part[0].page, box=box_of(parts)))


def _one_taken(fact: str, line: Line, start: int, end: int) -> Iterator[Found]:
    pattern, spelled = FOUND_IN[fact]
    if match := re.compile(pattern).search(line.text.upper(), start, end):
        start, end = match.span()
        while end > start + 1 and line.text[end - 1] in ")]〕》" and not is_balanced(line.text[start:end]):
            end -= 1  # the label stands within the brackets, too
        value = spelled(line.raw(start, end) if spelled is values.name else line.text[start:end])
        if value:
            yield Found(ONE_OF.get(fact, fact), value, Place(page=line.page, box=line.box(start, end)))


def _of_sides(kind: Kind, spots: list[Spot], lines: list[Line], words: list[Word]) -> Iterator[Found]:
    """Facts whose label does not say whose they are."""
    marks = [*words, *_headings(lines)]
    for label, names in FACTS_OF_SIDES.get(kind, {}).items():
        same = [spot for spot in spots if spot.label.fact == label]
        sides = [side_of(spot, marks) for spot in same]
        told = sorted(side for side in sides if side is not None) == [0, 1] == sorted(range(len(same)))
        if len(same) == len(names):
            sides = _told_apart(same, sides)
        for side, spot in zip(sides, same, strict=True):
            for found in _value(names[side], spot, spots, lines) if side is not None else ():
                yield found._replace(guessed=found.guessed or not told)


def _told_apart(same: list[Spot], sides: list[int | None]) -> list[int | None]:
    """The sides of two labels: what marks say of one says it of the other, else the left one, or the upper one, is the first."""
    known = [side for side in sides if side is not None]
    if set(known) == {0, 1}:
        return sides
    if len(known) == 1:
        return [1 - known[0] if side is None else side for side in sides]
    (left, top, right, bottom), (left_too, top_too, right_too, _) = same[0].box, same[1].box
    beside = abs(top - top_too) < LEVEL * (bottom - top) and (right < left_too or right_too < left)
    return [1, 0] if beside and left_too < left else [0, 1]


def _headings(lines: list[Line]) -> Iterator[Word]:
    """The names of sides that are set as a heading or as a cell."""
    for line in lines:
        for word in SIDES:
            place = line.text.find(word)
            while place >= 0:
                end = place + len(word)
                if _stands_alone(line, place, end, marked=False):
                    yield Word(word, line.page, line.box(place, end))
                place = line.text.find(word, end)


def side_of(spot: Spot, marks: list[Word]) -> int | None:
    """On which side the label stands: that of the nearest mark to its left, else of the nearest above it."""
    left, top, _, bottom = spot.box
    height, middle = bottom - top, (top + bottom) / 2
    here = [mark for mark in marks if mark.page == spot.line.page and mark.text in SIDES]
    beside = [mark for mark in here if mark.box[2] <= left + height and _reaches(mark, middle, height)]
    above = [mark for mark in here if mark.box[3] <= top + height and mark.box[0] <= left + height]
    if beside:
        return SIDES[
            max(beside, key=lambda mark: mark.box[2] - abs((mark.box[1] + mark.box[3]) / 2 - middle) / 100).text
        ]
    if above:
        return SIDES[max(above, key=lambda mark: (round(mark.box[3] / height), mark.box[0])).text]
    return None


def _reaches(mark: Word, middle: float, height: float) -> bool:
    """Whether a mark stands beside what is at this height: one that is set downwards names several lines."""
    left, top, right, bottom = mark.box
    room = 2 * height if bottom - top > right - left else 0.0
    return top - room < middle < bottom + room
