"""Make the fonts of the printed papers: subsets as TrueType, under family names of our own.

Run once, when the set of characters or a source changes; the results are kept in ``ui/fonts``::

    apt-get install fonts-noto-cjk unicode-data
    apt-get download texlive-lang-chinese       # unpack FandolFang-Regular.otf from it
    apt-get download fonts-hanazono fonts-babelstone-han  # unpack HanaMinB.ttf and BabelStoneHan.ttf
    python -m tten.local.make_fonts --fandol FandolFang-Regular.otf --hanazono HanaMinB.ttf --babelstone BabelStoneHan.ttf

The characters are 通用规范汉字表 (the 8105 characters that Unihan marks kTGH), GB 2312 with its symbols, and the
Latin, punctuation and form marks below. What GBK has beyond that (traditional forms in old firms' names) goes
into a file of its own, which costs nothing until such a character turns up. So do the three faces of rare names: what
Noto has beyond GBK, what GB 18030-2022 asks for beyond that (HanaMin), and what is left of newer extensions (BabelStone).
"""

import argparse
import bz2
from collections.abc import Iterable, Iterator
from math import hypot
from pathlib import Path
from typing import Any

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates, table__g_l_y_f

from ui.han import IDEOGRAPHS, RADICALS, Ranges

TARGET = Path(__file__).resolve().parents[2] / "ui" / "fonts"
NOTO = Path("/usr/share/fonts/opentype/noto")
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
SIMPLIFIED_FACE = "CJK SC"

ASCII = {chr(code) for code in range(0x20, 0x7F)}
SIGNS = Ranges((0xA0, 0x52F), (0x1E00, 0x2BFF), (0x3000, 0x33FF), (0xFE30, 0xFE6F), (0x1F100, 0x1F1FF))  # Latin to CO₂
MARKS = set("¥￥£€§©°±²³µ·×÷–—‘’“”…‰′″※→←↑↓√∞≈≠≤≥①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳□■○●◎△▲☆★㎡㎜㎝㎞㎏℃〇〔〕【】《》〈〉「」『』")
FULL_WIDTH = {chr(code) for code in range(0xFF01, 0xFF5F)} | {"\u3000", "￥"}
# Beyond the two tables: characters of living people's and firms' names that reviewers met on paper.
NAMES = set("㛃𬭚䶮喆堃淼犇昇祎頔翀")

MAXP_FIELDS = (
    *("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements"),
    *("maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours", "maxCompositePoints"),
    *("maxCompositeContours", "maxComponentDepth"),
)
WINDOWS_ENGLISH = 0x409
FRAME = (  # per mille of the em; the second ring is cut out of the first
    ((110, -30), (110, 750), (890, 750), (890, -30)),
    ((155, 15), (845, 15), (845, 705), (155, 705)),
)
TICK = ((210, 350), (275, 405), (430, 235), (745, 640), (800, 595), (435, 105))
Point = tuple[float, float]
ASKED = (IDEOGRAPHS, RADICALS, SIGNS)
COARSE = 256  # units of the em where each of 58,000 characters counts; one is 0.014 mm in print
STRAIGHT = 5.0  # units of 1024: what a point of HanaMin's polygons may lie beside the line without it; halves the file
UNITS_ERROR = 1.0  # the largest distance of the quadratic from the cubic outline, in font units of a thousand


def main() -> None:
    """Write every font file; takes about three minutes on one core."""
    arguments = _arguments()
    common = common_characters(arguments.unihan)
    rest = {char for char in _coded("gbk") if char not in common}
    for name, source, weight in (("Song", "NotoSerifCJK-Regular.ttc", 400), ("Hei", "NotoSansCJK-Bold.ttc", 400)):
        make(_face(arguments.noto / source), TARGET / f"TTEN-{name}.ttf", f"TTEN {name}", common, weight)
    make(_face(arguments.noto / "NotoSerifCJK-Regular.ttc"), TARGET / "TTEN-SongRest.ttf", "TTEN Song Rest", rest)
    if arguments.fandol:
        make(TTFont(arguments.fandol), TARGET / "TTEN-Fang.ttf", "TTEN Fang", common)
    make_rare(arguments)


def make_rare(arguments: argparse.Namespace) -> None:
    """Write the faces of rare names, each with what those before it lack; half a minute."""
    far = _face(arguments.noto / "NotoSerifCJK-Regular.ttc")
    make(far, TARGET / "TTEN-SongFar.ttf", "TTEN Song Far", _lacking(far, "Song", "SongRest"))
    if arguments.hanazono:
        signs = TTFont(arguments.hanazono.with_name("HanaMinA.ttf"))
        make_coarse(signs, TARGET / "TTEN-Signs.ttf", "Signs", _lacking(signs, "Song", "SongRest", "SongFar"))
    for name, before, source in (
        ("Last", ("Song", "SongRest", "SongFar", "Signs"), arguments.hanazono),
        ("LastRest", ("Song", "SongRest", "SongFar", "Signs", "Last"), arguments.babelstone),
    ):
        if source:
            font = TTFont(source)
            make_coarse(font, TARGET / f"TTEN-{name}.ttf", name.replace("R", " R"), _lacking(font, *before))


def _lacking(font: TTFont, *faces: str) -> set[str]:
    """The Chinese characters, and the signs of technical texts, that the font has and these faces of ours lack."""
    there = set[int]().union(*(TTFont(TARGET / f"TTEN-{face}.ttf", lazy=True).getBestCmap() for face in faces))
    found = {chr(code) for code in set(font.getBestCmap()) - there if any(code in asked for asked in ASKED)}
    return found | {" "}  # Pango takes the space after a rare name from its face


def make_coarse(font: TTFont, target: Path, family: str, characters: set[str]) -> None:
    """Reduce a TrueType font to some characters on a coarse em square, rename it and save it."""
    _reduce(font, characters)
    for glyph in font["glyf"].glyphs.values():
        _straighten(font["glyf"], glyph)
    for table in {"fpgm", "prep", "cvt ", "gasp", "FFTM", "GDEF", "GPOS", "GSUB", "meta", "BASE"} & set(font.keys()):
        del font[table]
    scale_upem(font, COARSE)
    font["post"].formatType = 3.0
    _rename(font, f"TTEN {family}", 400)
    font.recalcTimestamp = False
    target.unlink(missing_ok=True)
    font.save(target)


def _straighten(table: table__g_l_y_f, glyph: Glyph) -> None:
    """Leave out the points of polygons that lie on a line as good as straight (Douglas and Peucker); curves stay."""
    glyph.expand(table)
    if glyph.numberOfContours <= 0 or not all(flag & 1 for flag in glyph.flags):
        return
    start, kept, ends = 0, [], []
    for end in glyph.endPtsOfContours:
        ring = list(glyph.coordinates[start : end + 1])
        far = max(range(len(ring)), key=lambda place: _apart(ring[0], ring[0], ring[place]))
        kept += [*_needed(ring[: far + 1])[:-1], *_needed([*ring[far:], ring[0]])[:-1]]
        ends.append(len(kept) - 1)
        start = end + 1
    glyph.coordinates, glyph.endPtsOfContours = GlyphCoordinates(kept), ends
    glyph.flags = bytearray([1] * len(kept))


def _needed(line: list[Point]) -> list[Point]:
    between = range(1, len(line) - 1)
    if not between:
        return line
    place = max(between, key=lambda at: _apart(line[0], line[-1], line[at]))
    if _apart(line[0], line[-1], line[place]) <= STRAIGHT:
        return [line[0], line[-1]]
    return _needed(line[: place + 1])[:-1] + _needed(line[place:])


def _apart(one: Point, other: Point, point: Point) -> float:
    """How far a point lies from a line."""
    (x, y), (dx, dy) = (point[0] - one[0], point[1] - one[1]), (other[0] - one[0], other[1] - one[1])
    length = hypot(dx, dy)
    return abs(x * dy - y * dx) / length if length else hypot(x, y)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--noto", type=Path, default=NOTO, help="folder with NotoSerifCJK and NotoSansCJK")
    parser.add_argument("--unihan", type=Path, default=UNIHAN, help="Unihan_OtherMappings.txt.bz2")
    parser.add_argument("--fandol", type=Path, help="FandolFang-Regular.otf; left out, TTEN Fang stays as it is")
    parser.add_argument("--hanazono", type=Path, help="HanaMinB.ttf; left out, TTEN Last stays as it is")
    parser.add_argument("--babelstone", type=Path, help="BabelStoneHan.ttf; left out, TTEN Last Rest stays as it is")
    return parser.parse_args()


def common_characters(unihan: Path) -> set[str]:
    """Return what every paper may need: 8105 standard characters, GB 2312, Latin, marks and known names."""
    return standard_characters(unihan) | _coded("gb2312") | ASCII | MARKS | FULL_WIDTH | NAMES


def standard_characters(unihan: Path) -> set[str]:
    """Return 通用规范汉字表 as the Unihan property kTGH tells it."""
    lines = bz2.decompress(unihan.read_bytes()).decode().splitlines()
    rows = (line.split("\t") for line in lines if "\tkTGH\t" in line and not line.startswith("#"))
    return {chr(int(code.removeprefix("U+"), 16)) for code, _, _ in rows}


def _coded(codec: str) -> set[str]:
    """Return every character that two bytes of a Chinese codec stand for."""
    return set(_decoded(codec))


def _decoded(codec: str) -> Iterator[str]:
    for high in range(0x81, 0xFF):
        for low in range(0x40, 0xFF):
            try:
                yield bytes([high, low]).decode(codec)
            except UnicodeDecodeError:
                continue


def _face(collection: Path) -> TTFont:
    """Return the simplified Chinese face of a Noto collection."""
    faces = TTCollection(collection).fonts
    return next(face for face in faces if SIMPLIFIED_FACE in face["name"].getDebugName(1))


def make(font: TTFont, target: Path, family: str, characters: set[str], weight: int = 400) -> None:
    """Reduce a font to some characters, turn its outlines into TrueType, rename it and save it."""
    _reduce(font, characters)
    _to_truetype(font)
    if characters >= MARKS:
        _draw_ticks(font)
    _rename(font, family, weight)
    font.recalcTimestamp = False
    target.unlink(missing_ok=True)  # fontconfig looks anew when the folder changes, not when a file in it does
    font.save(target)


def _reduce(font: TTFont, characters: set[str]) -> None:
    options = Options(hinting=False, desubroutinize=True, notdef_outline=True, layout_features=[], name_IDs=["*"])
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(char) for char in characters if len(char) == 1])
    subsetter.subset(font)


def _to_truetype(font: TTFont) -> None:
    """Replace the cubic CFF outlines by quadratic glyf ones: the PDF's fonts are then cut twice as fast."""
    order, glyph_set = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = {name: _quadratic(glyph_set, name, font["head"].unitsPerEm) for name in order}
    del font["CFF "]
    font["loca"] = newTable("loca")
    table = font["glyf"] = newTable("glyf")
    table.glyphOrder, table.glyphs = order, glyphs
    _update_metrics(font, table)
    font["maxp"].tableVersion = 0x00010000
    font["maxp"].__dict__.update(dict.fromkeys(MAXP_FIELDS, 0) | {"maxZones": 1})
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"


def _quadratic(glyph_set: Any, name: str, units: int) -> Any:  # fontTools has no types
    pen = TTGlyphPen(glyph_set)
    glyph_set[name].draw(Cu2QuPen(pen, UNITS_ERROR * units / 1000, reverse_direction=True))
    return pen.glyph()


def _update_metrics(font: TTFont, table: Any) -> None:
    """Set each left side bearing to its outline's real left edge."""
    for name, glyph in table.glyphs.items():
        glyph.recalcBounds(table)
        width, _ = font["hmtx"].metrics[name]
        font["hmtx"].metrics[name] = (width, getattr(glyph, "xMin", 0))


def _draw_ticks(font: TTFont) -> None:
    """Add ☐ ☑ ✓, which the sources lack: a frame and a stroke of our own, on the em square."""
    em = font["head"].unitsPerEm
    for char, outlines in {"☐": FRAME, "☑": (*FRAME, TICK), "✓": (TICK,)}.items():
        name = f"uni{ord(char):04X}"
        font["glyf"][name] = _polygons(outlines, em / 1000)
        font["hmtx"].metrics[name] = (em, font["glyf"][name].xMin)
        for table in font["cmap"].tables:
            table.cmap[ord(char)] = name


def _polygons(outlines: Iterable[Iterable[tuple[int, int]]], scale: float) -> Any:
    pen = TTGlyphPen(None)
    for outline in outlines:
        for index, (x, y) in enumerate(outline):
            (pen.lineTo if index else pen.moveTo)((round(x * scale), round(y * scale)))
        pen.closePath()
    glyph = pen.glyph()
    glyph.recalcBounds(None)
    return glyph


def _rename(font: TTFont, family: str, weight: int) -> None:
    """Give the family a name of our own (the sources' names are reserved) and keep the copyright lines."""
    table = font["name"]
    table.names = [
        record for record in table.names if record.nameID in {0, 13, 14} and record.langID == WINDOWS_ENGLISH
    ]
    postscript = family.replace(" ", "")
    for name_id, text in (
        (1, family),
        (2, "Regular"),
        (3, postscript),
        (4, family),
        (5, "Version 1.0"),
        (6, postscript),
    ):
        table.setName(text, name_id, 3, 1, WINDOWS_ENGLISH)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = 0x40
    font["head"].macStyle = 0


if __name__ == "__main__":
    main()
