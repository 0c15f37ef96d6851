"""Pictures: whole, of a size that can be opened, nothing but a picture, and without where they were taken (ADR 0091)."""

import io
import struct

from PIL import Image, ImageFile

from records.scans import jpeg, png
from records.scans.polyglots import HIDDEN, hides_a_file, refuse_markup
from records.scans.refusal import Proof, Refusal

MAX_PIXELS = 110_000_000  # phones take 12,032 × 9,024; A3 at 600 dpi has 70 million
MAX_HELD = 40_000_000  # pixels of a progressive JPEG that is decoded, which holds it whole: 3 bytes each
THUMB = (512, 512)
DAMAGE = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error)
Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # Pillow's own bound warns below ours


def prove_png(data: bytes) -> Proof:
    """Refuse a PNG that is cut, hides another file, or is too large to open."""
    _prove_alone(data)
    _measure(*png.size_of(data))
    if not png.is_whole(data):
        raise _broken()
    return _kept(data, png.without_position(data))


def prove_jpeg(data: bytes) -> Proof:
    """Refuse a JPEG that is cut, hides another file, or is too large to open; what cameras append is let be."""
    _prove_alone(data)
    width, height = jpeg.size_of(data)
    _measure(width, height)
    if width * height > MAX_HELD and jpeg.is_progressive(data):
        _prove_ended(data)
    else:
        _prove_readable(data)
    return _kept(data, jpeg.without_position(data))


def _prove_alone(data: bytes) -> None:
    if hides_a_file(data):
        raise Refusal("polyglot", HIDDEN)
    refuse_markup(data)


def _prove_readable(data: bytes) -> None:
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the printing of PDFs turns it on for the whole process
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
            image.draft(None, THUMB)  # read whole but opened small
            image.load()
    except DAMAGE as damage:
        raise _broken() from damage


def _prove_ended(data: bytes) -> None:
    """Judge by its segments a picture that would take a reader's memory: it ends where it says."""
    if [segment.marker for segment in jpeg.segments(data)][-1:] != [jpeg.END]:
        raise _broken()


def _measure(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        limit = MAX_PIXELS // 10_000
        way = "请降低分辨率（扫描 300 dpi 即可）后上传。"
        raise Refusal("bomb", f"有 {width} × {height} 像素，超过 {limit} 万，打不开，无法核对，{way}")


def _kept(data: bytes, plain: bytes) -> Proof:
    return Proof(kept=plain if plain != data else None)


def _broken() -> Refusal:
    return Refusal("broken", "不完整或已损坏，图片打不开，请重新拍照或扫描后上传。")
