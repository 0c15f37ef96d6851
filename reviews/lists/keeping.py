"""What the lists read of a turn is kept right wherever a turn opens, closes, is heard by experts or answered (docs/adr/0135)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, Value, When

from reviews.models import Lies, PanelCase, PanelMember, PanelSeat, ReviewedCase, Turn
from reviews.models.listed import ZERO
from reviews.terms import search_text_of


def told(case: ReviewedCase) -> dict[str, Any]:
    """What the lists read of the case, as columns of its turns."""
    return {
        "amount": getattr(case, "asked_amount", ZERO),
        "district": str(getattr(case, "district", None) or ""),
        "category": case.category_name,
        "search_text": search_text(case),
    }


def search_text(case: ReviewedCase) -> str:
    """By what words the case is found."""
    return search_text_of(case.search_words)


def tell_words(case: ReviewedCase, turn: Turn) -> None:
    """Bring the words of all its turns up to date, where a verdict gave the case another one: the number of a voucher."""
    words = search_text(case)
    if words != turn.search_text:
        case.turns.update(search_text=words)


def lay_closed(turn: Turn, step: str, state: str) -> None:
    """The turn was closed by the step, which brought the case to the state; not saved."""
    row = turn.kind.model.STATES.get(state)
    turn.ended_by = step
    turn.lies = Lies.RETURNED if row is not None and row.returned else Lies.DONE


def lay_answered(case: ReviewedCase) -> None:
    """What was returned lies with the applicant no more: he has answered, or the case has ended."""
    case.turns.filter(lies=Lies.RETURNED).update(lies=Lies.DONE)


def lay_heard(turn: Turn) -> None:
    """A turn with a group lies with its experts as long as one owes a word and no seat is empty."""
    lay_all_heard([turn])


def lay_all_heard(turns: Sequence[Turn]) -> None:
    """The same of many turns, and of those whose group has been asked and has not begun; one statement."""
    held = Turn.objects.filter(pk__in=[turn.pk for turn in turns])
    seats = PanelSeat.objects.filter(turn=OuterRef("pk"))
    waits = Q(Exists(seats.active().filter(given_at=None))) & ~Q(Exists(seats.vacant()))
    asked = PanelCase.objects.filter(turn=OuterRef("pk"), is_out=False, panel__begun_at=None, panel__ended_at=None)
    empty = PanelMember.objects.vacant().filter(panel=OuterRef("panel"))
    waits |= Q(Exists(asked.exclude(Exists(empty))))
    held.update(lies=Case(When(waits, then=Value(Lies.EXPERTS)), default=Value(Lies.DESK)))
