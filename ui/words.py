"""What is typed into a search box: how it is folded, split into words and looked for. Nothing else asks the database for typed words."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate, combinations, pairwise, product
from operator import and_, or_
from typing import Any

from django.db.models import Field, Q
from django.db.models.lookups import Contains

from ui.figures import DASHES, PHONE, bare_phone, visible
from ui.han import IDEOGRAPHS, as_characters
from ui.names import BRACKETS, DOTS

MOST_WORDS = 8
PARTS = BRACKETS + DOTS.replace("．", "") + "、，,；;：。！!？?／/＼\\｜|“”‘’\"'…"
SPLIT = str.maketrans(PARTS + DASHES, " " * len(PARTS) + "-" * len(DASHES))
CUT = range(4, 7)  # characters of a word that may be two or three
HAN_WORD = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in IDEOGRAPHS.ranges) + "]+")


def folded(text: str) -> str:
    """The text as it is searched: half width, lower case, single spaces, characters for what looks like them."""
    return " ".join(unicodedata.normalize("NFKC", as_characters(text)).lower().split())


def query_words(query: str) -> list[str]:
    """The search words, no more than are looked for (`typed_words` tells whether there were more)."""
    return typed_words(query)[:MOST_WORDS]


def typed_words(query: str) -> list[str]:
    """What was typed: folded, split at spaces, brackets, dots and punctuation; a phone number is one word."""
    if PHONE.fullmatch(number := bare_phone(query)):
        return [number]
    return folded(visible(query).translate(SPLIT)).split()


def cuts(word: str) -> Iterator[list[str]]:
    """The ways in which a word of four to six Chinese characters may be words of two or three: 材料检测 is 材料, 检测."""
    if len(word) not in CUT or not HAN_WORD.fullmatch(word):
        return
    for many in (2, 3):
        for lengths in product((2, 3), repeat=many):
            if sum(lengths) == len(word):
                yield [word[start:end] for start, end in pairwise(accumulate((0, *lengths)))]


@dataclass(frozen=True)
class Reading:
    """How what was typed is looked for: in each group a word and what may stand in its place; so many groups must be met."""

    groups: tuple[tuple[str, ...], ...]
    least: int

    @property
    def words(self) -> list[str]:
        """The words themselves."""
        return [group[0] for group in self.groups]

    @property
    def every_word(self) -> list[str]:
        """The words, and what may stand in their places."""
        return [word for group in self.groups for word in group]

    def asked(self, holds: Callable[[str], Q]) -> Q:
        """The rows that meet it. holds: which rows hold one word, folded."""
        met = [reduce(or_, map(holds, group)) for group in self.groups]
        return reduce(or_, (reduce(and_, some, Q()) for some in combinations(met, self.least)), Q())


def covered(word: str, pieces: Mapping[str, float]) -> list[str]:
    """The word cut into the dearest of these pieces; what none of them covers stands between them, character by character."""
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    longest = max(map(len, pieces), default=0)
    for end in range(1, len(word) + 1):
        worth, cut = best[end - 1]
        ways = [(worth, [*cut, word[end - 1]])]
        for start in range(max(0, end - longest), end):
            if (piece := word[start:end]) in pieces:
                worth, cut = best[start]
                ways.append((worth + pieces[piece], [*cut, piece]))
        best.append(max(ways, key=lambda way: way[0]))
    return best[-1][1]


def parts_of(word: str, sizes: range) -> set[str]:
    """Every part of the word of these lengths."""
    return {word[start : start + size] for size in sizes for start in range(len(word) - size + 1)}


def found_by(query: str, holds: Callable[[str], Q]) -> Q:
    """The rows that hold every word of the query, or all that the word may be cut into.

    holds: which rows hold one word, folded.
    """
    return reduce(and_, (_either(word, holds) for word in query_words(query)), Q())


def _either(word: str, holds: Callable[[str], Q]) -> Q:
    return reduce(or_, (reduce(and_, map(holds, pieces)) for pieces in cuts(word)), holds(word))


def in_columns(query: str, *columns: str) -> Q:
    """The rows in which each word of the query stands in one of the columns, which are kept as people wrote them."""
    return found_by(query, lambda word: reduce(or_, (Q(**{f"{column}__holds": word}) for column in columns)))


@Field.register_lookup
class Holds(Contains):
    """Whether a column holds a folded word; % and _ are looked for as themselves."""

    lookup_name = "holds"

    def process_lhs(self, *given: Any) -> Any:
        """The column, folded as the word is."""
        sql, params = super().process_lhs(*given)
        return f"LOWER(NORMALIZE(({sql})::text, NFKC))", params  # an address of a machine is no text

    def get_rhs_op(self, *given: Any) -> str:
        """As `contains` compares."""
        connection, rhs = given
        return str(connection.operators[Contains.lookup_name] % rhs)
