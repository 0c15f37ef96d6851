"""What a line of the trail shows: who, what, at which office, when, of which matter, and whether its hash holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from records.admin import state_label
from records.labels import label_of
from records.models import Case, Event

CALLED = ("number", "name", "title")  # the column by which a thing with a trail is called, the first that it has


@dataclass(frozen=True)
class Line:
    """One line as it is read."""

    event: Event
    matter: str
    is_case: bool
    holds: bool  # its own hash, and that of the line before it

    @property
    def kind(self) -> str:
        """What sort of thing it is about."""
        return str(self.event.case_type.name)

    @property
    def action(self) -> str:
        """The act, as its kind calls it."""
        return label_of(self.event)

    @property
    def before(self) -> str:
        """The state that was left."""
        return state_label(self.event, self.event.from_state)

    @property
    def after(self) -> str:
        """The state that was reached."""
        return state_label(self.event, self.event.to_state)

    @property
    def seal(self) -> str:
        """Whether anything was changed, in words."""
        return "完整" if self.holds else "不符"


def faces(rows: Sequence[Event]) -> list[Line]:
    """The lines with these keys, in their order: one question for them, one for what they are about."""
    before = Event.objects.filter(
        case_type=OuterRef("case_type"), case_id=OuterRef("case_id"), sequence=OuterRef("sequence") - 1
    )
    found = Event.objects.filter(pk__in=[row.pk for row in rows]).select_related("actor", "case_type")
    events = found.annotate(hash_before=Subquery(before.values("hash")[:1])).in_bulk()
    shown = [events[row.pk] for row in rows]
    names = called(shown)
    return [
        Line(
            event,
            names.get((event.case_type_id, event.case_id), str(event.case_id)),
            issubclass(event.case_type.model_class() or object, Case),
            holds(event),
        )
        for event in shown
    ]


def holds(event: Event) -> bool:
    """Whether the line is as it was written, and stands behind the line that it names."""
    before = vars(event)["hash_before"] or ""
    return event.digest() == event.hash and event.previous_hash == before


def called(events: Sequence[Event]) -> dict[tuple[int, int], str]:
    """(type, key) of what the lines are about → its number or name."""
    keys: dict[int, set[int]] = {}
    for event in events:
        keys.setdefault(event.case_type_id, set()).add(event.case_id)
    asked = [rows for key, own in keys.items() if (rows := names_of(key, own)) is not None]
    if not asked:
        return {}
    first, *others = asked
    return {(kind, pk): str(name) for kind, pk, name in first.union(*others, all=True)}


def names_of(key: int, keys: set[int]) -> QuerySet[Any] | None:
    """(type, key, what it is called) of these rows of one table; None where it has no name."""
    model: Any = ContentType.objects.get_for_id(key).model_class()
    columns = {field.name for field in model._meta.concrete_fields} if model else set()
    column = next((name for name in CALLED if name in columns), None)
    if column is None:
        return None
    rows = model._default_manager.filter(pk__in=keys).order_by()
    named = rows.annotate(of_type=Value(key), of_key=F("pk"), called=Cast(column, CharField()))
    chosen: QuerySet[Any] = named.values_list("of_type", "of_key", "called")
    return chosen
