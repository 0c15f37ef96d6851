"""What is known of the words that were typed: what may stand in their places, and how common their parts are; read in one statement."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from catalog.models.words import said_otherwise
from catalog.search import RUN
from ui.reading import line
from ui.words import HAN_WORD, parts_of

PIECES = range(2, 5)  # characters of a word that a longer one may be made of
CUT_FROM = 4  # characters of a word that may be cut
READ = """
SELECT word, means, both_ways::integer, true FROM catalog_synonym
 WHERE is_active AND (strpos(%(typed)s, replace(word, '-', '')) > 0
                      OR (both_ways AND strpos(%(typed)s, replace(means, '-', '')) > 0))
UNION ALL
SELECT text, '', weight, false FROM catalog_knownword WHERE text = ANY (%(parts)s)
"""


@dataclass(frozen=True)
class Lexicon:
    """Synonyms that touch the words, and the known words that are parts of them."""

    pairs: tuple[tuple[str, str], ...]  # (one, other): who looks for the one finds the other, too
    weights: Mapping[str, int]  # known word → in how many names it stands

    @classmethod
    def of(cls, words: Iterable[str]) -> "Lexicon":
        """Read what is known of these folded words, and of all that they may be cut into."""
        wanted = list(words)
        pieces = sorted(set().union(*map(parts, wanted)))
        rows = []
        if wanted:
            with line().cursor() as cursor:
                cursor.execute(READ, {"typed": "\n".join(wanted).replace("-", ""), "parts": pieces})
                rows = sorted(cursor.fetchall())
        synonyms = [(word, means, both) for word, means, both, is_synonym in rows if is_synonym]
        ways = [(one, other) for one, other, _ in synonyms] + [(other, one) for one, other, both in synonyms if both]
        return cls(tuple(ways), {text: weight for text, _, weight, is_synonym in rows if not is_synonym})

    def beside(self, weights: Mapping[str, int]) -> "Lexicon":
        """The same, with these known words, too."""
        return Lexicon(self.pairs, {**self.weights, **weights})

    def in_place_of(self, word: str) -> list[str]:
        """The other ways in which a word may stand: with a part of it said otherwise."""
        return [said for one, other in self.pairs if (said := said_otherwise(word, one, other)) != word]


def parts(word: str) -> set[str]:
    """Of what the word may be made."""
    return set().union(*(parts_of(run, PIECES) - {run} for run in long_runs(word)))


def long_runs(word: str) -> Iterator[str]:
    """The runs of Chinese in it that may be several words."""
    yield from (run.group() for run in RUN.finditer(word) if is_long(run.group()))


def is_long(run: str) -> bool:
    """Whether it may be several words."""
    return len(run) >= CUT_FROM and HAN_WORD.fullmatch(run) is not None
