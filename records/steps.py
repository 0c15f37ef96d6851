"""The one door: every state of every case changes here and nowhere else."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypedDict, TypeVar, Unpack

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django_fsm import Transition, TransitionNotAllowed

from records.about import tell
from records.changes import changes_since, told
from records.doors import door
from records.locks import held_first, hold_row, way_to
from records.models import Case, Document, Event, Trailed
from records.people import Person
from records.rules import NOT_HERE, RuleBroken, StaleCase, require

T = TypeVar("T", bound=Trailed)
C = TypeVar("C", bound=Case)
LAST_LINE = "last line"  # of a case's memory: the line of the trail that its last move wrote
SEEN = re.compile(r"[0-9]{1,9}")


class Words(TypedDict, total=False):
    """What the trail keeps of a step beside who took it and when."""

    note: str
    office: str
    attachments: Iterable[Document]


def seen_in(data: Mapping[str, str]) -> int | None:
    """The version of the case that was on screen, as the form's hidden field `seen` says; None where it says nothing."""
    text = data.get("seen", "")
    return int(text) if SEEN.fullmatch(text) else None


def lock(case: T) -> T:
    """Hold the case, after what it rests on, until the transaction ends; fetch it with what its steps read beside it."""
    with held_first(*way_to(case)):
        return fetch(case)


def fetch(case: T) -> T:
    """Fetch the case as `lock` does, and hold nothing: a copy of one's own, to try a step on."""
    return _beside(case).get(pk=case.pk)


def _beside(case: T) -> QuerySet[T]:
    return type(case)._default_manager.select_related(*case.BESIDE)


def arrow_of(case: Case, step: str) -> Transition | None:
    """The arrow that `step` is in the case's present state, or None."""
    method = getattr(type(case), step, None)
    return method._django_fsm.get_transition(case.state) if method is not None else None


def may_take(case: Case, step: str, by: Person) -> bool:
    """Whether `by` may take the step now, apart from its conditions: the question that buttons ask."""
    arrow = arrow_of(case, step)
    return arrow is not None and arrow.has_perm(case, by)


@door
def take_step(case: C, step: str, *, by: Person, seen: int | None = None, **words: Unpack[Words]) -> C:
    """Lock the case, ask who and when, move it, save it, write the trail; return it as it now stands.

    seen: the version that the person had on screen; StaleCase if the case has moved on since.
    words: `note`, `office`, `attachments` for the trail.
    Raises RuleBroken with one sentence if the state, the person or a condition does not allow the step.
    """
    return move(lock(case), step, by=by, seen=seen, **words)


def move(
    case: C,
    step: str,
    *,
    by: Person,
    seen: int | None = None,
    before_save: Callable[[C], None] | None = None,
    **words: Unpack[Words],
) -> C:
    """Take the step of a case that `lock` has just returned; the rest of `take_step`.

    before_save: what else goes into the row of the moved case, so that it is saved once; it may refuse.
    """
    before = step_in_memory(case, step, by=by, seen=seen)
    if before_save is not None:
        before_save(case)
    case.save()
    case.memory[LAST_LINE] = write(
        case,
        step,
        by=by,
        moved=(before, case.state),
        text=words.get("note", ""),
        office=words.get("office", ""),
        attachments=words.get("attachments", ()),
    )
    return case


def step_in_memory(case: Case, step: str, *, by: Person, seen: int | None = None) -> str:
    """Ask who and when and move the case at hand, but not its row; return the state that it has left.

    Raises as `take_step` does.
    """
    if seen is not None and seen != case.version:
        raise StaleCase(told(changes_since(case, seen)))
    arrow, before = _allowed(case, step, by), str(case.state)
    try:
        getattr(case, step)(by=by)
    except TransitionNotAllowed:
        for condition in arrow.conditions:  # asked again only to find the sentence of the one that does not hold
            require(condition, case)
        raise
    case.version += 1
    return before


def _allowed(case: Case, step: str, by: Person) -> Transition:
    """The arrow of the step; raise RuleBroken if the state has none or the person may not take it."""
    arrow = arrow_of(case, step)
    if arrow is None:
        state = case.get_state_display()
        raise RuleBroken("R-STATE", f"这个事项现在的状态是“{state}”，不能进行这项操作。请打开事项页面查看最新状态。")
    if not arrow.has_perm(case, by):
        raise RuleBroken(*NOT_HERE)
    return arrow


def write(
    case: Trailed,
    step: str,
    *,
    by: Person,
    moved: tuple[str, str] = ("", ""),
    text: str = "",
    office: str = "",
    attachments: Iterable[Document] = (),
    after: Event | None = None,
) -> Event:
    """Add one line to the trail of a case whose row is locked; after: its last line, where that was written just now."""
    tell(case=str(getattr(case, "number", "")), office=office)
    last = after or case.events.order_by("-sequence").first()
    event = Event(
        case_type=ContentType.objects.get_for_model(case),
        case_id=case.pk,
        sequence=last.sequence + 1 if last else 1,
        step=step,
        from_state=moved[0],
        to_state=moved[1],
        actor=by,
        office=office,
        text=text,
        attachments=[document.sha256 for document in attachments],
        previous_hash=last.hash if last else "",
    )
    event.hash = event.digest()
    event.save(force_insert=True)
    return event


def write_each(rows: Sequence[Trailed], step: str, *, by: Person, text: str | Mapping[int, str] = "") -> None:
    """Add a line to the trail of each of these rows of one table, which are held: three questions, however many.

    text: of all of them, or of each by its key.
    """
    if not rows:
        return
    kind = ContentType.objects.get_for_model(rows[0])
    lines = Event.objects.filter(case_type=kind, case_id__in=[row.pk for row in rows])
    last = {line.case_id: line for line in lines.order_by("case_id", "-sequence").distinct("case_id")}
    events = [
        Event(
            case_type=kind,
            case_id=row.pk,
            sequence=last[row.pk].sequence + 1 if row.pk in last else 1,
            step=step,
            actor=by,
            text=text if isinstance(text, str) else text[row.pk],
            previous_hash=last[row.pk].hash if row.pk in last else "",
        )
        for row in rows
    ]
    for event in events:
        event.hash = event.digest()
    Event.objects.bulk_create(events)


@door
def note(case: Trailed, kind: str, *, by: Person, text: str = "") -> Event:
    """Write what happened to a case without moving it: an export, a look at a bank account.

    The case alone is held, for its trail: nothing that it rests on is read.
    """
    return write(hold_row(type(case)._default_manager.all(), case.pk), kind, by=by, text=text)


def chain_holds(case: Trailed) -> bool:
    """Whether no line of the case's trail was changed, added between or taken away."""
    previous = ""
    for number, event in enumerate(case.events.order_by("sequence"), start=1):
        if (event.sequence, event.previous_hash, event.hash) != (number, previous, event.digest()):
            return False
        previous = event.hash
    return True
