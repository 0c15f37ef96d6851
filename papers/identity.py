"""Which paper it is, by what it says of itself: however its number was typed, it is one paper."""

from papers.facts import Facts, Kind
from ui.keys import as_read

NUMBERS = {  # the names whose values together tell one paper from all others
    Kind.DIGITAL: ("invoice_number",),
    Kind.VAT: ("code", "invoice_number"),
    Kind.RECEIPT: ("payer_account", "serial"),
}


def identity_of(facts: Facts) -> str:
    """The key of the paper as a reader compares it (`ui/keys.py`); "" where it was not read whole, or the kind has none."""
    said = [facts.value(name) for name in NUMBERS.get(facts.kind, ())]
    return as_read("".join(said)) if said and all(said) else ""
