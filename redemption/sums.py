"""What the rows of a claim come to: those that are saved and those that are printed are added up here alone."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple, Protocol


class Paid(Protocol):
    """A contract or a receipt."""

    @property
    def amount(self) -> Decimal:
        """Yuan."""


class Billed(Protocol):
    """An invoice."""

    @property
    def net(self) -> Decimal:
        """Yuan without tax."""

    @property
    def tax(self) -> Decimal:
        """Yuan of tax."""

    @property
    def gross(self) -> Decimal:
        """Yuan with tax."""


class Sums(NamedTuple):
    """Totals in yuan: contracts, invoices (net, tax and gross) and receipts."""

    contract: Decimal
    net: Decimal
    tax: Decimal
    gross: Decimal
    receipts: Decimal


def sums_of(contracts: Iterable[Paid], invoices: Iterable[Billed], receipts: Iterable[Paid]) -> Sums:
    """Add the three lists up."""
    bills = list(invoices)
    return Sums(
        contract=total(row.amount for row in contracts),
        net=total(row.net for row in bills),
        tax=total(row.tax for row in bills),
        gross=total(row.gross for row in bills),
        receipts=total(row.amount for row in receipts),
    )


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The sum, in yuan."""
    return sum(amounts, Decimal(0))
