"""The rows of a claim, each beside what was read of its paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from papers.evidence import Looked, Noun, look, sources_of
from papers.models import Reading
from papers.services import readings_of
from redemption.checks import Papers, Row
from redemption.models import PRINTED, Claim, Contract, Invoice, InvoiceKind, Receipt
from ui.keys import as_read

NOUNS = {"invoices": Noun("张", "发票"), "receipts": Noun("张", "银行回单"), "contracts": Noun("份", "合同")}
INVOICE = ("code", "invoice_number", "issued_on", "seller", "seller_tax_id", "buyer", "net", "tax", "gross")
RECEIPT = ("paid_on", "payer", "payer_account", "payee", "payee_account", "amount", "serial")
CONTRACT = ("name", "number", "party_a", "party_b", "signed_on", "amount")
SAID = frozenset({"专用", "普通"})  # a kind of invoice whose name says which
Names = Mapping[str, tuple[str, ...]]  # name of a list → the figures that are meant
MEMORY = "looked"  # of a claim: what was read of its papers once


@dataclass(frozen=True)
class Evidence:
    """Every row beside its paper, list by list."""

    lists: dict[str, list[Looked]]
    rows: list[tuple[Row, Looked]]

    @property
    def all(self) -> list[Looked]:
        """Every row."""
        return [one for _, one in self.rows]

    def of(self, wanted: Row) -> Looked:
        """One row of the `Papers` that were looked at."""
        return next(one for row, one in self.rows if row is wanted)

    def sources(self, names: Names) -> str:
        """Where the figures of these names were read, in words."""
        return sources_of((self.lists[name], NOUNS[name], wanted) for name, wanted in names.items())

    def is_read(self, names: Names) -> bool:
        """Whether each of these figures that was typed stands on its paper as it was typed."""
        return all(one.agrees(wanted) for name, wanted in names.items() for one in self.lists[name])

    def differs(self, names: Names) -> bool:
        """Whether a paper says one of these figures otherwise than it was typed."""
        return any(one.differs(wanted) for name, wanted in names.items() for one in self.lists[name])


def looked_at(claim: Claim, papers: Papers) -> Evidence:
    """Each row with the newest reading of its paper: one question, asked once for a claim."""
    rows: dict[str, list[Row]] = {name: list(getattr(papers, name)) for name in NOUNS}
    if MEMORY not in claim.memory:
        claim.memory[MEMORY] = {
            paper.pk: reading
            for paper, reading in readings_of(row.document for several in rows.values() for row in several).items()
        }
    return evidence_of(rows, claim.memory[MEMORY])


def evidence_of(rows: dict[str, list[Row]], readings: dict[object, Reading]) -> Evidence:
    """The same of readings by the key of their paper; asks nothing."""
    lists = {name: [look_at(row, readings.get(row.document.pk)) for row in several] for name, several in rows.items()}
    pairs = [pair for name, several in rows.items() for pair in zip(several, lists[name], strict=True)]
    return Evidence(lists, pairs)


def look_at(row: Row, reading: Reading | None) -> Looked:
    """One row."""
    return look(called(row), row.document, reading, typed_of(row, reading))


def called(row: Row) -> str:
    """What a sentence calls the row."""
    if isinstance(row, Invoice):
        return f"发票 {row}"
    return f"银行回单 {row}" if isinstance(row, Receipt) else f"合同 {row.number}"


def typed_of(row: Row, reading: Reading | None = None) -> dict[str, object]:
    """The typed figures of a row by the names of facts; an invoice that bears two numbers is taken by the one that was read."""
    if isinstance(row, Contract | Receipt):
        return {name: getattr(row, name) for name in (CONTRACT if isinstance(row, Contract) else RECEIPT)}
    kind = InvoiceKind(row.kind).label
    typed: dict[str, object] = {name: getattr(row, name) for name in INVOICE}
    if row.kind in PRINTED and reading is not None:
        code, number = (reading.read.value(name) for name in ("code", "invoice_number"))
        if as_read(code + number) == as_read(row.printed):
            typed |= {"code": code, "invoice_number": number}
    return ({"type": kind} if any(word in kind for word in SAID) else {}) | typed
