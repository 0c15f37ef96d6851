"""How the search text of a turn is made, and how the index of its terms is asked (`reviews_terms` of the database)."""

import re
from collections.abc import Iterable
from itertools import pairwise

from ui.words import folded

RUN = re.compile(r"(?P<latin>[a-z0-9]+)|(?P<other>[^\x00-\x7f]+)")  # as the database cuts a text
LONGEST = 60  # characters of a term


def search_text_of(parts: Iterable[str]) -> str:
    """The folded text of these parts, each once."""
    return " ".join(dict.fromkeys(folded(part) for part in parts if part))


def question(word: str) -> str:
    """What the index is asked for a folded word, in its own language; "" where it knows nothing of it.

    Latin and digits are asked for by what a term begins with (a number also without its letters), other characters in pairs.
    """
    return " & ".join(dict.fromkeys(term for run in RUN.finditer(word) for term in _terms(run)))


def _terms(run: re.Match[str]) -> list[str]:
    if run["latin"] or len(run[0]) == 1:
        return [f"'{run[0][:LONGEST]}':*"]
    return [f"'{first}{second}'" for first, second in pairwise(run[0])]
