"""What a list of the desk shows: its rows, its tabs, the person's columns and views."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, OuterRef, Subquery, TextField, prefetch_related_objects
from django.db.models.functions import Cast
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from records.kinds import own_cases
from records.people import Person, PersonRequest
from reviews.lists.columns import Column, columns_of, field_of, heads_of, rows_html
from reviews.lists.filters import ListFilter
from reviews.lists.picked import picked_in
from reviews.lists.scope import OPEN, counts_of, seats_of
from reviews.lists.services import asked_by
from reviews.models import ListColumns, Rest, SavedView, Turn
from reviews.questions.reading import with_questions
from ui.deep import DeepPage, deep_page_of
from ui.paging import MOST
from ui.spans import Merged, RowOrder


class Together(Func):
    """Several texts as one value."""

    template = "ARRAY[%(expressions)s]"
    output_field = ArrayField(TextField())


OWED = ("owed_by", "owed_late", "awaited_by", "awaited_late")  # of `with_questions`
UNSIGNED = Subquery(Rest.objects.unsigned().filter(turn=OuterRef("pk")).values("reviewer__name")[:1])
Faces = Callable[[list[Turn]], Sequence[Turn]]


@dataclass(frozen=True)
class Page:
    """A page of turns as a list draws it."""

    rows: DeepPage
    columns: Sequence[Column]
    way: str
    picked: frozenset[int] | None = None  # keys of those that are ticked; None where none can be

    @property
    def html(self) -> SafeString:
        """Its rows."""
        return rows_html(self.rows, self.columns, self.way, picked=self.picked)


def order_of(sort: str, usual: str, name: str = "turn_list") -> tuple[str, RowOrder]:
    """(the order as the address says it, the order): the usual one where the list `name` has no such order."""
    said = sort if field_of(sort.removeprefix("-"), name) else usual
    field = field_of(said.removeprefix("-"), name)
    return said, RowOrder((field or said.removeprefix("-"), "id"), descending=said.startswith("-"))


def turns_page(request: PersonRequest, found: ListFilter, order: RowOrder, faces: Faces) -> DeepPage:
    """The asked page of what was found: few are sorted, of many the index of each part is read."""

    def merged() -> Merged | None:
        arms = found.reach.arms(found.in_plenty())
        if len(arms) == 1:
            return None
        counts = counts_of(arms) if found.selects else []
        return Merged(arms, order, frozenset(place for place, many in enumerate(counts) if many <= MOST))

    return deep_page_of(request, found.qs, order, faces, dense=found.in_plenty, chain=merged, key=found.key)


def faces_for(user: Person) -> Faces:
    """Gives turns what their rows show beside their own columns: the office, how far a group of experts is, who owes an answer."""

    def faces(turns: list[Turn]) -> list[Turn]:
        prefetch_related_objects(turns, "office")
        lying = [turn.pk for turn in turns if turn.lies in OPEN]
        rows = Turn.objects.filter(pk__in=lying).with_group(hidden=own_cases(user))
        found: dict[int, Any] = (
            {row.pk: row for row in with_questions(rows).annotate(decided_by=UNSIGNED).only("pk")} if lying else {}
        )
        for turn in turns:
            if turn.pk in found:
                vars(turn)["group"] = found[turn.pk].seated, found[turn.pk].spoken
                vars(turn).update({name: getattr(found[turn.pk], name) for name in (*OWED, "decided_by")})
        return turns

    return faces


def list_page(
    request: PersonRequest, name: str, found: ListFilter, usual: str, way: str = "", **more: Any
) -> HttpResponse:
    """One of the lists. name: of its address; usual: its order; way: what the addresses of its cases carry."""
    sort, order = order_of(request.GET.get("sort", ""), usual, name)
    page = turns_page(request, found, order, faces_for(request.user))
    chosen, views = set_up(request.user, name, request.GET)
    columns, tab = columns_of(name, chosen), more.get("tab")
    picks = tab is not None and tab.is_work and tab.picks
    shown = [column for column, is_shown in columns if is_shown]
    context = {
        "filter": found,
        "page": page,
        "rows": Page(page, shown, way, picked_in(request.GET) if picks else None),
        "picks": picks,
        "heads": heads_of(shown, sort, name),
        "columns": columns,
        "list": name,
        "has_desk": bool(seats_of(request.user)),
        "views": views,
        "asked": asked_by(request.GET.urlencode()),
    }
    return render(request, "reviews/lists/turn_list.html", context | more)


def set_up(user: Person, name: str, query: QueryDict) -> tuple[list[str] | None, list[dict[str, Any]]]:
    """(the columns that the person has chosen for the list, None where he has not; [{label, url, active}] of his views of it)."""
    views = SavedView.objects.filter(user=OuterRef("pk"), page=name).values(
        told=Together(Cast("pk", TextField()), "name", "query")
    )
    columns = ListColumns.objects.filter(user=OuterRef("pk"), page=name).values("columns")
    asked: Any = get_user_model().objects.filter(pk=user.pk).values_list(Subquery(columns), ArraySubquery(views))
    (chosen, kept), here = asked.get(), asked_by(query.urlencode())
    shown = [(called, reverse("view_open", args=[pk]), asks == here) for pk, called, asks in kept]
    return chosen, [{"label": label, "url": url, "active": active} for label, url, active in shown]
