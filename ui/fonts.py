"""The printed papers' own fonts: what stands in ``ui/fonts`` and nothing of the machine's."""

import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from xml.sax.saxutils import escape

from django.conf import settings

from ui.names import SELECTORS, code_of

FOLDER = Path(__file__).resolve().parent / "fonts"
FACES = ("Song", "SongRest", "SongFar", "Signs", "Last", "LastRest", "Hei", "Fang")
BEHIND = (
    "TTEN Song Rest",
    "TTEN Song Far",
    "TTEN Signs",
    "TTEN Last",
    "TTEN Last Rest",
)  # in this order, wherever Song is
UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}  # categories that need no glyph
VARIABLE = "FONTCONFIG_FILE"
CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<alias binding="same"><family>TTEN Song</family><accept>{behind}</accept></alias>
</fontconfig>
"""
CODES = 0x110000 // 8
_known: set[str] = set()  # signs that were looked up and have a glyph, or need none


def configuration_file() -> Path:
    """Write fontconfig's file for our folder, if it is not there yet, and return its absolute path."""
    folder = Path(settings.BASE_DIR) / "var" / "fontconfig"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "fonts.conf"
    behind = "".join(f"<family>{family}</family>" for family in BEHIND)
    text = CONFIGURATION.format(fonts=escape(str(FOLDER)), cache=escape(str(folder / "cache")), behind=behind)
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        draft = folder / f"fonts.conf.{os.getpid()}"
        draft.write_text(text, encoding="utf-8")
        draft.replace(target)  # two workers that start at once each see a whole file
    return target


@contextmanager
def own_fonts() -> Iterator[None]:
    """Let fontconfig, when it is first asked, see our folder alone; children started later see the machine's again."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = str(configuration_file())
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before


def without_glyph(text: str) -> list[str]:
    """The signs of the text that no face has, each once, in their order; asked of the faces' own tables (cmap).

    None where a face itself is missing: nobody can tell, nothing is printed then, and no page and no form is to fail by it.
    """
    if text.isascii() or not (new := set(text) - _known) or not are_whole():
        return []
    missing = {sign for sign in new if unicodedata.category(sign) not in UNSEEN and not _has_glyph(ord(sign))}
    _known.update(new - missing)
    return [sign for sign in dict.fromkeys(text) if sign in missing]


def are_whole() -> bool:
    """Whether every face is there, or was read before it went."""
    return bool(_glyphs.cache_info().currsize) or all((FOLDER / f"TTEN-{face}.ttf").exists() for face in FACES)


def with_boxes(text: str) -> str:
    """The text with a ruled box and its code in place of each sign that no face has, so that nothing is left out in silence."""
    return text.translate({ord(sign): f"□〔{code_of(sign)}〕" for sign in without_glyph(text)})


def _has_glyph(code: int) -> bool:
    return code in SELECTORS or bool(_glyphs()[code // 8] >> code % 8 & 1)


@cache
def _glyphs() -> bytes:
    """A bit for each code point that some face has; read once in a process, in a fifth of a second."""
    reader = import_module("fontTools.ttLib")
    bits = bytearray(CODES)
    for face in FACES:
        with reader.TTFont(FOLDER / f"TTEN-{face}.ttf", lazy=True) as font:
            for code in font.getBestCmap():
                bits[code // 8] |= 1 << code % 8
    return bytes(bits)
