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
    if question is None:
        return ""
    try:
        answered = answer_to(question)
    except NotAnswered as trouble:
        return put_off(question, trouble.trouble)
    except Exception:
        logger.exception("question %s to %s", pk, question.register)
        return put_off(question, Trouble.BROKEN)
    record(question, answered)
    return ""


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


def put_off(question: Question, trouble: Trouble) -> str:
    """Note why nothing came, and when the question is due again; after KEPT_ASKING it is closed without an answer."""
    if trouble in DOWN:
        Rest.until[question.register] = time.monotonic() + REST_SECONDS
    facts: dict[str, object] = {"trouble": trouble, "due_at": next_try(question, trouble)}
    if question.asked_at < timezone.now() - KEPT_ASKING:
        facts["closed_at"] = timezone.now()
    Question.objects.filter(pk=question.pk, closed_at=None).update(**facts)
    return trouble


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
    held = Question.objects.select_for_update().filter(pk=question.pk, closed_at=None).first()
    if held is None:
        return None
    if held.terms == question.terms:
        held.closed_at, held.trouble = timezone.now(), ""
        held.save(update_fields=["closed_at", "trouble"])
    else:
        Question.objects.filter(pk=held.pk).update(due_at=timezone.now())
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
