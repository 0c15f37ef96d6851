"""A decision rests, is signed by a second person, is taken back, or takes its step (ADR 0147, 0150): nothing is booked before."""

import datetime as dt
from typing import Unpack

from django.utils import timezone

from notifications.services import notify
from policy.models import PolicyVersion
from records.doors import door
from records.locks import held_first, hold_row, way_to
from records.people import Person
from records.queue import after_commit
from records.rules import RuleBroken
from records.steps import lock, step_in_memory
from reviews.claims.permissions import check_free_for
from reviews.kinds import kind_of_review
from reviews.models import Opinion, Rest, ReviewedCase, Turn, Verdict
from reviews.notices import NO_SECOND, SECOND_SENT_BACK
from reviews.rests import tasks
from reviews.rests.work import end_signed, ended, give_word, take
from reviews.seconds import OWN_WORD, check_signer, needs_second, signers
from reviews.services import Said, give_opinion, hold_turn, opinion_of

TOO_LATE = "R-REST", "这个决定已经生效，不能再撤回。"
NOT_YOURS = "R-REST", "只有作出决定的人可以撤回或者让它立即生效。"
UNSIGNED = "R-SECOND", "这个决定还没有复核签，不能生效。"
NOT_UNSIGNED = (
    "R-SECOND",
    "这个决定已经不在等复核签：别人先复核签了或退回了，或者作出决定的人已经撤回。您这次的操作没有生效。",
)
NEEDS_GROUNDS = "R-WORDS", "退回时必须写明理由，作出决定的人会看到。"


@door
def decide(turn: Turn, *, by: Person, seen: int | None = None, **said: Unpack[Said]) -> Opinion | Rest:
    """Give the word as `give_opinion` does, once a second person has signed where the policy asks for one, and after its rest.

    At once where the policy sets neither. Refuses what `give_opinion` would refuse now; what has come between is refused
    at the step, and the reviewer is told.
    """
    seconds, is_paired = PolicyVersion.objects.remembered().rest_seconds, needs_second(turn, said["verdict"])
    if not (seconds or is_paired):
        return give_opinion(turn, by=by, seen=seen, **said)
    case, turn = hold_turn(turn, by=by)
    check_free_for(turn, by)
    opinion = opinion_of(turn, by=by, **said)
    step_in_memory(case, Verdict(opinion.verdict).value, by=by, seen=seen)
    kind_of_review(case).weigh(case, opinion)
    rest = resting(opinion, case.version - 1 if seen is None else seen, None if is_paired else seconds)
    rest.save(force_insert=True)
    if not is_paired:
        after_commit(tasks.wait_for, rest.pk)
    elif not signers(turn, case, by).exists():
        notify(NO_SECOND, rest)
    return rest


def resting(opinion: Opinion, seen: int, seconds: int | None) -> Rest:
    """The word as a row that rests, not saved; seen: the version of the case that it was said of; None seconds: unsigned."""
    now = timezone.now()
    names = ("turn", "reviewer", "verdict", "text", "reason", "corrections", "row_labels", "amount")
    words = {name: getattr(opinion, name) for name in names}
    due = None if seconds is None else now + dt.timedelta(seconds=seconds)
    return Rest(**words, seen=seen, said_at=now, due_at=due)


def hold_unsigned(rest: Rest, by: Person) -> tuple[Rest, ReviewedCase]:
    """Hold the case, then the decision that waits for its second person, for one who may sign it; RuleBroken for anybody else."""
    case: ReviewedCase = lock(rest.turn.case_key)
    held = hold_row(Rest.objects.select_related("turn__office", "turn__case_type", "reviewer"), rest.pk)
    check_signer(held.turn, case, held.reviewer, by)
    if not held.is_unsigned:
        raise RuleBroken(*NOT_UNSIGNED)
    return held, case


@door
def put_second(rest: Rest, by: Person, text: str, seconds: int) -> Rest:
    """Sign: from now on it rests for as long as any decision; RuleBroken where its step would be refused now."""
    held, case = hold_unsigned(rest, by)
    step_in_memory(case, Verdict(held.verdict).value, by=held.reviewer, seen=held.seen)
    now = timezone.now()
    held.second, held.second_at, held.second_text = by, now, text.strip()
    held.due_at = now + dt.timedelta(seconds=seconds)
    held.save(update_fields=["second", "second_at", "second_text", "due_at"])
    after_commit(tasks.wait_for, held.pk)
    return held


@door
def sign_at_once(rest: Rest, by: Person, text: str) -> Opinion:
    """Sign and take the step, both or neither; what refuses the step refuses the signature (ADR 0193)."""
    if rest.reviewer_id == by.pk:
        raise RuleBroken("R-SECOND", OWN_WORD)
    rest.second, rest.second_at, rest.second_text = by, timezone.now(), text.strip()
    with held_first(*way_to(rest.turn.case_key)):  # before the rest, in the order of every other door
        is_ours = end_signed(rest)
    if not is_ours:
        raise RuleBroken(*NOT_UNSIGNED)
    return give_word(rest)


def sign(rest: Rest, *, by: Person, text: str = "") -> Rest | Opinion:
    """Sign as the second person; without a time of rest it takes its step at once."""
    seconds = PolicyVersion.objects.remembered().rest_seconds
    return put_second(rest, by, text, seconds) if seconds else sign_at_once(rest, by, text)


@door
def send_back(rest: Rest, *, by: Person, text: str) -> None:
    """End it unsigned, with words for whoever decided; the case is as it was before."""
    held, _ = hold_unsigned(rest, by)
    if not text.strip():
        raise RuleBroken(*NEEDS_GROUNDS)
    now = timezone.now()
    held.second, held.second_at, held.second_text = by, now, text.strip()
    held.ended_at, held.outcome = now, Rest.Outcome.SENT
    held.save(update_fields=["second", "second_at", "second_text", "ended_at", "outcome"])
    notify(SECOND_SENT_BACK, held)


@door
def take_back(rest: Rest, *, by: Person) -> None:
    """Take one's own part back before the step: the decision ends, a signature waits again; RuleBroken for anybody else."""
    if rest.second_id == by.pk and rest.second_id is not None:
        waiting = {"second": None, "second_at": None, "second_text": "", "due_at": None}
        done = Rest.objects.living().filter(pk=rest.pk, second=by).update(**waiting)
    elif rest.reviewer_id == by.pk:
        done = ended(rest, Rest.Outcome.BACK)
    else:
        raise RuleBroken(*NOT_YOURS)
    if not done:
        raise RuleBroken(*TOO_LATE)


def take_now(rest: Rest, *, by: Person) -> Opinion | None:
    """Let it take its step before its time, for who said or signed it; for anybody once its time has come."""
    if rest.is_unsigned:
        raise RuleBroken(*UNSIGNED)
    if rest.due_at and rest.due_at > timezone.now() and by.pk not in {rest.reviewer_id, rest.second_id}:
        raise RuleBroken(*NOT_YOURS)
    return take(rest)
