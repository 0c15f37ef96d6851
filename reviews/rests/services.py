"""A decision rests, is taken back, or takes its step (ADR 0147): nothing is booked, sent or shown before."""

import datetime as dt
from typing import Unpack

from django.utils import timezone

from policy.models import PolicyVersion
from records.doors import door
from records.people import Person
from records.queue import after_commit
from records.rules import RuleBroken
from records.steps import step_in_memory
from reviews.claims.permissions import check_free_for
from reviews.kinds import kind_of_review
from reviews.models import Opinion, Rest, Turn, Verdict
from reviews.rests import tasks
from reviews.rests.work import ended, take
from reviews.services import Said, give_opinion, hold_turn, opinion_of

TOO_LATE = "R-REST", "这个决定已经生效，不能再撤回。"
NOT_YOURS = "R-REST", "只有作出决定的人可以撤回或者让它立即生效。"


@door
def decide(turn: Turn, *, by: Person, seen: int | None = None, **said: Unpack[Said]) -> Opinion | Rest:
    """Give the word as `give_opinion` does, after the time of rest that the policy sets; at once where it sets none.

    Refuses what `give_opinion` would refuse now; what has come between is refused at the step, and the reviewer is told.
    """
    seconds = PolicyVersion.objects.remembered().rest_seconds
    if not seconds:
        return give_opinion(turn, by=by, seen=seen, **said)
    case, turn = hold_turn(turn, by=by)
    check_free_for(turn, by)
    opinion = opinion_of(turn, by=by, **said)
    step_in_memory(case, Verdict(opinion.verdict).value, by=by, seen=seen)
    kind_of_review(case).weigh(case, opinion)
    rest = resting(opinion, case.version - 1 if seen is None else seen, seconds)
    rest.save(force_insert=True)
    after_commit(tasks.wait_for, rest.pk)
    return rest


def resting(opinion: Opinion, seen: int, seconds: int) -> Rest:
    """The word as a row that rests, not saved; seen: the version of the case that it was said of."""
    now = timezone.now()
    names = ("turn", "reviewer", "verdict", "text", "reason", "corrections", "row_labels", "amount")
    words = {name: getattr(opinion, name) for name in names}
    return Rest(**words, seen=seen, said_at=now, due_at=now + dt.timedelta(seconds=seconds))


@door
def take_back(rest: Rest, *, by: Person) -> None:
    """End it before its step; RuleBroken for anybody but who said it, and where it is over."""
    if rest.reviewer_id != by.pk:
        raise RuleBroken(*NOT_YOURS)
    if not ended(rest, Rest.Outcome.BACK):
        raise RuleBroken(*TOO_LATE)


def take_now(rest: Rest, *, by: Person) -> Opinion | None:
    """Let it take its step before its time, for who said it; for anybody once its time has come."""
    if rest.due_at > timezone.now() and rest.reviewer_id != by.pk:
        raise RuleBroken(*NOT_YOURS)
    return take(rest)
