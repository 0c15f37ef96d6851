"""What the readers have seen becomes one answer: the most trusted source speaks, the others agree or are a finding.

Sureness is made here alone, by rules; no reader's own figure counts. Serials, numbers of contracts and names stay at
“please look” whoever says them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from papers.facts import CAPITALS, TRUST, Disagreement, Fact, Facts, Kind
from papers.proofs import CODES, DAYS, SUM, WHOLE, proven
from papers.values import alike

AGREED = {
    "type",
    "code",
    "invoice_number",
    "check_code",
    "payer_account",
    "payee_account",
    "account_number",
    *CODES,
    *DAYS,
    *SUM,
    *WHOLE,
}


@dataclass
class Seen:
    """What one reader has seen: a kind, if the paper says one, and facts in the order of their standing."""

    kind: Kind = Kind.UNKNOWN
    facts: list[Fact] = field(default_factory=list)


def merged(seen: Iterable[Seen]) -> Facts:
    """One fact of each name, with its sureness, and where two sources disagree."""
    several = list(seen)
    by_name: dict[str, list[Fact]] = defaultdict(list)
    for fact in sorted((one for each in several for one in each.facts), key=lambda fact: TRUST.index(fact.source)):
        if all(other.source != fact.source for other in by_name[fact.name]) or fact.name == CAPITALS:
            by_name[fact.name].append(fact)
    words = [fact.value for fact in by_name.pop(CAPITALS, [])]
    apart = list(_disagreements(by_name))
    chosen = {name: facts[0] for name, facts in by_name.items()}
    sure = set(proven(chosen, words)) | set(_agreed(by_name))
    sure -= {two.name for two in apart}
    facts = tuple(fact.sure() if name in sure else fact for name, fact in chosen.items())
    return Facts(_kind(several), facts, tuple(apart))


def _kind(seen: list[Seen]) -> Kind:
    return next((one.kind for one in seen if one.kind != Kind.UNKNOWN), Kind.UNKNOWN)


def _disagreements(by_name: dict[str, list[Fact]]) -> Iterator[Disagreement]:
    for name, (first, *others) in by_name.items():
        for other in others:
            if not alike(first.value, other.value):
                yield Disagreement(name, first, other)
                break


def _agreed(by_name: dict[str, list[Fact]]) -> Iterator[str]:
    """Two sources say the same."""
    for name, (first, *others) in by_name.items():
        if name in AGREED and any(alike(first.value, other.value) for other in others):
            yield name
