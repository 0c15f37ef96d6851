"""“您要找的是…”: pinyin, first letters, traditional forms and one typing mistake, read back from the words of the catalog.

What is offered is a link; nothing is looked for that was not typed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from math import log

from django.db.models import F, Q

from catalog.mall.reading import finds_all, numbers
from catalog.mall.vocabulary import MENDED, best_of, is_one_mistake, shortened
from catalog.models import KnownWord
from ui.pinyin import syllables
from ui.words import covered, parts_of, query_words

LETTERS = re.compile(r"[a-z']{2,40}")
FEW = 20  # hits of Latin letters, up to which they may have been meant as pinyin
SOUNDS = range(2, 25)  # letters of a part of what may be pinyin
SIZES = range(2, 9)
AS_IT_IS, SOUNDING = 1.0, 0.9  # how well a piece fits that stands so in the catalog, or sounds so


def offered(typed: str, hits: int) -> str:
    """What the words may have been meant to be, as a query; "" where there is nothing better, or no need."""
    words = query_words(typed)
    letters = [word for word in words if LETTERS.fullmatch(word)]
    if not words or hits > (FEW if letters else 0):
        return ""
    held = numbers([(word,) for word in words])
    if len(letters) == len(words) and (whole := spelled("".join(letters))):
        return whole if finds_all(whole) else ""
    better = [meant(word) if not held[word,] or word in letters else "" for word in words]
    if not any(better):
        return ""
    query = " ".join(new or old for new, old in zip(better, words, strict=True))
    return query if finds_all(query) else ""


def meant(word: str) -> str:
    """What one word may have been meant to be; "" where nothing is known."""
    ways = (spelled, mended) if LETTERS.fullmatch(word) else (sounded, mended)
    return next((found for way in ways if (found := way(word)) and found != word), "")


def spelled(word: str) -> str:
    """The word whose pinyin was typed, else the words of which it may be made, else the word with these first letters."""
    letters = word.replace("'", "")
    rows = KnownWord.objects.filter(pinyin__in=parts_of(letters, SOUNDS) | {letters}).exclude(text=F("pinyin"))
    by_sound = best_by(rows, "pinyin")
    if letters in by_sound:
        return by_sound[letters].text
    cut = covered(letters, {sound: len(sound) ** 1.5 for sound in by_sound})
    if all(piece in by_sound for piece in cut):
        return "".join(by_sound[piece].text for piece in cut)
    return begun(letters)


def begun(letters: str) -> str:
    """The word with these first letters, or the words of which such a one may be made."""
    rows = KnownWord.objects.filter(initials__in=parts_of(letters, SIZES) | {letters}).exclude(text=F("initials"))
    by_letters = best_by(rows, "initials")
    worth = {first: len(first) ** 1.5 * log(1 + row.weight) for first, row in by_letters.items()}
    pieces = [letters] if letters in by_letters else covered(letters, worth)
    is_told = all(piece in by_letters for piece in pieces) and len(set(pieces)) == len(pieces)  # zzzz is no word twice
    return "".join(by_letters[piece].text for piece in pieces) if is_told else ""


def sounded(word: str) -> str:
    """The word with those parts that stand nowhere replaced by what sounds the same: 检侧 and 檢測 are 检测."""
    said = syllables(word)
    if len(said) != len(word):
        return ""
    spans = [(start, start + size) for size in SIZES for start in range(len(word) - size + 1)]
    parts = {word[start:end]: "".join(said[start:end]) for start, end in spans}
    rows = KnownWord.objects.filter(Q(text__in=parts) | Q(pinyin__in=set(parts.values())))
    texts, by_sound = {row.text for row in rows}, defaultdict(list)
    for row in rows:
        by_sound[row.pinyin, len(row.text)].append(row)
    fits = {part: best for part, sound in parts.items() if (best := best_of(by_sound[sound, len(part)]))}
    worth = {part: len(part) * (AS_IT_IS if part in texts else SOUNDING) - 0.1 for part in fits}
    cut = covered(word, worth)
    return "".join(fits[piece].text if piece in fits and piece not in texts else piece for piece in cut)


def mended(word: str) -> str:
    """The word, or the longest part of it, with one typing mistake less."""
    parts = parts_of(word, MENDED) | {word}
    tried = {part: shortened(part) for part in parts if len(part) >= MENDED.start}
    near = list(KnownWord.objects.filter(near__overlap=sorted(set().union(*tried.values())))) if tried else []
    known = {row.text for row in near}
    for part in sorted(tried.keys() - known, key=len, reverse=True):
        rows = [row for row in near if is_one_mistake(part, row.text)]
        commonest = best_of([row for row in rows if len(row.text) >= len(part)]) or best_of(rows)
        if commonest:
            return word.replace(part, commonest.text, 1)
    return ""


def best_by(rows: Iterable[KnownWord], column: str) -> dict[str, KnownWord]:
    """The commonest word of each value of the column."""
    found: dict[str, list[KnownWord]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return {value: best for value, several in found.items() if (best := best_of(several))}
