"""The list in which a reviewer works: what stands in it, and which case opens when one is decided."""

import re
from typing import cast

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.http import QueryDict

from records.kinds import own_cases
from records.people import Person
from reviews.forms import verdicts_for
from reviews.lists.filters import ListFilter
from reviews.lists.pages import order_of
from reviews.lists.tabs import work_of
from reviews.models import Opinion, Turn
from reviews.querysets import TurnQuerySet
from ui.spans import RowOrder

SKIP = "skip"  # the keys of the turns that were skipped, joined by points
SKIPPED = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})*")
MOST_SKIPPED = 50  # the latest; an address is no store
NAMES = (
    "tab",
    *ListFilter.names,
    "q",
    "sort",
    SKIP,
)  # what the address of a case carries of the list that it was opened from
TRIED = 20  # cases that are looked at for one that can be decided


def way_of(query: QueryDict) -> str:
    """The list's own part of an address, with its question mark; "" where all of the inbox is shown."""
    kept = QueryDict(mutable=True)
    for name in NAMES:
        value = query.get(name, "")
        if value:
            kept[name] = value
    return f"?{kept.urlencode()}" if kept else ""


def skipped_in(query: QueryDict) -> list[int]:
    """The keys of the turns that were skipped on the way through the list; nothing of a part that is no list of keys."""
    said = query.get(SKIP, "")
    return [int(key) for key in said.split(".")][-MOST_SKIPPED:] if SKIPPED.fullmatch(said) else []


def skipping(query: QueryDict, turn: Turn) -> QueryDict:
    """The address of the list once this turn is skipped, too."""
    following = query.copy()
    keys = [key for key in skipped_in(query) if key != turn.pk]
    following[SKIP] = ".".join(map(str, [*keys, turn.pk][-MOST_SKIPPED:]))
    return following


def from_the_start(query: QueryDict) -> QueryDict:
    """The address of the list with nothing skipped."""
    afresh = query.copy()
    afresh.pop(SKIP, None)
    return afresh


def listed(user: Person, query: QueryDict) -> tuple[TurnQuerySet, RowOrder]:
    """(the turns that the list shows, in no order; its order)."""
    tab = work_of(query)
    found = ListFilter(query, tab.scope(user), tab.narrowed(user), to_show=False)
    _, order = order_of(query.get("sort", ""), tab.sort)
    return cast("TurnQuerySet", found.qs), order


def worklist(user: Person, query: QueryDict) -> TurnQuerySet:
    """The open turns of the person's offices that the list shows, in its order."""
    turns, order = listed(user, query)
    return cast("TurnQuerySet", order.sorted(turns))


def following(turn: Turn, user: Person, query: QueryDict) -> Turn | None:
    """The case of the list that the person can decide after this one, past the end from the first on; None if there is none.

    A case whose experts are still at work allows no verdict; what was skipped, what a colleague has and what is put aside
    is passed over.
    """
    turns, order = listed(user, query)
    rows = (
        turns.exclude(pk__in=[turn.pk, *skipped_in(query)])
        .exclude(own_cases(user))
        .exclude(Exists(words_elsewhere(user)))
    )
    if work_of(query).picks:  # what waits for a second person is nobody's to claim, and rests
        rows = rows.not_held_by_others(user).not_put_aside().not_resting()
    key = tuple(getattr(turn, column) for column in order.columns)
    laps = [order.beyond(rows.annotate(lap=Value(0)), key), order.sorted(rows.annotate(lap=Value(1)))]
    tried = laps[0][:TRIED].union(laps[1][:TRIED], all=True).order_by("lap", *order.names(backwards=False))
    return next((row for row in tried if verdicts_for(row.case)), None)


def words_elsewhere(user: Person) -> QuerySet[Opinion]:
    """What the person has said at another stage of the case of a turn (`objection_to`)."""
    said = Opinion.objects.filter(
        reviewer=user, turn__case_type=OuterRef("case_type"), turn__case_id=OuterRef("case_id")
    )
    return said.exclude(turn__state=OuterRef("state"))
