"""Verbs: ask a register now, or as soon as it answers. Nobody waits for it longer than a breath."""

import time
from collections.abc import Mapping
from dataclasses import replace

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from records.doors import door
from records.people import Person
from records.queue import after_commit
from records.rules import RuleBroken
from registers.asking import LEASE, Rest, claim, settle
from registers.kinds import Register, fresh_hours, is_connected
from registers.limits import take
from registers.models import Question
from registers.standing import Standing, standing_of, standings_of
from registers.tasks import check_question, sweep_questions

Terms = Mapping[str, str]


def ask_later(register: str, subject: str, terms: Terms | None = None, *, anew: bool = False) -> Question | None:
    """Let a worker ask after the commit; None where the register is not connected, or has answered these terms lately.

    anew: ask even so.
    """
    if not is_connected(register):
        return None
    if not anew and standing_of(register, subject).is_fresh(fresh_hours(), dict(terms or {})):
        return None
    return put_and_ask(register, subject, terms)


@door
def put_and_ask(register: str, subject: str, terms: Terms | None = None) -> Question:
    """The open question, handed to a worker after the commit."""
    question = put(register, subject, terms)
    after_commit(check_question, question.pk)
    return question


def ask_each(register: str, asked: Mapping[str, dict[str, str]], *, anew: bool = False) -> int:
    """The same of many subjects, each with its terms, in four questions of the database; return how many are asked about.

    Nothing where the register is not connected; anew: also what was answered lately.
    """
    if not is_connected(register):
        return 0
    known = standings_of([register], asked)
    wanted = {
        subject: terms
        for subject, terms in asked.items()
        if anew or not known[str(register), subject].is_fresh(fresh_hours(), terms)
    }
    if wanted:
        put_each(register, wanted)
    return len(wanted)


def held() -> QuerySet[Question]:
    """Questions, held when they are read."""
    return Question.objects.select_for_update(of=("self",), no_key=True)


@door
def put_each(register: str, asked: Mapping[str, dict[str, str]]) -> None:
    """An open question about each subject, due now, for a worker after the commit."""
    open_ones = list(held().filter(register=register, subject__in=asked, closed_at=None).order_by("pk"))
    for question in open_ones:
        if question.terms != asked[question.subject] or not is_out(question):
            question.terms, question.due_at = asked[question.subject], timezone.now()
    Question.objects.bulk_update(open_ones, ["terms", "due_at"])
    new = asked.keys() - {question.subject for question in open_ones}
    rows = [Question(register=register, subject=subject, terms=asked[subject]) for subject in sorted(new)]
    Question.objects.bulk_create(rows, ignore_conflicts=True)
    after_commit(sweep_questions)


def is_out(question: Question) -> bool:
    """Whether a worker may be asking right now."""
    return question.tried_at is not None and question.tried_at > timezone.now() - LEASE


@door
def put(register: str, subject: str, terms: Terms | None = None) -> Question:
    """The open question about the subject, with these terms, due now: the one that waits already, or a new one."""
    asked = dict(terms or {})
    question, is_new = held().get_or_create(
        register=register, subject=subject, closed_at=None, defaults={"terms": asked}
    )
    if not is_new and (question.terms != asked or not is_out(question)):
        question.terms, question.due_at = asked, timezone.now()
        question.save(update_fields=["terms", "due_at"])
    return question


@door
def begin(register: str, subject: str) -> Question | None:
    """A question that is claimed at once, to be asked by the caller; None where one is under way or not due yet."""
    now = timezone.now()
    mine = {"due_at": now + LEASE, "tried_at": now, "tries": 1}
    question, is_new = Question.objects.get_or_create(register=register, subject=subject, closed_at=None, defaults=mine)
    return question if is_new else claim(question.pk)


def ask_now(register: str, subject: str) -> Standing:
    """Ask while a page waits, at most REGISTER_SECONDS, and say how the subject stands then; no transaction is open.

    A fresh answer is not asked for again. A register that was away a moment ago is not waited for, nor one that is not
    connected: the question waits for a worker.
    """
    if not is_connected(register):
        return Standing(register, subject)
    standing = standing_of(register, subject)
    if standing.is_fresh(fresh_hours()):
        return standing
    if time.monotonic() < Rest.until.get(register, 0.0):
        return replace(standing, question=put(register, subject))
    question = begin(register, subject)
    if question is None:
        return standing_of(register, subject)
    asked = settle(question)
    return Standing(register, subject, asked.reply or standing.reply, None if asked.reply else asked)


def look_up(register: str, subject: str, *, by: Person) -> Standing:
    """Ask at somebody's wish; RuleBroken("R-REGISTER") where it is not connected, or he has asked too often today."""
    if not is_connected(register):
        raise RuleBroken("R-REGISTER", f"{Register(register).label}还没有接入，请按证照填写；审核时由人工核对。")
    most = int(settings.ASKING["lookups_a_day"])
    if not take(register, f"by:{by.pk}", most):
        raise RuleBroken(
            "R-REGISTER",
            f"每人每天最多查询 {most} 次登记信息，今天的次数已用完。请按证照填写，提交后会自动核验。",
        )
    return ask_now(register, subject)
