"""The message that a verdict would send, from a copy of the case in memory: nothing is locked, numbered or written."""

from typing import NamedTuple, Unpack

from notifications.services import compose
from records.kinds import kind_for
from records.people import Person
from records.rules import StaleCase
from records.steps import fetch, step_in_memory
from reviews.claims.permissions import check_free_for
from reviews.kinds import kind_of_review
from reviews.models import Opinion, ReviewedCase, Turn, Verdict
from reviews.notices import applicants
from reviews.services import DESK, Said, letter_words, new_turn, next_round, opinion_of, read_seats

NOBODY = "申请单位没有成员会收到消息。"


class Letter(NamedTuple):
    """A message, subject first, and whom it reaches on which way."""

    text: str
    to: str


def preview_letter(turn: Turn, *, by: Person, seen: int | None = None, **said: Unpack[Said]) -> Letter:
    """The applicant's message; where the verdict sends him none, its bare result, which reaches nobody.

    Takes and raises what `give_opinion` takes and raises.
    """
    turn = Turn.objects.select_related(*DESK).get(pk=turn.pk)
    if not turn.is_open:
        raise StaleCase
    check_free_for(turn, by)
    return letter_of(turn, by=by, seen=seen, **said)


def letter_of(turn: Turn, *, by: Person, seen: int | None = None, **said: Unpack[Said]) -> Letter:
    """The same of an open turn, whoever has it."""
    case = fetch(turn.case)
    read_seats(case, turn)
    opinion, kind = opinion_of(turn, by=by, **said), kind_of_review(case)
    step_in_memory(case, Verdict(opinion.verdict).value, by=by, seen=seen)
    kind.weigh(case, opinion)
    kind.foretell(case, opinion)
    if case.state in case.TURN:
        case.latest_turns = {case.version: new_turn(case, case.turn_office(), next_round(case))}
    return letter_to_applicants(case, opinion) or Letter(f"{turn.stage}：{Verdict(opinion.verdict).label}", NOBODY)


def letter_to_applicants(case: ReviewedCase, opinion: Opinion) -> Letter | None:
    """The first notice of the case's state that somebody of its unit gets."""
    people = {person.pk for person in applicants(case)}
    for kind in kind_for(case).notices.get(case.state, ()):
        reached = [person for person in kind.recipients(case) if person.is_active and person.pk in people]
        if reached:
            subject, body = compose(kind, case, **letter_words(case, opinion))
            mails = sum(bool(person.proved_email) for person in reached) if kind.by_mail else 0
            return Letter(f"{subject}\n\n{body}", ways_to(case.unit_name, len(reached), mails))
    return None


def ways_to(unit: str, people: int, mails: int) -> str:
    """How many people of the unit read the message in the portal, and how many get it by mail."""
    return f"发给{unit}：站内消息 {people} 人" + (f"，邮件 {mails} 人" if mails else "")
