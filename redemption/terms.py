"""The keys and parties of a claim's rows: what a mended claim may change without going back to 区初审 (ADR 0071, 0145)."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from reviews.marks import marked_keys

if TYPE_CHECKING:  # whose rows they are
    from redemption.models import Claim

Key = list[str]
KEYS: dict[str, Callable[[Any], Key]] = {  # name of a list → what is watched of a row
    "contracts": lambda row: [row.number, row.party_a, row.party_b],
    "invoices": lambda row: [row.code, row.invoice_number, row.seller, row.buyer],
    "receipts": lambda row: [row.payer_account, row.serial, row.payer, row.payee],
}
OF = "of_"  # and the name of a list: what the terms call its keys


def keys_of(rows: Mapping[str, Iterable[Any]]) -> dict[str, list[Key]]:
    """The keys of each list, in an order that tells nothing; rows: by the names of the lists."""
    return {f"{OF}{name}": sorted(map(key, rows[name])) for name, key in KEYS.items()}


def is_asked_for(claim: "Claim", term: str, marks: Collection[str]) -> bool:
    """Whether the return with these marks has asked for the change: it marked the list, or every row that differs."""
    name = term.removeprefix(OF)
    if name not in KEYS or not term.startswith(OF):
        return False
    return name in marks or only_marked(claim, name, claim.submitted_terms[term], marked_keys(marks, name))


def only_marked(claim: "Claim", name: str, before: list[Key], marked: frozenset[str]) -> bool:
    """Whether each row beside the marked ones stood there before, and nothing has gone but what was marked.

    before: the keys of the list as they were last handed in.
    """
    others = Counter(tuple(KEYS[name](row)) for row in getattr(claim, name).all() if str(row.pk) not in marked)
    kept = Counter(map(tuple, before))
    return not others - kept and (kept - others).total() <= len(marked)
