"""Which signs are Chinese characters, and which only look like one.

Ranges of Unicode 17, not `str.isalpha()`: Python 3.11 knows the characters of Unicode 14 alone, so none of extensions H to J.
"""

import unicodedata
from collections.abc import Iterator


class Ranges:
    """Code points in a few ranges, asked with `in`."""

    def __init__(self, *ranges: tuple[int, int]) -> None:
        self.ranges = ranges

    def __contains__(self, code: object) -> bool:
        return isinstance(code, int) and any(first <= code <= last for first, last in self.ranges)

    def __iter__(self) -> Iterator[int]:
        return (code for first, last in self.ranges for code in range(first, last + 1))


IDEOGRAPHS = Ranges(
    (0x3007, 0x3007),  # 〇
    (0x3400, 0x4DBF),  # extension A
    (0x4E00, 0x9FFF),
    (0xFA0E, 0xFA29),  # twelve of these are characters of their own, the rest are LOOK_ALIKE
    (0x20000, 0x2A6DF),  # B
    (0x2A700, 0x2B73F),  # C
    (0x2B740, 0x2B81D),  # D
    (0x2B820, 0x2CEAD),  # E
    (0x2CEB0, 0x2EBE0),  # F
    (0x2EBF0, 0x2EE5D),  # I
    (0x30000, 0x3134A),  # G
    (0x31350, 0x323AF),  # H
    (0x323B0, 0x33479),  # J
)
RADICALS = Ranges((0x2E80, 0x2EF3), (0x2F00, 0x2FD5))
LOOK_ALIKE = Ranges((0x2F00, 0x2FD5), (0xF900, 0xFAD9), (0x2F800, 0x2FA1D))  # radicals, compatibility ideographs
PRIVATE = Ranges((0xE000, 0xF8FF), (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))
RADICAL_SIGNS = (  # U+2E80 to U+2EF3, each with the character that it stands for (EquivalentUnifiedIdeograph.txt)
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻"
    "⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
THEIR_CHARACTERS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿"
    "肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)

CHARACTERS = str.maketrans(RADICAL_SIGNS, THEIR_CHARACTERS) | {
    code: unicodedata.normalize("NFKC", chr(code)) for code in LOOK_ALIKE
}


def as_characters(text: str) -> str:
    """The text with characters in place of radicals and compatibility ideographs, which a reader cannot tell from them.

    Copied from a PDF a name often holds one; the twelve compatibility ideographs that are characters stay.
    """
    return text.translate(CHARACTERS)


def is_letter(sign: str) -> bool:
    """Whether the sign can be a part of a name: a letter of any script, or a Chinese character of any extension."""
    return sign.isalpha() or ord(sign) in IDEOGRAPHS
