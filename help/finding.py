"""Search over the manual: a step is found by every word, or else by most pairs of characters; the files are few and stay in memory."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString

from help.book import Article, Part, articles
from help.figures import put_in
from ui.words import folded, query_words

MOST = 30  # steps that are shown
AROUND = 40  # characters before the first hit of an excerpt
LONG = 120  # characters of an excerpt
LIKE = 0.6  # of the pairs of characters that must be there where not every word is
TITLE, HEADING, WORDS = 9, 5, 1  # what a hit weighs


class Hit(NamedTuple):
    """A step that answers, with what was looked for marked."""

    article: Article
    part: Part
    title: SafeString
    excerpt: SafeString


def hits_of(query: str, figures: Mapping[str, str]) -> list[Hit]:
    """The steps that answer, the best first."""
    words = query_words(query)
    if not words:
        return []
    weighed = [(weight(article, part, words), article, part) for article, part in steps()]
    looked = words
    if not any(row[0] for row in weighed):
        looked = pairs_of(words)
        weighed = [(likeness(article, part, looked), article, part) for article, part in steps()]
    best = sorted((row for row in weighed if row[0]), key=lambda row: -row[0])
    return [hit_of(article, part, looked, figures) for _, article, part in best[:MOST]]


def steps() -> Iterator[tuple[Article, Part]]:
    """Every step of every article."""
    return ((article, part) for article in articles() for part in article.parts)


def weight(article: Article, part: Part, words: Sequence[str]) -> float:
    """How well the step answers; 0 where one of the words is missing."""
    title, heading, text = folded(article.title), folded(part.title), folded(part.words)
    weights = [
        TITLE * (word in title) + HEADING * (word in heading) + WORDS * min(3, text.count(word)) for word in words
    ]
    return sum(weights) if all(weights) else 0


def pairs_of(words: Sequence[str]) -> list[str]:
    """Each two neighbouring characters."""
    return ["".join(pair) for word in words for pair in pairwise(word)]


def likeness(article: Article, part: Part, pairs: Sequence[str]) -> float:
    """The share of the pairs that the step holds; 0 below LIKE."""
    text = folded(f"{article.title} {part.title} {part.words}")
    share = sum(pair in text for pair in pairs) / len(pairs) if pairs else 0
    return share if share >= LIKE else 0


def hit_of(article: Article, part: Part, words: Sequence[str], figures: Mapping[str, str]) -> Hit:
    """The step as the list of results shows it."""
    sought = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE)
    text = put_in(part.words, figures)
    first = sought.search(text)
    start = max(0, first.start() - AROUND) if first else 0
    cut = text[start : start + LONG]
    shown = f"{'…' if start else ''}{cut}{'…' if start + LONG < len(text) else ''}"
    return Hit(article, part, marked(part.title, sought), marked(shown, sought))


def marked(text: str, sought: "re.Pattern[str]") -> SafeString:
    """The text with every hit in <mark>."""
    pieces, last = [], 0
    for found in sought.finditer(text):
        pieces.append((text[last : found.start()], found[0]))
        last = found.end()
    drawn = format_html_join("", "{}<mark>{}</mark>", pieces)
    return SafeString(drawn + conditional_escape(text[last:]))
