"""Ten layouts by somebody who had not seen the reader, five papers of each: from the issue and domain.md §6 alone (docs/papers.md)."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from weasyprint import HTML

from tests.papers.blind import contracts, invoices, receipts, values

Facts = values.Invoice | values.Receipt | values.Contract

LAYOUTS: dict[Callable[[Any], str], Callable[[int], Facts]] = {
    invoices.bureau_special: values.invoice,
    invoices.old_electronic: partial(values.invoice, coded=True),
    invoices.billing_cloud: values.invoice,
    invoices.taxi_desk: partial(values.invoice, coded=True),
    receipts.city_bank: values.receipt,
    receipts.building_bank: values.receipt,
    receipts.merchant_bank: values.receipt,
    receipts.village_bank: values.receipt,
    contracts.with_cover: values.contract,
    contracts.short_form: values.contract,
}


def papers() -> Iterator[tuple[str, Facts, bytes]]:
    """Each paper with its layout's name, what it states, and its PDF."""
    for layout, stated in LAYOUTS.items():
        for turn in range(values.ROUNDS):
            facts = stated(turn)
            yield layout.__name__, facts, HTML(string=layout(facts)).write_pdf()
