"""The working days of a turn, and those among them that the firm had: counted once, when the turn ends (docs/adr/0155)."""

import datetime as dt
from collections.abc import Iterable

from policy.calendar import local_date
from policy.working_days import SHOWN, working_days_of
from reviews.models import Question, Turn

Span = tuple[dt.date, dt.date]
ENDS = ("at", "reply__at", "follower__at")  # of a question: begun, answered, followed by another proposal


def time_of(turn: Turn, until: dt.datetime) -> tuple[int, int]:
    """(working days since the turn opened, how many of them an answer of the firm was owed); one query at most.

    By the days as this process has read them within half a minute: it is a figure that is shown, and no deadline.
    """
    asked = Question.objects.to_firms().filter(turn=turn).values_list(*ENDS) if turn.asked else ()
    waits = [(at, replied or followed or until) for at, replied, followed in asked]
    used, *waited = working_days_of([(turn.opened_at, until), *joined(waits)], SHOWN.days())
    return used, sum(waited)


def joined(waits: Iterable[tuple[dt.datetime, dt.datetime]]) -> list[Span]:
    """The waits as days, in order; those that touch are one, so that no day counts twice."""
    spans: list[Span] = []
    for first, last in sorted((local_date(a), local_date(b)) for a, b in waits):
        if spans and first <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(last, spans[-1][1])
        else:
            spans.append((first, last))
    return spans
