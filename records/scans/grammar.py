"""The objects of a PDF as pdfium spells them: every object plain, in an ordinary table, names and strings in one notation.

What is only text (a title, the address of a link) is read as text, so that no word in it counts as an action.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

TOKEN = re.compile(
    rb"\s*+(?:(?P<text>\((?:[^()\\]++|\\.)*+\)|<[0-9A-Fa-f\s]*+>)|(?P<mark><<|>>|[\[\]])"
    rb"|(?P<name>/[^\s()<>\[\]{}/%]*+)|(?P<word>[^\s()<>\[\]{}/%]++))",
    re.DOTALL,
)
ROW = re.compile(rb"(\d{10}) \d{5} n")
SECTION = re.compile(rb"(\d+) (\d+)[ \r]*\n")
OBJECT = re.compile(rb"\d+ \d+ obj")
NUMBER = re.compile(rb"[0-9]+")
ENDS = (b"endobj", b"stream")


class Name(bytes):
    """/Name, without its stroke."""

    __slots__ = ()


class Text(bytes):
    """(text) or <hexadecimal>, as it is written."""

    __slots__ = ()


class Reference(NamedTuple):
    """Another object, by its number."""

    number: int


class Found(NamedTuple):
    """One object: its value, and where the data of its stream begin (0: it is none)."""

    value: object
    data: int


Dictionary = dict[bytes, object]


class Spelled:
    """A whole document, as pdfium has written it out."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.places = dict(_table(text))
        self.starts = sorted(self.places.values())

    def holding(self, sign: re.Pattern[bytes]) -> Iterator[Found]:
        """The objects in whose text the sign occurs, be it a name, a word of a text or chance."""
        places = {bisect_right(self.starts, match.start()) for match in sign.finditer(self.text)}
        return (self._read(self.starts[place - 1]) for place in sorted(places) if place)

    def follow(self, value: object) -> object:
        """The value itself, or of the object that it refers to."""
        return self.look_up(value).value if isinstance(value, Reference) else value

    def look_up(self, reference: Reference) -> Found:
        """The object; nothing where the document has none of this number."""
        place = self.places.get(reference.number)
        return Found(None, 0) if place is None else self._read(place)

    def _read(self, place: int) -> Found:
        head = OBJECT.match(self.text, place)
        return read(self.text, head.end()) if head else Found(None, 0)


def read(text: bytes, place: int) -> Found:
    """The first value from here, up to the end of its object."""
    open_lists: list[list[object]] = [[]]
    while token := TOKEN.match(text, place):
        place = token.end()
        if token["word"] in ENDS:
            break
        _take(token, open_lists)
    first = next(iter(open_lists[0]), None)
    return Found(first, _start_of_data(text, place) if text[:place].endswith(b"stream") else 0)


def dictionaries(value: object) -> Iterator[Dictionary]:
    """Every dictionary in the value, the value itself among them."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _take(token: re.Match[bytes], open_lists: list[list[object]]) -> None:
    top = open_lists[-1]
    if token["text"] is not None:
        top.append(Text(token["text"]))
    elif token["name"] is not None:
        top.append(Name(token["name"][1:]))
    elif token["word"] == b"R" and len(top) > 1:
        number = top[-2]
        top[-2:] = [Reference(int(number))] if isinstance(number, bytes) and NUMBER.fullmatch(number) else []
    elif token["word"] is not None:
        top.append(token["word"])
    elif token["mark"] in {b"<<", b"["}:
        open_lists.append([])
    elif len(open_lists) > 1:
        closed = open_lists.pop()
        open_lists[-1].append(_paired(closed) if token["mark"] == b">>" else closed)


def _paired(values: list[object]) -> Dictionary:
    return {key: value for key, value in zip(values[::2], values[1::2], strict=False) if isinstance(key, Name)}


def _start_of_data(text: bytes, place: int) -> int:
    return place + (2 if text.startswith(b"\r\n", place) else 1)


def _table(text: bytes) -> Iterator[tuple[int, int]]:
    """(number, place) of each object, from the table at the end."""
    place = int(text[text.rindex(b"startxref") + len(b"startxref") :].split()[0]) + len(b"xref\r\n")
    while section := SECTION.match(text, place):
        first, count, place = int(section[1]), int(section[2]), section.end()
        for number in range(first, first + count):
            if row := ROW.match(text, place):
                yield number, int(row[1])
            place = text.index(b"\n", place) + 1
