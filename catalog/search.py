"""What the search of the catalog reads of a row, in tiers, and how its index is asked (ui/words.py reads what is typed)."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from django.db.models import Q

from ui.words import Reading, folded

if TYPE_CHECKING:
    from catalog.models import Laboratory, Product, Provider


RUN = re.compile(r"(?P<latin>[a-z0-9]+)|(?P<han>[^\x00-\x7f]+)")  # as `catalog_terms` of the database cuts a text
TOLD = 500  # characters of a description that are searched
TIERS = range(4)  # lines of a product's text: name; instruments, standards and category; provider; summary
MARKS = ("^", "~", "`", "")  # before a term, by its line, as the index keeps it
NAMED = re.compile(r"^[^：:\n]{0,8}(?:标准|依据|设备|仪器|资质)[：:]\s*(.+)$", re.MULTILINE)
CODE = re.compile(
    r"(?<![a-z0-9])([a-z]{1,6})(?:/([a-z]{1,4}))?[ -]?([0-9]{2,6}(?:\.[0-9]+)*)(?:-[0-9]{4})?(?![a-z0-9])"
)  # GB/T 228.1-2021
APART = re.compile(r"(?<=[a-z0-9]) (?=[^\x00-\x7f])|(?<=[^\x00-\x7f]) (?=[a-z0-9])")  # X 射线 is X射线
JOINED = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def tsquery(word: str, tier: int = TIERS[-1]) -> str:
    """What the index of terms is asked for a folded word; "" where the word has nothing that the index knows.

    Chinese is asked for in pairs of characters, one character and Latin or digits by what a term begins with; Latin before
    Chinese may be the end of a longer term (9001体系 of ISO9001体系), and is left to the text. tier: the word stands in one
    of the lines up to this one.
    """
    runs = list(RUN.finditer(word))
    asked = runs[1:] if len(runs) > 1 and runs[0]["latin"] and any(run["han"] for run in runs) else runs
    longer = [run for run in asked if len(run[0]) > 1 or run["han"]]  # a letter or a digit begins very many terms
    return " & ".join(_marked(term, tier) for run in longer or asked for term in _terms(run))


def tsquery_of(reading: Reading, tier: int = TIERS[-1]) -> str:
    """The same for all that is looked for; "" where the index knows nothing of what may meet it."""
    groups = [[tsquery(word, tier) for word in group] for group in reading.groups]
    known = [" | ".join(f"({asked})" for asked in group) if all(group) else "" for group in groups]
    if reading.least == len(reading.groups) and any(len(word) > 1 for word in reading.words):
        letters = [
            len(word) == 1 and word.isascii() for word in reading.words
        ]  # says little, and begins very many terms
        known = ["" if is_letter else asked for is_letter, asked in zip(letters, known, strict=True)]
    ways = [" & ".join(f"({asked})" for asked in some if asked) for some in combinations(known, reading.least)]
    return " | ".join(f"({way})" for way in ways) if all(ways) else ""


def densely(word: str, column: str = "document") -> Q:
    """The same question of the text alone, for words that very many hold."""
    if word[0].isascii() and word[0].isalnum() and word.isascii():
        return Q(**{f"{column}__regex": beginning(word)})
    return Q(**{f"{column}__contains": word})


def beginning(word: str) -> str:
    """The expression for Latin or digits that begin with the word, whatever character stands before."""
    return rf"(?<![a-z0-9]){re.escape(word)}"


def _terms(run: re.Match[str]) -> list[tuple[str, str]]:
    if run["latin"] or len(run[0]) == 1:
        return [(run[0], ":*")]
    return [(first + second, "") for first, second in pairwise(run[0])]


def _marked(term: tuple[str, str], tier: int) -> str:
    text, rest = term[0].replace("\\", "\\\\").replace("'", "''"), term[1]
    ways = [f"'{mark}{text}'{rest}" for mark in MARKS[: tier + 1]]
    return ways[0] if len(ways) == 1 else f"({' | '.join(ways)})"


def spelt(text: str) -> str:
    """The folded text with the other spellings of its codes: GBT228.1, GB228.1 for GB/T 228.1, ICPMS for ICP-MS."""
    found = {joined.group().replace("-", "") for joined in JOINED.finditer(text)}
    for code in CODE.finditer(text):
        letters, more, number = code[1], code[2] or "", code[3]
        found |= {f"{letters}{more}{number}", f"{letters}{number}", f"{letters}/{more}{number}" if more else ""}
    held = [word for word in sorted(found) if word and word not in text]
    return " ".join([text, *held])


def in_lines(*lines: Iterable[str]) -> str:
    """The tiers of a text, a line for each."""
    return "\n".join(spelt(APART.sub("", folded(" ".join(part for part in line if part)))) for line in lines)


def search_text_of(product: "Product") -> str:
    """What the keyword search reads of a product: a line for each tier."""
    provider, category = product.provider, product.category
    path = [category.name, *([category.parent.name] if category.parent else [])]
    laboratory = provider.as_laboratory
    return in_lines(
        [product.number, product.name],
        [
            *path,
            *named_in(product.description),
            laboratory.instruments if laboratory else "",
            product.standards,
            product.instruments,
        ],
        about_provider(provider),
        [product.summary, product.deliverable, product.description[:TOLD]],
    )


def named_in(description: str) -> Iterator[str]:
    """The standards and instruments that the text names: lines that begin so, and codes of standards anywhere."""
    lines = [found.group(1) for found in NAMED.finditer(description)]
    yield from lines
    rest = folded(description)
    yield from (code.group() for code in CODE.finditer(rest) if code.group() not in folded(" ".join(lines)))


def about_provider(provider: "Provider") -> list[str]:
    """The provider as it is looked for: name, place, 依托单位 and 资质."""
    laboratory = provider.as_laboratory
    host = laboratory.host_name if laboratory else ""
    return [provider.name, host, provider.get_region_display(), provider.city, provider.qualifications]


def search_text_of_laboratory(laboratory: "Laboratory", services: Iterable[str]) -> str:
    """What the laboratory's search reads, a line each: institution and host; services; instruments; what else is known."""
    provider = laboratory.provider
    parts = (
        [provider.name, laboratory.host_name],
        services,
        [laboratory.instruments],
        [
            *(laboratory.number, provider.region_words, provider.qualifications, laboratory.get_kind_display()),
            *laboratory.field_labels,
        ],
    )
    return "\n".join(folded(" ".join(part)) for part in parts)
