"""The message of a decision that waits to be confirmed: in the reviewer's session, so that 返回 and a reload show it again."""

from typing import Any, NamedTuple

from django.http import HttpResponse, QueryDict

from records.once import ASIDE, FIELD
from records.people import PersonRequest
from records.rules import StaleCase
from records.steps import seen_in
from reviews.models import ReviewedCase, Turn
from reviews.worklist import way_of
from ui.autosave import NotYetSent

KEY = "letters"  # in the session: the key of the turn → what waits
MOST = 5  # decisions that one person reads once more at the same time
FRAME = ASIDE | {FIELD, "previewed"}


class Waiting(NamedTuple):
    """A decision as it was typed, its message, and the mark by which it is confirmed."""

    data: QueryDict
    letter: str
    previewed: str


def show(request: PersonRequest, turn: Turn, letter: str, previewed: str) -> HttpResponse:
    """Keep the decision that this POST brings, and lead to the page that shows its message."""
    typed = request.POST.copy()
    for name in FRAME & set(typed):
        del typed[name]
    others = [(key, kept) for key, kept in request.session.get(KEY, {}).items() if key != str(turn.pk)]
    request.session[KEY] = dict([*others, (str(turn.pk), [typed.urlencode(), letter, previewed])][-MOST:])
    way = way_of(request.GET)
    return NotYetSent(f"{turn.get_absolute_url()}{way}{'&' if way else '?'}letter=1#decision")


def waiting_in(request: PersonRequest, turn: Turn) -> Waiting | None:
    """The decision of the turn that the person has not confirmed yet."""
    kept = request.session.get(KEY, {}).get(str(turn.pk))
    return Waiting(QueryDict(kept[0]), *kept[1:]) if kept else None


def shown(waiting: Waiting, case: ReviewedCase) -> dict[str, Any]:
    """What the page shows of it; where the case has moved on since, why the message does not go as it is."""
    if seen_in(waiting.data) != case.version:
        return {"refusal": StaleCase()}
    return {"letter": waiting.letter, "previewed": waiting.previewed}


def forget(request: PersonRequest, turn: Turn) -> None:
    """Nothing waits: the decision was taken."""
    if request.session.get(KEY, {}).pop(str(turn.pk), None):
        request.session.modified = True
