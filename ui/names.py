"""Names of people and firms: what may stand in one, and when two are the same to a reader. What was typed stays."""

import unicodedata
from functools import lru_cache

from django.conf import settings

from ui.figures import DASHES, FOLDED, visible
from ui.han import PRIVATE, as_characters, is_letter

DOTS = "·．•・･‧∙⋅."
OPENING, CLOSING = "([{（［｛〔【〖《〈「『﹙﹝", ")]}）］｝〕】〗》〉」』﹚﹞"
BRACKETS = OPENING + CLOSING
QUOTES = "“”„‟＂‘’‚‛＇'"
SELECTORS = dict.fromkeys([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])  # which shape of a character is meant
SAME = (
    SELECTORS
    | FOLDED
    | str.maketrans(OPENING + CLOSING, "(" * len(OPENING) + ")" * len(CLOSING))
    | str.maketrans(DOTS + QUOTES + DASHES, "·" * len(DOTS) + '"' * len(QUOTES) + "-" * len(DASHES))
)
LEAST = 2  # characters
OF_ONE_MACHINE = (
    "{word}第 {place} 个字是自造字（{code}），在别的电脑上看不到，也印不出来。请用手写或拆字输入法输入证件上的这个字；"
    f"打不出来的请联系技术支持 {settings.SUPPORT_PHONE}。"
)


def code_of(sign: str) -> str:
    """How the sign is named where it cannot be shown: U+323B0."""
    return f"U+{ord(sign):04X}"


@lru_cache(maxsize=1024)  # of the names of a case, that stand in row after row
def as_compared(name: str) -> str:
    """The name as a reader compares it: nothing invisible, one width, one kind of brackets, dots, dashes and quotes.

    Letters alone are folded by NFKC: it would read 1² as 12.
    """
    signs = unicodedata.normalize("NFC", as_characters(visible(name))).translate(SAME)
    letters = (unicodedata.normalize("NFKC", sign) if is_letter(sign) else sign for sign in signs)
    return "".join("".join(letters).translate(SAME).split())


def same_name(one: str, other: str) -> bool:
    """Whether a reader takes the two for one name; capitals and small letters differ."""
    return as_compared(one) == as_compared(other)


def own_sign(name: str, word: str) -> str:
    """A sentence about the first character that only one machine knows; "" where there is none."""
    for place, sign in enumerate(name, 1):
        if ord(sign) in PRIVATE:
            return OF_ONE_MACHINE.format(word=word, place=place, code=code_of(sign))
    return ""
