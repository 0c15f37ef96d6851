"""Pictures: whole, of a size that can be opened, and nothing but a picture."""

import io
import struct
import zlib

from PIL import Image, ImageFile

from records.scans.polyglots import HIDDEN, refuse_archives, refuse_markup
from records.scans.refusal import Refusal

MAX_PIXELS = 50_000_000  # A4 at 600 dpi has 35 million
PNG_END = b"\0\0\0\0IEND\xaeB`\x82"
PADDING = b"\0\r\n \t"
THUMB = (512, 512)
DAMAGE = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error, zlib.error)
TOO_MANY = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def prove_png(data: bytes) -> None:
    """Refuse a PNG that is cut, carries something behind its end, or is too large to open."""
    end = data.rfind(PNG_END)
    if end < 0:
        raise _broken("truncated")
    if data[end + len(PNG_END) :].strip(PADDING):
        raise Refusal("polyglot", HIDDEN)
    _prove(data, "PNG")


def prove_jpeg(data: bytes) -> None:
    """Refuse a JPEG that is cut, hides another file, or is too large to open; what cameras append is let be."""
    if b"%PDF-" in data:
        raise Refusal("polyglot", HIDDEN)
    _prove(data, "JPEG")


def _prove(data: bytes, form: str) -> None:
    refuse_archives(data)
    refuse_markup(data)
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the printing of PDFs turns it on for the whole process
    try:
        with Image.open(io.BytesIO(data), formats=(form,)) as image:
            _measure(image)
            image.draft(None, THUMB)  # a JPEG is read whole but opened small
            image.load()
    except TOO_MANY as bomb:
        raise _too_large() from bomb
    except DAMAGE as damage:
        raise _broken("broken") from damage


def _measure(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise _too_large()


def _too_large() -> Refusal:
    limit = MAX_PIXELS // 10_000
    return Refusal("bomb", f"的像素超过 {limit} 万，无法打开核对，请降低扫描分辨率（300 dpi 即可）后上传。")


def _broken(code: str) -> Refusal:
    return Refusal(code, "不完整或已损坏，图片打不开，请重新拍照或扫描后上传。")
