"""The list in which a reviewer works: what stands in it, and which case opens when one is decided."""

import re
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.http import QueryDict

from records.kinds import own_cases
from records.people import Person
from reviews.filters import TurnFilter
from reviews.forms import verdicts_for
from reviews.models import Opinion, Turn
from reviews.querysets import TurnQuerySet

SORTS = ("due_on", "-due_on", "opened_at", "-opened_at")  # the first unless another is asked for
SKIP = "skip"  # the keys of the turns that were skipped, joined by points
SKIPPED = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})*")
MOST_SKIPPED = 50  # the latest; an address is no store
NAMES = (
    *TurnFilter.Meta.fields,
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


def sort_of(query: QueryDict) -> str:
    """The order of the list."""
    wanted = query.get("sort", "")
    return wanted if wanted in SORTS else SORTS[0]


def inbox(user: Person) -> TurnQuerySet:
    """The open turns of the person's offices."""
    return Turn.objects.visible_to(user).open().select_related("office", "case_type")


def worklist(user: Person, query: QueryDict) -> TurnQuerySet:
    """Those of them that the list shows, in its order."""
    turns: TurnQuerySet = TurnFilter(query, inbox(user).order_by(sort_of(query), "pk")).qs
    return turns


def following(turn: Turn, user: Person, query: QueryDict) -> Turn | None:
    """The case of the list that the person can decide after this one, past the end from the first on; None if there is none.

    A case whose experts are still at work allows no verdict; what was skipped, what a colleague has and what is put aside
    is passed over.
    """
    sort, rows = sort_of(query), worklist(user, query).exclude(pk__in=[turn.pk, *skipped_in(query)])
    rows = rows.not_held_by_others(user).not_put_aside()
    rows = rows.exclude(own_cases(user)).exclude(Exists(words_elsewhere(user)))
    rows = rows.annotate(lap=Case(When(beyond(turn, sort), then=0), default=1)).order_by("lap", sort, "pk")
    return next((row for row in rows[:TRIED] if verdicts_for(row.case)), None)


def words_elsewhere(user: Person) -> QuerySet[Opinion]:
    """What the person has said at another stage of the case of a turn (`objection_to`)."""
    said = Opinion.objects.filter(
        reviewer=user, turn__case_type=OuterRef("case_type"), turn__case_id=OuterRef("case_id")
    )
    return said.exclude(turn__state=OuterRef("state"))


def beyond(turn: Turn, sort: str) -> Q:
    """Condition on turns: they stand below this one in the order."""
    name, step = sort.removeprefix("-"), "lt" if sort.startswith("-") else "gt"
    value: Any = getattr(turn, name)
    return Q(**{f"{name}__{step}": value}) | Q(**{name: value, "pk__gt": turn.pk})
