"""The way from a sum in the strip of the desk to the paper that says it."""

from papers.evidence import Line, way
from redemption.checks import Papers
from redemption.findings.looked import NOUNS, looked_at
from redemption.models import Claim

SUMMED = {"invoices": "gross", "receipts": "amount", "contracts": "amount"}  # list → the figure that its sum is made of


def ways_to_sums(claim: Claim, papers: Papers) -> dict[str, Line | None]:
    """List → the place where a reader found the first figure of its sum, else its first paper; None for a list without rows."""
    lists = looked_at(claim, papers).lists
    found: dict[str, Line | None] = dict.fromkeys(NOUNS)
    for name, looked in lists.items():
        facts = [(one, figure.fact) for one in looked for figure in one.figures if figure.name == SUMMED[name]]
        placed = [way(one.paper, fact) for one, fact in facts if fact is not None and fact.place.page]
        found[name] = next(iter(placed), way(looked[0].paper) if looked else None)
    return found
