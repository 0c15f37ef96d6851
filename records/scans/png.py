"""The chunks of a PNG: whole without holding its pixels, and without where it was taken."""

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from records.scans.positions import without_position_in_tiff, without_position_in_trailer, without_position_in_xmp

SIGNATURE = b"\x89PNG\r\n\x1a\n"
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # colour type → samples of a pixel
DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))  # Adam7
PIECE = 1024 * 1024  # bytes unpacked at a time
HEAD = 13  # bytes of IHDR
XMP = b"XML:com.adobe.xmp\0"
PROFILE = re.compile(rb"Raw profile type (?:exif|APP1|xmp)\0", re.IGNORECASE)
HEXADECIMAL = re.compile(rb"\s*\w+\s+\d+\s+([0-9a-fA-F\s]+)")
EXIF = b"Exif\0\0"
MAX_TEXT = 8 * 1024 * 1024  # bytes of a packed text


class Chunk(NamedTuple):
    """A chunk: its four letters, its content, whether its checksum holds, where it begins and ends."""

    letters: bytes
    content: bytes
    is_sound: bool
    start: int
    end: int


def chunks(data: bytes) -> Iterator[Chunk]:
    """The chunks up to IEND, or to where the file is cut."""
    place = len(SIGNATURE)
    while place + 12 <= len(data):
        end = place + 12 + int.from_bytes(data[place : place + 4], "big")
        letters, content = data[place + 4 : place + 8], data[place + 8 : end - 4]
        if end > len(data):
            return
        sound = zlib.crc32(content, zlib.crc32(letters)) == int.from_bytes(data[end - 4 : end], "big")
        yield Chunk(letters, content, sound, place, end)
        place = end
        if letters == b"IEND":
            return


def size_of(data: bytes) -> tuple[int, int]:
    """(width, height) in pixels, as the head says."""
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def is_whole(data: bytes) -> bool:
    """Whether every row is there; unpacked piece by piece, so that a large picture takes no memory."""
    found = list(chunks(data))
    critical = [chunk for chunk in found if not chunk.letters[0] & 32]
    if not critical or not all(chunk.is_sound for chunk in critical) or critical[-1].letters != b"IEND":
        return False
    head = critical[0].content
    if critical[0].letters != b"IHDR" or len(head) != HEAD or head[8] not in DEPTHS.get(head[9], ()):
        return False
    return _unpacks_to([chunk.content for chunk in critical if chunk.letters == b"IDAT"], _length(data, head))


def without_position(data: bytes) -> bytes:
    """The same picture without where it was taken; its data stay as they are."""
    kept, end = [data[: len(SIGNATURE)]], len(SIGNATURE)
    for chunk in chunks(data):
        content = _blanked(chunk)
        if content == chunk.content:
            kept.append(data[chunk.start : chunk.end])
        elif content is not None:
            checksum = zlib.crc32(content, zlib.crc32(chunk.letters)).to_bytes(4, "big")
            kept.append(len(content).to_bytes(4, "big") + chunk.letters + content + checksum)
        end = chunk.end
    return b"".join((*kept, without_position_in_trailer(data[end:])))


def _length(data: bytes, head: bytes) -> int:
    """How many bytes all rows have, each with the byte that says how it is filtered."""
    width, height = size_of(data)
    bits = SAMPLES[head[9]] * head[8]
    parts = (
        [(-(-(width - x) // across), -(-(height - y) // down)) for x, y, across, down in PASSES]
        if head[12]
        else [(width, height)]
    )
    return sum(rows * (1 + -(-columns * bits // 8)) for columns, rows in parts if columns > 0 and rows > 0)


def _unpacks_to(pieces: list[bytes], length: int) -> bool:
    unpacking = zlib.decompressobj()
    for piece in pieces:
        waiting = piece
        while waiting and length > 0:
            try:
                length -= len(unpacking.decompress(waiting, PIECE))
            except zlib.error:
                return False
            waiting = unpacking.unconsumed_tail
    return length <= 0


def _blanked(chunk: Chunk) -> bytes | None:
    """The content of a chunk without positions; None for one that goes as a whole."""
    if chunk.letters == b"eXIf":
        return without_position_in_tiff(chunk.content)
    if chunk.letters == b"iTXt" and chunk.content.startswith(XMP):
        return _blanked_xmp(chunk.content)
    if chunk.letters in {b"tEXt", b"zTXt"} and (profile := PROFILE.match(chunk.content)):
        return None if _tells_position(chunk, profile.end()) else chunk.content
    return chunk.content


def _blanked_xmp(content: bytes) -> bytes | None:
    head = content[: content.find(b"\0", content.find(b"\0", len(XMP) + 2) + 1) + 1]
    text = content[len(head) :]
    if not content[len(XMP)]:
        return head + without_position_in_xmp(text)
    plain = _unpacked(text)
    blanked = None if plain is None else without_position_in_xmp(plain)
    if blanked is None:
        return None
    return content if blanked == plain else head + zlib.compress(blanked)


def _tells_position(chunk: Chunk, place: int) -> bool:
    """Whether data that were written into a text in hexadecimal figures hold positions, or cannot be read."""
    text = chunk.content[place:] if chunk.letters == b"tEXt" else _unpacked(chunk.content[place + 1 :])
    figures = HEXADECIMAL.match(text or b"")
    if not figures:
        return True
    raw = bytes.fromhex(figures[1].decode()[: len(figures[1]) // 2 * 2]).removeprefix(EXIF)
    return without_position_in_xmp(without_position_in_tiff(raw)) != raw


def _unpacked(packed: bytes) -> bytes | None:
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(packed, MAX_TEXT)
    except zlib.error:
        return None
    return None if unpacking.unconsumed_tail else text
