"""Where a picture was taken is nobody's business here: the marks are blanked in their places, no picture is encoded anew.

Nothing moves: whatever counts bytes in the file (the index of an MPO, of a motion photo) stays true.
"""

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

PLACE = rb"[\w.-]+:(?:gps\w*|\w*(?:lat|alt|long|longt)itude\w*)"
ATTRIBUTE = re.compile(rb"(?<=\s)(" + PLACE + rb"\s*=\s*)(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
ELEMENT = re.compile(rb"(<(" + PLACE + rb")(?:\s[^>]*)?>)(.*?)(</\2\s*>)", re.IGNORECASE | re.DOTALL)
ATOM = re.compile(rb"\xa9xyz|loci")  # of an MP4: where the moving half of a motion photo was taken
MAX_ATOM = 1024  # bytes
GPS = 0x8825  # the tag that leads to the positions
WIDTHS = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}  # type → bytes of one value
HEAD, ENTRY = 8, 12  # bytes
IN_LINE = 4  # bytes of a value that stands in its entry itself
MAX_ENTRIES = 1_000
ORDERS = {b"II*\0": "<", b"MM\0*": ">"}


class Entry(NamedTuple):
    """One line of a directory of TIFF, and where it stands."""

    place: int
    tag: int
    width: int
    value: int


def without_position_in_xmp(xmp: bytes) -> bytes:
    """The description with the positions blanked, as long as before."""
    xmp = ATTRIBUTE.sub(lambda m: m[1] + m[2][:1] + b" " * (len(m[2]) - 2) + m[2][-1:], xmp)
    return ELEMENT.sub(lambda m: m[1] + b" " * len(m[3]) + m[4], xmp)


def without_position_in_tiff(tiff: bytes) -> bytes:
    """The Exif data without its directory of positions, as long as before."""
    order = ORDERS.get(tiff[:4])
    if order is None or len(tiff) < HEAD:
        return tiff
    edited = bytearray(tiff)
    (place,) = struct.unpack_from(order + "I", tiff, 4)
    for entry in list(_entries(edited, place, order)):
        if entry.tag == GPS:
            _blank_directory(edited, entry.value, order)
            _take_out(edited, place, entry.place, order)
            break
    return bytes(edited)


def without_position_in_trailer(trailer: bytes) -> bytes:
    """What cameras append, with the positions of a film turned into free room."""
    edited = bytearray(trailer)
    for match in ATOM.finditer(trailer):
        start = match.start() - 4
        size = int.from_bytes(trailer[start : start + 4], "big") if start >= 0 else 0
        if ENTRY < size <= min(MAX_ATOM, len(trailer) - start):
            edited[start + 4 : start + size] = b"free" + bytes(size - 8)
    return bytes(edited)


def _entries(tiff: bytearray, place: int, order: str) -> Iterator[Entry]:
    if place + 2 > len(tiff):
        return
    (count,) = struct.unpack_from(order + "H", tiff, place)
    if count > MAX_ENTRIES or place + 2 + ENTRY * count > len(tiff):
        return
    for at in range(place + 2, place + 2 + ENTRY * count, ENTRY):
        tag, form, number, value = struct.unpack_from(order + "HHII", tiff, at)
        yield Entry(at, tag, WIDTHS.get(form, 1) * number, value)


def _blank_directory(tiff: bytearray, place: int, order: str) -> None:
    for entry in list(_entries(tiff, place, order)):
        if IN_LINE < entry.width <= len(tiff) - entry.value:
            tiff[entry.value : entry.value + entry.width] = bytes(entry.width)
        tiff[entry.place : entry.place + ENTRY] = bytes(ENTRY)
    tiff[place : place + 2] = bytes(len(tiff[place : place + 2]))


def _take_out(tiff: bytearray, directory: int, line: int, order: str) -> None:
    """Shorten a directory by one line: what follows moves up, with the pointer behind the last."""
    (count,) = struct.unpack_from(order + "H", tiff, directory)
    end = min(directory + 2 + ENTRY * count + 4, len(tiff))
    tiff[line:end] = tiff[line + ENTRY : end] + bytes(ENTRY)
    struct.pack_into(order + "H", tiff, directory, count - 1)
