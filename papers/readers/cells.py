"""What one cell says over several lines: a name that was broken where its cell ends, and a heading likewise (domain.md §6.3)."""

import re
from collections.abc import Callable, Iterable, Iterator
from string import digits

from papers.layout import Box, Glyph, Line, Word, around

NEXT_LINE = (0.6, 1.9)  # heights between the middles of two lines of one cell
BROKEN = 2.4  # heights below a number within which it may go on
ALIGNED = 0.6  # heights by which two lines of one cell may begin apart
OVER = 1.2  # heights by which a later line may be longer than the first
ROOM = 0.3  # heights of free room that end a line of a cell beside another
SHORTEST = 5  # signs of a name that is broken; a person's name is shorter
WHOLE = re.compile(r"(?:公司|中心|院|所|大学|校|厂|社|部|局|会|站|室|店|企业|集团|行|合伙|户)\)?$")
BRANCH = re.compile(r".{0,12}(?:分公司|分院|分所|分中心|\((?:有限|普通|特殊普通)合伙\))")
BRACKETS = {"(": ")", "[": "]", "〔": "〕", "《": "》"}
Part = tuple[Line, int, int]  # line, from, to
IsFree = Callable[[Line, int], bool]


def is_balanced(text: str) -> bool:
    """Whether every bracket that opens closes; text: folded."""
    return all(text.count(opens) == text.count(closes) for opens, closes in BRACKETS.items())


def parts_of(first: Part, label: Box, lines: list[Line], is_free: IsFree, *, firm: bool) -> list[Part]:
    """The lines of a value, from its first; of a whole one that alone.

    label: where what announces it stands. is_free: whether no label of the same side stands in a line up to a place. firm: it names a firm.
    """
    parts = [first]
    for line in lines:
        last = parts[-1]
        if line.page == first[0].page and _is_next(line, last):
            part = _below(line, first, label)
            if part is None or not is_free(line, part[2]) or not _goes_on(parts, part, label, firm=firm):
                continue
            parts.append(part)
    return parts


def _is_next(line: Line, last: Part) -> bool:
    glyph = last[0].glyphs[last[1]]
    return NEXT_LINE[0] < (line.glyphs[0].middle - glyph.middle) / glyph.height < NEXT_LINE[1]


def _below(line: Line, first: Part, label: Box) -> Part | None:
    """What stands in the line under the first one, or under its label."""
    held, start, end = first
    height = held.glyphs[start].height
    for place, glyph in enumerate(line.glyphs):
        near = min(abs(glyph.left - left) for left in (held.glyphs[start].left, label[0]))
        if near > ALIGNED * height or line.gap(place) < ROOM:
            continue
        stop = place + 1
        while stop < len(line.glyphs) and line.gap(stop) < ALIGNED:
            stop += 1
        if line.glyphs[stop - 1].right < held.glyphs[end - 1].right + OVER * height:
            return line, place, stop
    return None


def _goes_on(parts: list[Part], part: Part, label: Box, *, firm: bool) -> bool:
    """Whether what was read so far is no whole name, or the part names a branch."""
    said, more = text_of(parts), text_of([part])
    if ":" in more or not is_balanced(said):
        return ":" not in more
    if firm:
        broken = len(said) >= SHORTEST and not WHOLE.search(said)
        return broken or BRANCH.fullmatch(more) is not None
    line, start, _ = parts[0]
    return line.glyphs[start].left > label[0] + 2 * ALIGNED and abs(part[0].glyphs[part[1]].left - label[0]) > ALIGNED


def goes_on_in_figures(line: Line, box: Box, lines: list[Line]) -> bool:
    """Whether figures alone stand directly below a number: its cell may have broken it."""
    left, top, right, bottom = box
    height = max(bottom - top, 1.0)
    for other in lines:
        down = (other.glyphs[0].middle - (top + bottom) / 2) / height
        if other.page == line.page and NEXT_LINE[0] < down < BROKEN:
            near = [place for place, glyph in enumerate(other.glyphs) if left - height < glyph.centre < right + height]
            if near and all(other.text[place] in digits for place in near):
                return True
    return False


def text_of(parts: list[Part]) -> str:
    """Them as one, folded."""
    return "".join(line.text[start:end] for line, start, end in parts)


def box_of(parts: list[Part]) -> Box:
    """The room that they take."""
    return around(glyph for line, start, end in parts for glyph in line.glyphs[start:end])


def broken_words(lines: list[Line], words: Iterable[str]) -> tuple[list[Word], list[Line]]:
    """The words of the list that a narrow cell breaks into two lines, and the lines without them. Longer words go first."""
    found: list[Word] = []
    taken = set[Glyph]()
    for word in sorted(words, key=len, reverse=True):
        for head, tail in _broken(lines, word):
            if not taken.intersection((*head, *tail)):
                taken.update(head, tail)
                page = next(line.page for line in lines if head[0] in line.glyphs)
                found.append(Word(word, page, around((*head, *tail))))
    left = [[glyph for glyph in line.glyphs if glyph not in taken] if taken else line.glyphs for line in lines]
    return found, [Line(line.page, glyphs) for line, glyphs in zip(lines, left, strict=True) if glyphs]


def _broken(lines: list[Line], word: str) -> Iterator[tuple[list[Glyph], list[Glyph]]]:
    for cut in range(2, len(word)):
        for line in lines:
            for start in _places(line, word[:cut]):
                head = line.glyphs[start : start + cut]
                for other in lines:
                    if other.page != line.page or not _is_next(other, (line, start, start + cut)):
                        continue
                    for place in _places(other, word[cut:]):
                        tail = other.glyphs[place : place + len(word) - cut]
                        if _is_under(head, tail) and other.gap(place) > ROOM:
                            yield head, tail


def _places(line: Line, text: str) -> Iterator[int]:
    """Where a text stands in a line with free room behind it."""
    for match in re.finditer(text, line.text):
        if match.end() == len(line.glyphs) or line.gap(match.end()) > ROOM:
            yield match.start()


def _is_under(head: list[Glyph], tail: list[Glyph]) -> bool:
    (left, _, right, _), (left_too, _, right_too, _) = around(head), around(tail)
    off = min(abs(left - left_too), abs(left + right - left_too - right_too) / 2)
    return off < ALIGNED * head[0].height
