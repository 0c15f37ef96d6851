"""The one review of everything: a case arrives at an office, the office gives its word, the word moves the case."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Required, TypedDict, TypeVar, Unpack

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Max, OuterRef, Prefetch, QuerySet, prefetch_related_objects
from django.utils import timezone

from notifications.services import announce
from policy.working_days import add_working_days
from records.doors import door
from records.locks import hold_row
from records.models import Event
from records.people import Person
from records.rules import RuleBroken, StaleCase
from records.steps import LAST_LINE, Words, lock, move, write
from reviews.claims.notices import tell_decided
from reviews.claims.permissions import check_free_for
from reviews.kinds import kind_of_review
from reviews.lists.keeping import lay_answered, lay_closed, tell_words, told
from reviews.models import Office, Opinion, PanelSeat, Rest, ReviewedCase, Turn, TurnClaim, Verdict
from reviews.pace.counting import time_of
from reviews.panels.results import tell_experts
from reviews.progress import labels_of
from reviews.rating import group_score
from reviews.receipts import give_receipt
from reviews.seconds import check_second
from reviews.stand_ins import note_stand_in, principal_for, signature

NEEDS_WORDS = "R-WORDS", "退回修改或不通过时必须填写意见，写明哪里不符合、怎样修改。"
NEEDS_REASON = "R-REASON", "不通过时必须选择原因。"
NEEDS_CUT_WORDS = "R-WORDS", "核定金额低于申请金额时，必须在审核意见中写明核减的理由，申请单位会看到。"
NO_ROWS: Mapping[str, str] = MappingProxyType({})
DESK = ("office", "claim__person")  # what the desk reads beside a turn
R = TypeVar("R", bound=ReviewedCase)


class Said(TypedDict, total=False):
    """What a reviewer says; amount: yuan, where he lowers it; rows: what each marked row is called."""

    verdict: Required[str]
    text: str
    reason: str
    corrections: Iterable[str]
    rows: Mapping[str, str]
    amount: Decimal | None


@door
def advance(
    case: R,
    step: str,
    *,
    by: Person,
    seen: int | None = None,
    before_save: Callable[[R], None] | None = None,
    **words: Unpack[Words],
) -> R:
    """Take the step, close the turn that it ends, open the one that it begins; return the case as it now stands.

    What is handed in gets its receipt.

    seen, before_save, words: as `records.steps.move` takes them, whose refusals it raises.
    """
    case = lock(case)
    lying = case.turns.filter(closed_at=None).select_related("claim").first() if case.state in case.TURN else None
    was_returned = case.STATES[case.state].returned
    case = follow(move(case, step, by=by, seen=seen, before_save=before_save, **words), lying, step)
    if was_returned:
        lay_answered(case)
    if step in kind_of_review(case).handing_in:
        give_receipt(case)
    return case


def follow(case: R, lying: Turn | None, step: str) -> R:
    """Bring the turns after a case that the step has moved; lying: the turn that was open before; return the case."""
    if lying is not None:
        close_turn(lying, step, case.state)
    if case.state in case.TURN:
        begin_turn(case)
    return case


def begin_turn(case: ReviewedCase) -> Turn:
    """Put the case on the desk of the office whose turn it is, with the day promised by the policy."""
    return open_turn(case, case.turn_office(), next_round(case))


def next_round(case: ReviewedCase) -> int:
    """The round that begins at the case's present stage."""
    before: int = case.turns.filter(state=case.state).aggregate(most=Max("round"))["most"] or 0
    return before + 1


def open_turn(case: ReviewedCase, office: Office, number: int) -> Turn:
    """Open the office's turn at the case's present state, in the round of this number."""
    turn = new_turn(case, office, number)
    turn.save(force_insert=True)
    case.latest_turns = {case.version: turn}  # for the notices of this move
    return turn


def new_turn(case: ReviewedCase, office: Office, number: int) -> Turn:
    """The turn that `open_turn` opens, not saved."""
    return Turn(
        case_type=ContentType.objects.get_for_model(case),
        case_id=case.pk,
        state=case.state,
        stage=case.standing.stage,
        round=number,
        office=office,
        due_on=add_working_days(timezone.localdate(), case.promised_days()),
        title=case.title[:200],
        unit_name=case.unit_name[:200],
        number=case.number,
        **told(case),
    )


def close_turn(turn: Turn, step: str, state: str) -> None:
    """The office has done with the case, by this step, which brought it to the state; nobody in it has it any more."""
    turn.closed_at = timezone.now()
    lay_closed(turn, step, state)
    turn.used_days, turn.firm_days = time_of(turn, turn.closed_at)
    turn.save(update_fields=["closed_at", "ended_by", "lies", "used_days", "firm_days"])
    claim: TurnClaim | None = getattr(turn, "claim", None)  # joined where the turn is found
    if claim is not None:
        claim.delete()


@door
def give_opinion(
    turn: Turn, *, by: Person, seen: int | None = None, second: Person | None = None, **said: Unpack[Said]
) -> Opinion:
    """Record one reviewer's word; it decides the turn and moves the case.

    seen: the version of the case on the reviewer's screen. second: who has signed the word.
    Raises StaleCase if the turn is decided, RuleBroken if a colleague has it, or the words or the second person that the
    verdict needs are missing. What a second person has signed is nobody's to claim.
    """
    case, turn = hold_turn(turn, by=by)
    opinion, kind = opinion_of(turn, by=by, **said), kind_of_review(case)
    check_second(turn, case, opinion, second)
    if second is None:
        check_free_for(turn, by)
    opinion.score = group_score(turn) if turn.row.panel else None
    opinion.save(force_insert=True)
    step, words = Verdict(opinion.verdict).value, Words(note=opinion.text, office=signature(turn))

    def settle(moved: ReviewedCase) -> None:
        kind.weigh(moved, opinion)
        kind.give_number(moved)

    case = follow(move(case, step, by=by, seen=seen, before_save=settle, **words), turn, step)
    last = note_stand_in(case, turn, by=by, after=case.memory[LAST_LINE])
    note_second(case, turn, opinion, after=last)
    kind.after_verdict(case, opinion)
    tell_words(case, turn)
    tell_inside(turn, opinion)
    announce(case, **letter_words(case, opinion))
    return opinion


def opinion_of(
    turn: Turn,
    *,
    by: Person,
    verdict: str,
    text: str = "",
    reason: str = "",
    corrections: Iterable[str] = (),
    rows: Mapping[str, str] = NO_ROWS,
    amount: Decimal | None = None,
) -> Opinion:
    """The reviewer's word, not saved; RuleBroken if the words that the verdict needs are missing."""
    check_words(verdict, text, reason)
    kept = {"text": text.strip(), "amount": amount, **grounds(verdict, reason, corrections, rows)}
    return Opinion(turn=turn, reviewer=by, verdict=verdict, **kept)


def tell_inside(turn: Turn, opinion: Opinion) -> None:
    """Tell the experts of a group, and the colleague who has opened the case and is not at it any more."""
    if turn.row.panel:
        tell_experts(turn, opinion)
    claim: TurnClaim | None = getattr(turn, "claim", None)
    if claim is not None:
        tell_decided(claim, opinion)


def note_second(case: ReviewedCase, turn: Turn, opinion: Opinion, *, after: Event) -> None:
    """Write into the trail of a locked case who has signed the word as the second; applicants read its moves alone.

    after: the last line of the trail.
    """
    if opinion.second is not None:
        words = f"复核签{turn.stage}：{opinion.result}，由{opinion.reviewer}作出决定"
        write(case, "signed", by=opinion.second, text=words, office=turn.office.name, after=after)


def check_cut(opinion: Opinion, *, asked: Decimal, granted: Decimal) -> None:
    """Less than what was asked for needs words, whoever lowered it; yuan."""
    if granted < asked and not opinion.text.strip():
        raise RuleBroken(*NEEDS_CUT_WORDS)


def letter_words(case: ReviewedCase, opinion: Opinion) -> dict[str, Any]:
    """What the letter about a word tells beside the case: the word itself, and what is to be corrected, by name."""
    return {"opinion": opinion, "corrections": "、".join(labels_of(case, opinion))}


def grounds(verdict: str, reason: str, corrections: Iterable[str], rows: Mapping[str, str]) -> dict[str, Any]:
    """What is kept of why: a reason goes with no pass, and corrections go with a return alone."""
    marks = list(corrections) if verdict == Verdict.RETURN else []
    return {
        "reason": reason if verdict != Verdict.PASS else "",
        "corrections": marks,
        "row_labels": {mark: rows[mark] for mark in marks if mark in rows},
    }


def hold_turn(turn: Turn, *, by: Person) -> tuple[Any, Turn]:
    """Lock the case, then its turn, with the `principal` for whom `by` stands in.

    Raises StaleCase if it is decided, RuleBroken while somebody's decision rests.
    """
    case: Any = lock(turn.case_key)
    rows = with_rests(Turn.objects.annotate(principal=principal_for(by)).select_related(*DESK))
    held: Any = hold_row(rows, turn.pk)
    if not held.is_open:
        raise StaleCase
    check_at_rest(held)
    read_seats(case, held)
    return case, held


def with_rests(rows: QuerySet[Turn]) -> QuerySet[Turn]:
    """The turns with `is_resting`: whether somebody's decision rests on it."""
    return rows.annotate(is_resting=Exists(Rest.objects.living().filter(turn=OuterRef("pk"))))


def check_at_rest(turn: Turn) -> None:
    """Raise RuleBroken while somebody's decision rests on it; turn: as `with_rests` reads it."""
    if vars(turn)["is_resting"]:
        raise RuleBroken("R-REST", resting_words(turn.rests.living().select_related("reviewer").get()))


def resting_words(rest: Rest) -> str:
    """Who has decided, and from when on nobody can take it back."""
    if rest.due_at is None:
        return (
            f"{rest.reviewer}已经作出决定，正在等同单位另一人复核签；在那之前只有本人可以撤回，其他人只能复核签或退回。"
        )
    due = timezone.localtime(rest.due_at)
    return f"{rest.reviewer}已经作出决定，{due:%H:%M:%S} 起生效；在那之前只有本人可以撤回，其他人不能办理这个事项。"


def read_seats(case: ReviewedCase, turn: Turn) -> None:
    """Read the group of a panel's turn once, for the conditions of its steps."""
    if case.standing.panel:
        prefetch_related_objects([turn], Prefetch("seats", PanelSeat.objects.select_related("expert")))
        case.hearing = turn


def check_words(verdict: str, text: str, reason: str) -> None:
    """A return or a refusal says why; a refusal names its reason code too (domain.md §5)."""
    if verdict != Verdict.PASS and not text.strip():
        raise RuleBroken(*NEEDS_WORDS)
    if verdict == Verdict.REJECT and not reason:
        raise RuleBroken(*NEEDS_REASON)
