"""How a decision that has rested takes its step: by the worker, or by the next visit of its case."""

from typing import cast

from django.utils import timezone

from notifications.services import notify
from records.doors import door
from records.locks import held_first, way_to
from records.rules import CaseBusy, RuleBroken
from reviews.claims.notices import tell_decided
from reviews.models import Opinion, Rest, TurnClaim
from reviews.notices import REST_VOID
from reviews.services import Said, give_opinion

MOST = 500  # that one sweep takes
OVER = "申请单位已撤回本事项，或本事项已由别的步骤办结。"


def ended(rest: Rest, outcome: Rest.Outcome) -> bool:
    """End it with this outcome; False where somebody else has ended it."""
    return bool(Rest.objects.living().filter(pk=rest.pk).update(outcome=outcome, ended_at=timezone.now()))


def take(rest: Rest) -> Opinion | None:
    """Take its step, once; None where it was over. What refuses the step makes it void, and its reviewer is told."""
    try:
        return carry_out(rest)
    except CaseBusy:
        raise
    except RuleBroken as refusal:
        void(rest, refusal.sentence)
        return None


@door
def carry_out(rest: Rest) -> Opinion | None:
    """End the rest and give its word, both or neither; None where it was over."""
    with held_first(*way_to(rest.turn.case_key)):  # before the rest, in the order of every other door
        is_ours = ended(rest, Rest.Outcome.TAKEN)
    return give_word(rest) if is_ours else None


def end_signed(rest: Rest) -> bool:
    """End one that waits for its second person with the signature that it bears; False where it does not wait any more."""
    signed = {"second": rest.second, "second_at": rest.second_at, "second_text": rest.second_text}
    waiting = Rest.objects.unsigned().filter(pk=rest.pk)
    taken = {"due_at": rest.second_at, "ended_at": timezone.now(), "outcome": Rest.Outcome.TAKEN}
    return bool(waiting.update(**signed, **taken))


def give_word(rest: Rest) -> Opinion:
    """Give the word of a decision that has just ended with its step."""
    strangers = TurnClaim.objects.filter(turn=rest.turn).exclude(person=rest.reviewer)
    others = list(strangers.select_related("person", "earlier"))
    if others:
        strangers.delete()  # who came after the word is no hindrance
    opinion = give_opinion(rest.turn, by=rest.reviewer, seen=rest.seen, second=rest.second, **said_in(rest))
    for claim in others:
        tell_decided(claim, opinion)
    return opinion


def said_in(rest: Rest) -> Said:
    """What `give_opinion` is told."""
    names = ("verdict", "text", "reason", "corrections", "amount")
    return cast("Said", {name: getattr(rest, name) for name in names} | {"rows": rest.row_labels})


def void_unsigned() -> None:
    """End those that wait for a second person on a turn that is over: the applicant has withdrawn."""
    for rest in Rest.objects.unsigned().exclude(turn__closed_at=None).select_related("reviewer", "turn")[:MOST]:
        void(rest, OVER)


@door
def void(rest: Rest, sentence: str) -> None:
    """End it without its step, and tell its reviewer why."""
    if ended(rest, Rest.Outcome.VOID):
        notify(REST_VOID, rest, sentence=sentence)
