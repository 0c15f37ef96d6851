"""How the catalog is searched: what is kept of a row, and how the words of a query are split and folded."""

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from catalog.models import Laboratory, Product

MOST_WORDS = 8
WIDE = str.maketrans("()", "（）")


def folded(text: str) -> str:
    """The text as it is searched: half width, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def query_words(query: str) -> list[str]:
    """The search words: split at white space, at most eight."""
    return folded(query).split()[:MOST_WORDS]


def holds(column: str, word: str) -> Q:
    """Whether a column that is kept as people wrote it holds the folded word, with brackets of either width."""
    return Q(**{f"{column}__icontains": word}) | Q(**{f"{column}__icontains": word.translate(WIDE)})


def search_text_of(product: "Product") -> str:
    """What the keyword search reads: number, name, summary, category and provider, folded."""
    provider = product.provider
    parts = [product.number, product.name, product.summary, product.category.name, provider.name]
    if product.category.parent:
        parts.append(product.category.parent.name)
    return folded(" ".join(parts))


def search_text_of_laboratory(laboratory: "Laboratory", services: Iterable[str]) -> str:
    """What the laboratory's search reads: institution, host, instruments, fields and the names of its services."""
    parts = [laboratory.number, laboratory.provider.name, laboratory.host_name, laboratory.instruments]
    return folded(" ".join([*parts, *laboratory.field_labels, *services]))
