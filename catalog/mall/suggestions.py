"""What is suggested while somebody types: whole words of the catalog that begin so, in characters, pinyin or first letters."""

from django.db.models import Q

from catalog.models import KnownWord
from catalog.models.words import LONGEST
from ui.reading import aside
from ui.words import folded

SUGGESTED = 5
LOOKED_AT = 200  # words that begin so, in their order; the commonest of them are suggested


def suggested(typed: str) -> list[str]:
    """At most five words, the commonest first."""
    word = folded(typed)
    if not word or len(word) > LONGEST:
        return []
    begins = Q(text__startswith=word)
    if word.isascii() and word.replace("'", "").isalpha() and len(word) > 1:
        begins |= Q(pinyin__startswith=word.replace("'", "")) | Q(initials=word)
    rows = aside(KnownWord.objects.filter(begins, is_whole=True)).values_list("weight", "text")[:LOOKED_AT]
    best = sorted(set(rows), key=lambda row: (-row[0], len(row[1]), row[1]))
    return [text for _, text in best[:SUGGESTED]]
