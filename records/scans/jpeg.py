"""The segments of a JPEG, and of every further one behind it, as phones write them (MPO, motion photo)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from records.scans.positions import without_position_in_tiff, without_position_in_trailer, without_position_in_xmp

START = b"\xff\xd8\xff"
MARKER = re.compile(rb"\xff+([\x01-\xfe])")
IN_SCAN = re.compile(rb"\xff+[\x01-\xcf\xd8-\xfe]")  # neither a stuffed byte nor a restart
ALONE = frozenset((0x01, *range(0xD0, 0xD9)))  # markers without a segment
END, SCAN, APP1 = 0xD9, 0xDA, 0xE1
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
EXIF = b"Exif\0\0"
XMP = (b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0")


class Segment(NamedTuple):
    """A segment: its marker, and where its content begins and ends."""

    marker: int
    start: int
    end: int


def segments(data: bytes, place: int = 0) -> Iterator[Segment]:
    """The segments of the picture that begins at this place; the last is END, unless the picture is cut."""
    place += 2
    while match := MARKER.search(data, place):
        marker, place = match[1][0], match.end()
        if marker == END:
            yield Segment(marker, place, place)
            return
        if marker in ALONE:
            continue
        end = place + int.from_bytes(data[place : place + 2], "big")
        yield Segment(marker, place + 2, end)
        scanned = IN_SCAN.search(data, end) if marker == SCAN else None
        place = scanned.start() if scanned else end


def size_of(data: bytes) -> tuple[int, int]:
    """(width, height) in pixels, as the first frame says; zeros where there is none."""
    for segment in segments(data):
        if segment.marker in FRAMES:
            head = data[segment.start : segment.end]
            return int.from_bytes(head[3:5], "big"), int.from_bytes(head[1:3], "big")
    return 0, 0


def is_progressive(data: bytes) -> bool:
    """Whether a reader must hold the whole picture before it shows any of it."""
    return any(segment.marker in FRAMES - {0xC0, 0xC1} for segment in segments(data))


def without_position(data: bytes) -> bytes:
    """The same picture, every byte in its place, without where it was taken."""
    edited = bytearray(data)
    place, end = 0, len(data)
    while place >= 0:
        for segment in segments(data, place):
            if segment.marker == APP1:
                edited[segment.start : segment.end] = _blanked(data[segment.start : segment.end])
            end = segment.end
        place = data.find(START, max(end, place + 3))
        edited[end : max(place, 0) or None] = without_position_in_trailer(data[end : max(place, 0) or None])
    return bytes(edited)


def _blanked(content: bytes) -> bytes:
    if content.startswith(EXIF):
        return EXIF + without_position_in_tiff(content[len(EXIF) :])
    return without_position_in_xmp(content) if content.startswith(XMP) else content
