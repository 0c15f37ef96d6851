"""“您要找的是…”: pinyin, first letters, traditional forms and one typing mistake, read back from the words of the catalog.

What is offered is a link; nothing is looked for that was not typed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from math import log
from typing import NamedTuple

from django.db.models import Q

from catalog.mall.lexicon import Lexicon
from catalog.mall.reading import finds_all, numbers
from catalog.mall.vocabulary import MENDED, is_one_mistake, shortened
from catalog.models import KnownWord
from ui.pinyin import syllables
from ui.reading import aside
from ui.words import covered, parts_of, query_words

LETTERS = re.compile(r"[a-z']{2,40}")
FEW = 20  # hits of Latin letters, up to which they may have been meant as pinyin
SOUNDS = range(2, 25)  # letters of a part of what may be pinyin
SIZES = range(2, 9)
AS_IT_IS, SOUNDING = 1.0, 0.9  # how well a piece fits that stands so in the catalog, or sounds so


class Known(NamedTuple):
    """A word of the catalog."""

    text: str
    pinyin: str
    initials: str
    near: list[str]
    weight: int
    is_whole: bool


def offered(typed: str, hits: int, *, is_nowhere: bool = False, lexicon: Lexicon | None = None) -> str:
    """What the words may have been meant to be, as a query; "" where there is nothing better, or no need.

    is_nowhere: nothing on the whole shelf holds them; lexicon: what is known of them, if it was read already.
    """
    words = query_words(typed)
    letters = [word for word in words if LETTERS.fullmatch(word)]
    if not words or hits > (FEW if letters else 0):
        return ""
    held = {} if is_nowhere and len(words) == 1 else numbers([(word,) for word in words])
    unheld = [word for word in words if not held.get((word,)) or word in letters]
    whole = "".join(letters) if len(letters) == len(words) else ""
    rows = known_near({*unheld, whole} - {""})
    known = (lexicon or Lexicon.of(words)).beside({row.text: row.weight for row in rows})
    if whole and (found := spelled(whole, rows)):
        return found if finds_all(found, known) else ""
    better = [meant(word, rows) if word in unheld else "" for word in words]
    if not any(better):
        return ""
    query = " ".join(new or old for new, old in zip(better, words, strict=True))
    return query if finds_all(query, known) else ""


def known_near(words: Iterable[str]) -> list[Known]:
    """The known words that are spelt, begin, sound or stand like a part of these, read in one query."""
    texts, sounds, firsts, near = set[str](), set[str](), set[str](), set[str]()
    for word in words:
        if LETTERS.fullmatch(word):
            letters = word.replace("'", "")
            sounds |= parts_of(letters, SOUNDS) | {letters}
            firsts |= parts_of(letters, SIZES) | {letters}
        else:
            texts |= parts_of(word, SIZES)
            sounds |= set(sounding_parts(word).values())
        near |= {key for keys in tried_in(word).values() for key in keys}
    asked = {"text__in": texts, "pinyin__in": sounds, "initials__in": firsts, "near__overlap": sorted(near)}
    return read(*(Q(**{name: wanted}) for name, wanted in asked.items() if wanted))


def read(*ways: Q) -> list[Known]:
    """The words that are found in one of these ways, each by its own index."""
    found = [aside(KnownWord.objects.filter(way).order_by()).values_list(*Known._fields) for way in ways]
    return [Known(*row) for row in found[0].union(*found[1:], all=True)] if found else []


def meant(word: str, rows: list[Known]) -> str:
    """What one word may have been meant to be; "" where nothing is known."""
    ways = (spelled, mended) if LETTERS.fullmatch(word) else (sounded, mended)
    return next((found for way in ways if (found := way(word, rows)) and found != word), "")


def spelled(word: str, rows: list[Known]) -> str:
    """The word whose pinyin was typed, else the words of which it may be made, else the word with these first letters."""
    letters = word.replace("'", "")
    wanted = parts_of(letters, SOUNDS) | {letters}
    by_sound = best_by([row for row in rows if row.pinyin in wanted and row.pinyin != row.text], "pinyin")
    if letters in by_sound:
        return by_sound[letters].text
    cut = covered(letters, {sound: len(sound) ** 1.5 for sound in by_sound})
    if all(piece in by_sound for piece in cut):
        return "".join(by_sound[piece].text for piece in cut)
    return begun(letters, rows)


def begun(letters: str, rows: list[Known]) -> str:
    """The word with these first letters, or the words of which such a one may be made."""
    wanted = parts_of(letters, SIZES) | {letters}
    by_letters = best_by([row for row in rows if row.initials in wanted and row.initials != row.text], "initials")
    worth = {first: len(first) ** 1.5 * log(1 + row.weight) for first, row in by_letters.items()}
    pieces = [letters] if letters in by_letters else covered(letters, worth)
    is_told = all(piece in by_letters for piece in pieces) and len(set(pieces)) == len(pieces)  # zzzz is no word twice
    return "".join(by_letters[piece].text for piece in pieces) if is_told else ""


def sounding_parts(word: str) -> dict[str, str]:
    """The parts of a Chinese word, each with its pinyin; none of a word that is not Chinese throughout."""
    said = syllables(word)
    if len(said) != len(word):
        return {}
    spans = [(start, start + size) for size in SIZES for start in range(len(word) - size + 1)]
    return {word[start:end]: "".join(said[start:end]) for start, end in spans}


def sounded(word: str, rows: list[Known]) -> str:
    """The word with those parts that stand nowhere replaced by what sounds the same: 检侧 and 檢測 are 检测."""
    parts = sounding_parts(word)
    if not parts:
        return ""
    sounds, texts, by_sound = set(parts.values()), {row.text for row in rows if row.text in parts}, defaultdict(list)
    for row in rows:
        if row.text in parts or row.pinyin in sounds:
            by_sound[row.pinyin, len(row.text)].append(row)
    fits = {part: best for part, sound in parts.items() if (best := best_of(by_sound[sound, len(part)]))}
    worth = {part: len(part) * (AS_IT_IS if part in texts else SOUNDING) - 0.1 for part in fits}
    cut = covered(word, worth)
    return "".join(fits[piece].text if piece in fits and piece not in texts else piece for piece in cut)


def tried_in(word: str) -> dict[str, set[str]]:
    """The parts of the word in which a mistake may be, each with what it shares with what was meant."""
    return {part: shortened(part) for part in parts_of(word, MENDED) | {word} if len(part) >= MENDED.start}


def mended(word: str, rows: list[Known]) -> str:
    """The word, or the longest part of it, with one typing mistake less."""
    tried, known = tried_in(word), {row.text for row in rows}
    for part in sorted(tried.keys() - known, key=len, reverse=True):
        near = [row for row in rows if not tried[part].isdisjoint(row.near) and is_one_mistake(part, row.text)]
        commonest = best_of([row for row in near if len(row.text) >= len(part)]) or best_of(near)
        if commonest:
            return word.replace(part, commonest.text, 1)
    return ""


def best_by(rows: Iterable[Known], column: str) -> dict[str, Known]:
    """The commonest word of each value of the column."""
    found: dict[str, list[Known]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return {value: best for value, several in found.items() if (best := best_of(several))}


def best_of(words: Iterable[Known]) -> Known | None:
    """The commonest."""
    return max(words, key=lambda word: (word.weight, word.is_whole, -len(word.text)), default=None)
