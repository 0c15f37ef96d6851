"""The message of a decision before it goes: beside the form, and without script on a page of its own.

What waits on that page stands in the reviewer's session, so that 返回 and a reload show it again.
"""

from typing import Any, NamedTuple

from django.http import HttpResponse, QueryDict

from records.once import ASIDE, FIELD
from records.people import Person, PersonRequest
from records.rules import RuleBroken, StaleCase
from records.steps import seen_in
from reviews.forms import OpinionForm
from reviews.models import ReviewedCase, Turn
from reviews.preview import Letter, preview_letter
from reviews.worklist import way_of
from ui.autosave import NotYetSent

KEY = "letters"  # in the session: the key of the turn → what waits
MOST = 5  # decisions that one person reads once more at the same time
FRAME = ASIDE | {FIELD}


class Waiting(NamedTuple):
    """A decision as it was typed, and its message."""

    data: QueryDict
    letter: Letter


def told(turn: Turn, form: OpinionForm, *, by: Person, seen: int | None) -> dict[str, Any]:
    """What is said of the decision as it stands: its `letter`, or `problems` in sentences and the `refusal` among them.

    Nothing of either before a result is chosen.
    """
    if not form.data.get("verdict"):
        return {}
    if not turn.is_open:
        return refused(StaleCase())
    if not form.is_valid():
        return {"problems": list(dict.fromkeys(sentence for field in form.errors.values() for sentence in field))}
    try:
        return {"letter": preview_letter(turn, by=by, seen=seen, **form.said)}
    except RuleBroken as refusal:
        return refused(refusal)


def refused(refusal: RuleBroken) -> dict[str, Any]:
    """The step that the decision takes would be refused."""
    return {"problems": [refusal.sentence], "refusal": refusal}


def show(request: PersonRequest, turn: Turn, letter: Letter) -> HttpResponse:
    """Keep the decision that this POST brings, and lead to the page that shows its message."""
    typed = request.POST.copy()
    for name in FRAME & set(typed):
        del typed[name]
    others = [(key, kept) for key, kept in request.session.get(KEY, {}).items() if key != str(turn.pk)]
    request.session[KEY] = dict([*others, (str(turn.pk), [typed.urlencode(), *letter])][-MOST:])
    way = way_of(request.GET)
    return NotYetSent(f"{turn.get_absolute_url()}{way}{'&' if way else '?'}letter=1#decision")


def waiting_in(request: PersonRequest, turn: Turn) -> Waiting | None:
    """The decision of the turn that the person has looked at and not sent yet."""
    kept = request.session.get(KEY, {}).get(str(turn.pk))
    return Waiting(QueryDict(kept[0]), Letter(*kept[1:])) if kept else None


def shown(letter: Letter, data: QueryDict, case: ReviewedCase) -> dict[str, Any]:
    """What the page shows of it; where the case has moved on since, why the message does not go as it is."""
    return {"letter": letter} if seen_in(data) == case.version else {"refusal": StaleCase()}


def forget(request: PersonRequest, turn: Turn) -> None:
    """Nothing waits: the decision was taken."""
    if request.session.get(KEY, {}).pop(str(turn.pk), None):
        request.session.modified = True
