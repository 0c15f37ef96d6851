"""What the page of a decision for many shows before it is confirmed: phrases that fit each of them, the message of the first."""

from typing import Any

from records.people import Person
from records.rules import RuleBroken
from reviews.bulk.forms import BulkForm
from reviews.models import BulkDecision, BulkLine, Turn, Verdict
from reviews.phrases.pages import Offered, offered_to_many
from reviews.preview import preview_letter


def first_of(decision: BulkDecision) -> BulkLine | None:
    """The first of its turns; None where their cases have gone."""
    return decision.lines.select_related("turn").order_by("pk").first()


def phrases_for(decision: BulkDecision, user: Person) -> list[Offered]:
    """What may be said to all of them, word for word."""
    turn = Turn(office=decision.office, case_type=decision.case_type, state=decision.state)
    return offered_to_many(turn, user)


def letter_of_first(decision: BulkDecision, form: BulkForm, user: Person) -> dict[str, Any]:
    """For templates/reviews/letter.html: the `letter` that the first of them would get, or `problems`; nothing without a result."""
    line = first_of(decision)
    if line is None or not form.data.get("verdict"):
        return {}
    if not form.is_valid():
        return {"problems": [sentence for field in form.errors.values() for sentence in field]}
    said = form.cleaned_data
    try:
        letter = preview_letter(line.turn, by=user, seen=line.seen, verdict=Verdict(said["verdict"]), text=said["text"])
    except RuleBroken as refusal:
        return {"problems": [refusal.sentence]}
    return {"letter": letter}
