"""What was typed beside what the paper says, figure by figure: the one comparison that forms, checks and desks show."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from papers import values as spelled
from papers.capital import TEN_THOUSAND, ten_thousands
from papers.facts import LABELS, Fact, Facts
from ui.keys import as_read
from ui.names import as_compared, same_name

AMOUNTS = frozenset({"net", "tax", "gross", "amount", "capital"})
DAYS = frozenset({"issued_on", "paid_on", "signed_on", "founded_on", "granted_on", "valid_from", "valid_until"})
NAMES = frozenset(
    {"seller", "buyer", "payer", "payee", "name", "party_a", "party_b", "legal_representative", "address"}
)
ADDRESS, LEAST = "address", 6  # signs of an address that may stand without its city
SPECIAL = "专"  # 专用发票; all others are 普通


class Outcome(StrEnum):
    """What follows: the paper says the same, something else, or nothing that can be compared."""

    AGREES = "agrees"
    DIFFERS = "differs"
    TYPED_ONLY = "typed_only"


@dataclass(frozen=True)
class Compared:
    """One figure as it was typed, in the spelling of a fact, beside what the paper says of it."""

    name: str
    label: str
    typed: str
    fact: Fact | None
    outcome: Outcome


def compare(values: Mapping[str, object], facts: Facts) -> list[Compared]:
    """Each typed figure whose name a paper knows (`papers.facts.LABELS`), in the order of the mapping; empty boxes are left out.

    values: name of the fact → what was typed, as a model, a form or a request holds it. Amounts in yuan, the registered capital, too.
    """
    return [
        compared(name, typed, facts.of(name))
        for name, value in values.items()
        if name in LABELS and (typed := as_typed(name, value))
    ]


def compared(name: str, typed: str, fact: Fact | None) -> Compared:
    """One figure; a capital in another currency or in words that are not understood is typed only."""
    said = as_typed(name, fact.value) if fact else ""
    if not said or (name == "capital" and not in_yuan(said)):
        return Compared(name, LABELS[name], typed, fact, Outcome.TYPED_ONLY)
    outcome = Outcome.AGREES if says_the_same(name, typed, said) else Outcome.DIFFERS
    return Compared(name, LABELS[name], typed, fact, outcome)


def as_typed(name: str, value: object) -> str:
    """The value in the spelling of a fact where it is one; as it was typed where it is none, "" where nothing was."""
    if value is None:
        return ""
    if isinstance(value, Decimal | int):
        return f"{value:.2f}" if name in AMOUNTS else f"{value}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    text = str(value).strip()
    if name == "capital":
        return in_yuan(text) or text
    if name in AMOUNTS:
        return spelled.amount(text) or text
    return spelled.day(text) or text if name in DAYS else text


def says_the_same(name: str, one: str, other: str) -> bool:
    """Whether a reader takes both for one: names as names, amounts and days by value, all else as keys."""
    if name in AMOUNTS or name in DAYS:
        return one == other
    if name == ADDRESS:
        return same_place(one, other)
    if name in NAMES:
        return same_name(one, other)
    if name == "type":
        return (SPECIAL in one) == (SPECIAL in other)
    return as_read(one) == as_read(other)


def same_place(one: str, other: str) -> bool:
    """Whether two addresses are one, also where one leaves out province or city; signs between do not count."""
    short, long = sorted(("".join(filter(str.isalnum, as_compared(text))) for text in (one, other)), key=len)
    return short == long or (len(short) >= LEAST and long.endswith(short))


def in_yuan(text: str) -> str:
    """A registered capital in yuan, as 5000000.00; "" where it is none (`papers.capital`)."""
    amount = ten_thousands(text)
    return f"{Decimal(amount) * TEN_THOUSAND:.2f}" if amount else ""
