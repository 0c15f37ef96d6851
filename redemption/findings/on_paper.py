"""What the papers say beside the figures that were typed: for whom, how much, and what kind of paper it is."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice

from papers.evidence import SHOWN, Line, Looked, misplaced, read_from, way
from papers.facts import Kind
from policy.arithmetic import yuan
from redemption.findings.looked import NOUNS, Evidence
from redemption.models import Claim
from ui.keys import as_read

LISTS = {
    "invoices": {Kind.DIGITAL, Kind.VAT},
    "receipts": {Kind.RECEIPT},
    "contracts": {Kind.CONTRACT},
}  # list → the kinds of paper that belong there


def told_by_papers(claim: Claim, evidence: Evidence) -> Iterator[Line]:
    """Each of these checks, as far as the papers were read."""
    yield from islice(red_letters(evidence.lists["invoices"]), SHOWN)
    yield from islice(other_buyers(claim, evidence.lists["invoices"]), SHOWN)
    for name, looked in evidence.lists.items():
        yield from islice(misplaced(looked, LISTS[name], NOUNS[name].name), SHOWN)


def red_letters(invoices: Sequence[Looked]) -> Iterator[Line]:
    """Invoices whose sums are negative: they take another one back (domain.md §3)."""
    for one in invoices:
        fact = next((fact for name in ("gross", "net") if (fact := one.facts.of(name))), None)
        if fact and Decimal(fact.value) < 0:
            text = f"{one.words}：材料上的{fact.label}是 {yuan(Decimal(fact.value))}，像是红字发票，不能用于兑现"
            yield {"tone": "warn", "text": text, "detail": read_from(fact), **way(one.paper, fact)}


def other_buyers(claim: Claim, invoices: Sequence[Looked]) -> Iterator[Line]:
    """Invoices for another tax number than the unit's credit code."""
    codes = {as_read(code) for code in (claim.certified.uscc, claim.application.certified.uscc)}
    for one in invoices:
        fact = one.facts.of("buyer_tax_id")
        if fact and as_read(fact.value) not in codes:
            text = f"{one.words}：材料上的购买方税号 {fact.value} 不是申请单位的统一社会信用代码 {claim.certified.uscc}"
            yield {"tone": "warn", "text": text, "detail": read_from(fact), **way(one.paper, fact)}
