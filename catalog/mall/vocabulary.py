"""The words that are known from the catalog itself: of names, instruments and categories; made anew by night."""

import re
from collections import Counter
from collections.abc import Iterator

from catalog.models import Category, KnownWord, Laboratory, Product, Synonym
from catalog.models.words import LONGEST
from catalog.search import named_in
from records.doors import door
from ui.pinyin import syllables
from ui.words import HAN_WORD, folded, parts_of

READ = 50_000  # names, the newest
KEPT = 100_000  # words, the commonest
SIZES = range(2, 9)  # characters of a part of a name
MENDED = range(2, 7)  # characters of a word in which one may be wrong
LATIN = re.compile(r"[a-z][a-z0-9]*(?:[-/.][a-z0-9]+)*")
LISTED = re.compile(r"[、，,；;（）()\s]+")
BATCH = 5000


@door
def make_vocabulary() -> int:
    """Read the catalog and keep its words, in place of those that were kept; return how many."""
    names = [folded(name) for name in _names()]
    listed = {word for name in names for word in _listed(name)}
    held = Counter(part for name in names for part in set(_parts(name)))
    best = sorted(held, key=lambda word: (-held[word], word))[:KEPT]
    rows = [known(word, held[word], is_whole=word in listed) for word in best if len(word) <= LONGEST]
    KnownWord.objects.all().delete()
    KnownWord.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def _names() -> Iterator[str]:
    """What the words are taken from, each name once."""
    shelved = Product.objects.filter(status=Product.Status.ON_SALE).order_by("-pk")
    rows = list(shelved.values_list("name", "description")[:READ])
    yield from dict(rows)
    yield from dict.fromkeys(part for _, description in rows for part in named_in(description))
    yield from Laboratory.objects.exclude(instruments="").values_list("instruments", flat=True).distinct()[:READ]
    yield from Category.objects.values_list("name", flat=True)
    yield from (word for pair in Synonym.objects.values_list("word", "means") for word in pair)


def _listed(name: str) -> Iterator[str]:
    """The name's own parts, as commas and brackets part them: 扫描电镜, 能谱仪."""
    yield from (part for part in LISTED.split(name) if 1 < len(part) <= LONGEST)


def _parts(name: str) -> Iterator[str]:
    yield from _listed(name)
    yield from LATIN.findall(name)
    for run in HAN_WORD.findall(name):
        yield from parts_of(run, SIZES)


def known(word: str, weight: int, *, is_whole: bool) -> KnownWord:
    """A word with what finds it."""
    said = syllables(word)
    return KnownWord(
        text=word,
        pinyin="".join(said),
        initials="".join(syllable[:1] for syllable in said),
        near=sorted(shortened(word)) if len(word) in MENDED or word.isascii() else [],
        weight=weight,
        is_whole=is_whole,
    )


def shortened(word: str) -> set[str]:
    """The word, and the word without any one of its characters: two that share one of these differ by a mistake or two."""
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}


def is_one_mistake(typed: str, meant: str) -> bool:
    """Whether one character is wrong, missing or too many, or two neighbours have changed places."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    if len(typed) != len(meant):
        short, long = sorted((typed, meant), key=len)
        return short in shortened(long)
    differ = [place for place, pair in enumerate(zip(typed, meant, strict=True)) if len(set(pair)) > 1]
    if len(differ) == 1:
        return True
    first, last = differ[0], differ[-1]
    return (len(differ), last - first) == (2, 1) and typed[first : last + 1] == meant[first : last + 1][::-1]
