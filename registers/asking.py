"""One question goes out: claimed before it leaves, answered once, asked again by itself as long as nothing has come.

A worker that dies in between leaves the row as it is; when its lease is over the sweep takes the question up. What runs
twice finds the question claimed or closed.
"""

import datetime as dt
import logging
import time
from typing import ClassVar

from django.db.models import F
from django.utils import timezone

from policy.calendar import SHANGHAI, today
from records.doors import door
from registers.gateways import Answered, NotAnswered, gateway_of
from registers.kinds import Register, Trouble, is_connected
from registers.limits import may_ask
from registers.models import Question, Reply

logger = logging.getLogger(__name__)
LEASE = dt.timedelta(seconds=60)  # for which a worker has a question to itself
PAUSES = (1, 5, 15, 60, 180, 360)  # minutes before the next try; the last one again and again
KEPT_ASKING = dt.timedelta(days=30)  # after which a question that nobody answers is closed
REST_SECONDS = 60.0  # for which a register that did not answer is not waited for by a page
DOWN = frozenset({Trouble.AWAY, Trouble.SLOW})


class Rest:
    """Which registers this process has found away, and until when no page waits for them: register → monotonic seconds."""

    until: ClassVar[dict[str, float]] = {}


def attempt(pk: int) -> str:
    """Ask once, if the question is due and nobody else has it; return the trouble, "" where there was none or no try."""
    question = claim(pk)
    return "" if question is None else settle(question).trouble


def settle(question: Question) -> Question:
    """Ask a question that was claimed: it comes back closed, or with the trouble; `reply` is what was written down."""
    try:
        question.reply = record(question, answer_to(question))
    except NotAnswered as trouble:
        put_off(question, trouble.trouble)
    except Exception:
        logger.exception("question %s to %s", question.pk, question.register)
        put_off(question, Trouble.BROKEN)
    return question


def claim(pk: int) -> Question | None:
    """Take the question for the time of a lease; None where it is closed, not due yet, or another one's."""
    now = timezone.now()
    mine = Question.objects.filter(pk=pk, closed_at=None, due_at__lte=now)
    if not mine.update(due_at=now + LEASE, tries=F("tries") + 1, tried_at=now):
        return None
    return Question.objects.get(pk=pk)


def answer_to(question: Question) -> Answered:
    """The register's answer; NotAnswered past the day's limit, where nothing leaves."""
    if not may_ask(question.register, question.subject):
        raise NotAnswered(Trouble.EXHAUSTED)
    return gateway_of(question.register)(question.register, question.subject, question.terms)


def put_off(question: Question, trouble: Trouble) -> None:
    """Note why nothing came, and when the question is due again; after KEPT_ASKING it is closed without an answer."""
    if trouble in DOWN:
        Rest.until[question.register] = time.monotonic() + REST_SECONDS
    question.trouble, question.due_at = trouble, next_try(question, trouble)
    if question.asked_at < timezone.now() - KEPT_ASKING:
        question.closed_at = timezone.now()
    facts = {"trouble": trouble, "due_at": question.due_at, "closed_at": question.closed_at}
    Question.objects.filter(pk=question.pk, closed_at=None).update(**facts)


def next_try(question: Question, trouble: Trouble) -> dt.datetime:
    """After PAUSES; where the day's questions are used up, just after midnight in Tianjin."""
    if trouble == Trouble.EXHAUSTED:
        return dt.datetime.combine(today() + dt.timedelta(days=1), dt.time(0, 5), SHANGHAI)
    return timezone.now() + dt.timedelta(minutes=PAUSES[min(question.tries, len(PAUSES)) - 1])


@door
def record(question: Question, answered: Answered) -> Reply | None:
    """Write the answer down and close the question; it stays open where other terms are asked by now.

    None, and nothing is written, where another worker was faster.
    """
    open_one = Question.objects.filter(pk=question.pk, closed_at=None)
    closed = open_one.filter(terms=question.terms).update(closed_at=timezone.now(), trouble="")
    if not closed and not open_one.update(due_at=timezone.now()):
        return None
    return Reply.objects.create(
        register=question.register,
        subject=question.subject,
        terms=question.terms,
        status=answered.status,
        facts=answered.facts,
        source=answered.source,
    )


def sweep(most: int = 100) -> None:
    """Ask what is due, register by register; one that does not answer is left until the next sweep."""
    for register in Register:
        due = Question.objects.filter(register=register, closed_at=None, due_at__lte=timezone.now())
        for pk in list(due.order_by("due_at").values_list("pk", flat=True)[:most]) if is_connected(register) else ():
            if attempt(pk) in DOWN:
                break
