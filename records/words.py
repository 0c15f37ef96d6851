"""The words of the trail, found by pairs of characters: the usual word has two (domain.md §8)."""

from itertools import pairwise
from typing import Any

from django.db.models import CharField, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Lower, StrIndex

from records.models import Event

LEAST = 2  # characters of what is looked for


class Pairs(Func):
    """The pairs of neighbouring characters of a text, as the index `event_words` keeps them."""

    function = "records_pairs"
    output_field = TextField()


class HasPairs(Func):
    """Whether the pairs of a line hold all those of what is looked for."""

    template = "(%(expressions)s)"
    arg_joiner = " @> "
    output_field = CharField()
    conditional = True


def said_by_index(events: QuerySet[Any], words: str) -> QuerySet[Event]:
    """The lines whose text holds the words, asked of the index first."""
    pairs = sorted({first + second for first, second in pairwise(words.lower())})
    return said(events, words).exclude(text="").filter(HasPairs(Pairs("text"), Value(pairs)))


def said(events: QuerySet[Any], words: str) -> QuerySet[Event]:
    """The same, asked of each line: for words that very many lines hold."""
    where = StrIndex(Lower("text"), Value(words.lower()))
    found: QuerySet[Event] = events.alias(said_at=where).filter(Q(said_at__gt=0))
    return found
