"""What the desk offers of phrases beside a decision."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from records.people import Person
from records.steps import arrow_of
from reviews.models import Phrase, ReviewedCase, Turn, Verdict
from reviews.phrases.filling import common_words, fill, open_fields, values_of


class Offered(NamedTuple):
    """One phrase as it is inserted here; number: the key that does it with Alt, 0 for none."""

    title: str
    text: str
    verdict: str
    reason: str
    is_default: bool
    is_own: bool
    number: int = 0


KEYS = 9


def offered_at(turn: Turn, case: ReviewedCase, user: Person) -> list[Offered]:
    """The phrases that fit the turn, filled in, then the default words; none of a verdict that is not given there. One query."""
    told = told_at(turn, user, values_of(turn, case))
    return numbered([one for one in told if not one.verdict or arrow_of(case, one.verdict)])


def offered_to_many(turn: Turn, user: Person) -> list[Offered]:
    """Those that fit every case at such a turn as they stand: without a field, and none that refuses, which is not done in bulk."""
    told = told_at(turn, user, {})
    return numbered([one for one in told if not open_fields(one.text) and one.verdict != Verdict.REJECT])


def numbered(told: Sequence[Offered]) -> list[Offered]:
    """With the keys that insert the first of them."""
    return [one._replace(number=number if number <= KEYS else 0) for number, one in enumerate(told, start=1)]


def told_at(turn: Turn, user: Person, values: Mapping[str, str]) -> list[Offered]:
    """The phrases with these values in their fields, then the default words; one query."""
    phrases = list(Phrase.objects.fitting(turn, user))
    told = [
        Offered(one.title, fill(one.text, values), one.verdict, one.reason, one.is_default, one.owner_id is not None)
        for one in phrases
    ]
    return told + [
        Offered(f"默认：{turn.called(verdict)}", fill(text, values), verdict, "", is_default=True, is_own=False)
        for verdict, text in common_words(turn).items()
    ]


def default_words(turn: Turn, case: ReviewedCase, user: Person, verdict: str) -> str:
    """The words that are offered for the verdict: the person's own, his office's, else the common ones."""
    own = Phrase.objects.fitting(turn, user).filter(verdict=verdict, reason="", is_default=True).first()
    return fill(own.text if own else common_words(turn)[Verdict(verdict)], values_of(turn, case))
