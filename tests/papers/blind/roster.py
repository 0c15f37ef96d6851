"""Ten layouts by somebody who had not seen the reader, five papers of each: from the issue and domain.md §6 alone (docs/papers.md)."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.papers.blind import contracts, invoices, receipts, values
from tests.papers.corpus import BLIND, Paper
from tests.papers.printed import printed

Stated = values.Invoice | values.Receipt | values.Contract
Layout = Callable[[Any], str]
CODED = partial(values.invoice, coded=True)
LAYOUTS: tuple[tuple[Layout, Callable[[int], Stated], str], ...] = (
    (invoices.bureau_special, values.invoice, "digital"),
    (invoices.old_electronic, CODED, "vat"),
    (invoices.billing_cloud, values.invoice, "digital"),
    (invoices.taxi_desk, CODED, "vat"),
    (receipts.city_bank, values.receipt, "receipt"),
    (receipts.building_bank, values.receipt, "receipt"),
    (receipts.merchant_bank, values.receipt, "receipt"),
    (receipts.village_bank, values.receipt, "receipt"),
    (contracts.with_cover, values.contract, "contract"),
    (contracts.short_form, values.contract, "contract"),
)
NAMES = {  # as these papers call a fact → as the reader does, by the kind of paper
    values.Invoice: {
        "number": "invoice_number",
        "day": "issued_on",
        "seller_id": "seller_tax_id",
        "buyer_id": "buyer_tax_id",
    },
    values.Receipt: {"day": "paid_on"},
    values.Contract: {"day": "signed_on", "starts": "valid_from", "ends": "valid_until"},
}
ASKED_OF_NOBODY = {"rate", "service", "payer_bank", "payee_bank"}
TYPES = {"bureau_special": "专用", "old_electronic": "普通", "billing_cloud": "普通", "taxi_desk": "专用"}
CHECK_CODES = {"old_electronic": "02418567008427471889"}


def papers(many: int = values.ROUNDS) -> Iterator[Paper]:
    """So many papers of each layout with what they state, in the reader's names."""
    for layout, stated, kind in LAYOUTS:
        for turn in range(many):
            facts = stated(turn)
            truth = _truth(layout.__name__, facts)
            yield Paper(BLIND, layout.__name__, kind, "pdf", truth, truth, partial(_drawn, layout, facts))


def _drawn(layout: Layout, facts: Stated) -> bytes:
    return printed(layout(facts))


def _truth(layout: str, facts: Stated) -> dict[str, str]:
    names = NAMES[type(facts)]
    said = {names.get(name, name): str(value) for name, value in facts._asdict().items() if name not in ASKED_OF_NOBODY}
    more = {"type": TYPES.get(layout, ""), "check_code": CHECK_CODES.get(layout, "")}
    return {name: value for name, value in (said | more).items() if value}
