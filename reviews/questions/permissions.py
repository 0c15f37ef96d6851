"""Who asks, proposes, answers and accepts: the office in turn on one side, who may hand the case in on the other."""

from records.people import Person
from records.rules import NOT_HERE, RuleBroken
from reviews.models import Question, ReviewedCase
from reviews.permissions import is_reviewer_in_turn

HANDING_IN = "submit"
MOST_OPEN = 5  # questions of one side that wait in one turn


def speaks_for(case: ReviewedCase, user: Person) -> bool:
    """Whether the person may hand the case in, and so answers and accepts in its name; whatever its state."""
    verb = getattr(type(case), HANDING_IN)
    return any(arrow.has_perm(case, user) for arrow in verb._django_fsm.transitions.values())


def may_ask_firm(case: ReviewedCase, user: Person) -> bool:
    """Whether the person asks and proposes in the name of the office in turn."""
    return is_reviewer_in_turn(case, user)


def may_answer(question: Question, case: ReviewedCase, user: Person) -> bool:
    """Whether the person stands on the side that answers."""
    return is_reviewer_in_turn(case, user) if question.is_of_firm else speaks_for(case, user)


def may_ask(case: ReviewedCase, user: Person) -> bool:
    """Whether the person asks the other side; who belongs to the unit is never its office."""
    return speaks_for(case, user) if case.has_member(user) else may_ask_firm(case, user)


def kind_asked_by(case: ReviewedCase, user: Person) -> str:
    """What a question of this person is; RuleBroken for who may ask nothing."""
    if not may_ask(case, user):
        raise RuleBroken(*NOT_HERE)
    return Question.Kind.FIRM if case.has_member(user) else Question.Kind.ASK
