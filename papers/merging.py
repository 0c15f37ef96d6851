"""What the readers have seen becomes one answer: the most trusted source speaks, the others agree or are a finding.

Sureness is made here alone, by rules; no reader's own figure counts. Serials, numbers of contracts and names stay at
“please look” whoever says them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from papers.facts import CAPITALS, TRUST, Disagreement, Fact, Facts, Kind, Source
from papers.values import alike, is_in_words
from ui.codes import is_credit_code

CODES = {"seller_tax_id", "buyer_tax_id", "uscc"}
PARTIES = {"seller_tax_id", "buyer_tax_id"}
DAYS = {"issued_on", "paid_on", "signed_on", "founded_on", "granted_on", "valid_from", "valid_until"}
SUM = ("net", "tax", "gross")
WHOLE = ("gross", "amount")  # what stands in words, too
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
    proven = set(_proven(chosen, words)) | set(_agreed(by_name))
    proven -= {two.name for two in apart}
    facts = tuple(fact.sure() if name in proven else fact for name, fact in chosen.items())
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


def _proven(chosen: dict[str, Fact], words: list[str]) -> Iterator[str]:
    """The check digit, the sum, the amount in words, a day that exists."""
    codes = {fact.value for name, fact in chosen.items() if name in PARTIES and fact.source == Source.TEXT}
    of_two = len(codes) != 1 or len(PARTIES & chosen.keys()) < len(PARTIES)
    for name, fact in chosen.items():
        is_code = name in CODES and is_credit_code(fact.value) and (of_two or name not in PARTIES)
        in_words = name in WHOLE and any(is_in_words(fact.value, said) for said in words)
        if is_code or in_words or (name in DAYS and not fact.guessed):
            yield name
    if _adds_up(chosen):
        yield from SUM


def _adds_up(chosen: dict[str, Fact]) -> bool:
    if not all(name in chosen for name in SUM):
        return False
    net, tax, gross = (Decimal(chosen[name].value) for name in SUM)
    return net + tax == gross and abs(tax) < abs(net)
