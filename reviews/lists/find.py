"""The search in the head of the working frame: every turn that the person may see, open or decided, by the words in its case."""

from typing import Any

from django.db.models import Q

from records.people import Person, PersonRequest
from reviews.lists.columns import COLUMNS
from reviews.lists.filters import ListFilter
from reviews.lists.pages import Page, faces_for, order_of, turns_page
from reviews.lists.scope import ANYWHERE, Scope, scope_of, seats_of
from reviews.models import Office

USUAL = "-opened_at"
SHOWN = {"number", "unit", "kind", "stage", "office", "opened", "ended"}  # columns


class FindFilter(ListFilter):
    """Words alone."""

    names = ()


def finds_cases(user: Person) -> bool:
    """Whether the person looks for cases: whoever is at work at an office that reviews, or at 市科技局."""
    return any(kind != Office.Kind.EXPERT for _, kind, _ in seats_of(user))


def reach_of(user: Person) -> Scope:
    """Where the person may look: at the own offices; 市科技局 everywhere."""
    if any(kind == Office.Kind.MUNICIPAL for _, kind, _ in seats_of(user)):
        return Scope(None, ANYWHERE)
    return scope_of(user, ANYWHERE)


def found_by_words(request: PersonRequest) -> dict[str, Any]:
    """{filter, page, rows, heads} of what the words in the address find; {} for whoever looks for no cases, or typed none."""
    if not request.GET.get("q", "").strip() or not finds_cases(request.user):
        return {}
    found = FindFilter(request.GET, reach_of(request.user), Q())
    if found.form.errors:
        return {"filter": found}
    page = turns_page(request, found, order_of("", USUAL)[1], faces_for(request.user))
    columns = [column for column in COLUMNS if column.key in SHOWN]
    return {"filter": found, "page": page, "rows": Page(page, columns, ""), "columns": columns}
