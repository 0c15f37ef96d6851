"""The message that a verdict would send, from a copy of the case in memory: nothing is locked, numbered or written."""

from typing import Unpack

from notifications.services import compose
from records.kinds import kind_for
from records.people import Person
from records.rules import StaleCase
from records.steps import fetch, step_in_memory
from reviews.kinds import kind_of_review
from reviews.models import Opinion, ReviewedCase, Turn, Verdict
from reviews.notices import applicants
from reviews.services import Said, letter_words, new_turn, next_round, opinion_of, read_seats


def preview_letter(turn: Turn, *, by: Person, seen: int | None = None, **said: Unpack[Said]) -> str:
    """The applicant's message, subject first; "" if the verdict sends him none.

    Takes and raises what `give_opinion` takes and raises.
    """
    turn = Turn.objects.select_related("office").get(pk=turn.pk)
    if not turn.is_open:
        raise StaleCase
    case = fetch(turn.case)
    read_seats(case, turn)
    opinion, kind = opinion_of(turn, by=by, **said), kind_of_review(case)
    step_in_memory(case, Verdict(opinion.verdict).value, by=by, seen=seen)
    kind.weigh(case, opinion)
    kind.foretell(case, opinion)
    if case.state in case.TURN:
        case.latest_turns = {case.version: new_turn(case, case.turn_office(), next_round(case))}
    return letter_to_applicants(case, opinion)


def letter_to_applicants(case: ReviewedCase, opinion: Opinion) -> str:
    """The first notice of the case's state that somebody of its unit gets."""
    people = {person.pk for person in applicants(case)}
    for kind in kind_for(case).notices.get(case.state, ()):
        if any(person.pk in people and person.is_active for person in kind.recipients(case)):
            subject, body = compose(kind, case, **letter_words(case, opinion))
            return f"{subject}\n\n{body}"
    return ""
