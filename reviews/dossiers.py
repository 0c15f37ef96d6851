"""What a case shows to those who read it: each app tells it once, for its own page and for the review desk."""

from collections.abc import Callable
from typing import Any

Dossier = dict[str, Any]
Teller = Callable[[Any, Any], Dossier]
DOSSIERS: dict[type, Teller] = {}
EMPTY: Dossier = {"sections": [], "tables": [], "documents": [], "findings": [], "warnings": []}


def dossier_of(model: type) -> Callable[[Teller], Teller]:
    """Name what a case of the model shows: `f(case, user) -> dict` with any of these keys.

    sections: [(title, [(label, value, kind)])] for components/field_list.html.
    tables: [{title, head: [label], rows: [[(value, kind)]], foot: [(value, kind)], note}], the row lists.
    documents: [Document], in the order in which they are read.
    findings: [{tone: ok|warn|bad|todo, text, detail}] for components/checks.html.
    warnings: [sentence], what every reviewer must see; never shown to the applicant.
    marks: [(name, label)] that a return may name beside the fields and tables shown.
    limit: yuan that the body may lower, where it may; limit_label: what the amount is called.
    """

    def register(function: Teller) -> Teller:
        DOSSIERS[model] = function
        return function

    return register


def tell(case: Any, user: Any) -> Dossier:
    """The case's dossier with every key present; empty lists where the app tells nothing."""
    teller = DOSSIERS.get(type(case))
    return {**EMPTY, **(teller(case, user) if teller else {})}


NOT_TYPED = {  # fixed by the case itself or set by offices
    "unit", "account_name", "approved_amount", "redeemed_amount", "final_amount", "voucher_number", "use_by", "redeem_by",
    "pledged_at", "pledge_version",
}  # fmt: skip


def mark_choices(case: Any, dossier: Dossier) -> list[tuple[str, str]]:
    """(name, label) of everything that a return may ask to correct: the applicant's own fields, then the row lists."""
    own = {str(field.verbose_name): field.name for field in case._meta.fields if field.name not in NOT_TYPED}
    labels = dict.fromkeys(label for _, rows in dossier["sections"] for label, *_ in rows)
    fields = [(own[label], label) for label in labels if label in own]
    return [*fields, *dossier.get("marks", []), *((table["title"], table["title"]) for table in dossier["tables"])]
