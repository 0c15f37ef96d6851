"""News of questions and proposals: each leads to the page on which it is answered."""

from django.db.models import QuerySet

from notifications.kinds import Kind
from notifications.matters import ARRIVALS, DEADLINES, PROGRESS, VERDICTS
from records.people import Person
from reviews.models import Question
from reviews.notices import applicants, unconcerned


def firm(question: Question) -> QuerySet[Person]:
    """Everybody of the unit whose case it is."""
    return applicants(question.turn.case)


def office(question: Question) -> list[Person]:
    """The people at the office that has the case, but for those of that unit."""
    return unconcerned(question.turn)


ASKED = {  # kind of question → who hears of it
    Question.Kind.ASK: Kind("question_asked", firm, matter=VERDICTS),
    Question.Kind.SUGGEST: Kind("correction_proposed", firm, matter=VERDICTS),
    Question.Kind.FIRM: Kind("question_of_firm", office, matter=ARRIVALS),
}
ANSWERED = {  # likewise → who hears of the answer
    Question.Kind.ASK: Kind("question_replied", office, matter=ARRIVALS),
    Question.Kind.SUGGEST: Kind("correction_answered", office, matter=ARRIVALS),
    Question.Kind.FIRM: Kind("question_answered", firm, matter=PROGRESS),
}
DUE = {  # likewise → who is reminded on its last day
    Question.Kind.ASK: Kind("question_due", firm, matter=DEADLINES),
    Question.Kind.SUGGEST: Kind("question_due", firm, matter=DEADLINES),
    Question.Kind.FIRM: Kind("question_due_office", office, matter=ARRIVALS),
}
