"""Verbs of 批量办理: choose, confirm; a worker does the rest (work.py)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from records.doors import door
from records.locks import hold_row
from records.people import Person
from records.queue import after_commit
from records.rules import RuleBroken, StaleCase
from reviews.bulk import tasks
from reviews.models import BulkDecision, BulkLine, Turn, Verdict
from reviews.services import check_words

MOST = 500  # turns of one decision
OFFERED = (Verdict.PASS, Verdict.RETURN)  # nobody is refused in bulk
NONE_CHOSEN = "R-BULK", "没有可以批量办理的事项：请勾选仍在您单位待办的事项。"
SEVERAL_KINDS = "R-BULK", "批量办理的事项应是同一类别、同一环节、同一审核单位的，请用筛选条件缩小范围后再选。"
TOO_MANY = "R-BULK", f"一次最多批量办理 {MOST} 件，选中的比这多，请分几次办理。"
NOT_IN_BULK = "R-BULK", "批量办理只能通过或者退回修改；不通过的，请逐件办理。"
NO_APPEALS = "R-BULK", "复核不能批量办理，请逐件办理。"
Asked = Mapping[int, tuple[int, Decimal | None]]  # key of a case → its version, and the yuan that it asks for


@door
def choose(turns: Sequence[Turn], *, by: Person) -> BulkDecision:
    """Write down which turns are meant, as their cases stand now; nothing is decided.

    turns: open ones of the person's offices. RuleBroken where they are none, too many, or of several kinds.
    """
    check_chosen(turns)
    first, asked = turns[0], asked_by(turns)
    lines = [
        BulkLine(turn=turn, seen=asked[turn.case_id][0], asked=asked[turn.case_id][1])
        for turn in turns
        if turn.case_id in asked
    ]
    kept = BulkDecision.objects.create(
        by=by,
        office=first.office,
        case_type=first.case_type,
        state=first.state,
        title=f"{first.matter} {first.stage}",
        total=len(lines),
        asked=sum((line.asked or Decimal(0) for line in lines), Decimal(0)),
    )
    for line in lines:
        line.decision = kept
    BulkLine.objects.bulk_create(lines)
    return kept


def check_chosen(turns: Sequence[Turn]) -> None:
    """Raise RuleBroken where they are none, too many, of several kinds, or decisions to be looked at once more."""
    if not turns:
        raise RuleBroken(*NONE_CHOSEN)
    if len(turns) > MOST:
        raise RuleBroken(*TOO_MANY)
    if len({(turn.case_type_id, turn.state, turn.office_id) for turn in turns}) > 1:
        raise RuleBroken(SEVERAL_KINDS[0], f"{SEVERAL_KINDS[1]}现在选中的是：{kinds_among(turns)}。")
    if turns[0].is_appeal:
        raise RuleBroken(*NO_APPEALS)


def kinds_among(turns: Sequence[Turn]) -> str:
    """How many of each kind, stage and office they are, in words."""
    counts = Counter(f"{turn.matter}{turn.stage}（{turn.office}）" for turn in turns)
    return "、".join(f"{what} {number} 件" for what, number in counts.items())


def asked_by(turns: Sequence[Turn]) -> Asked:
    """What these cases, all of one kind, ask for as they stand: two questions."""
    model: Any = turns[0].case_type.model_class()
    cases = model._default_manager.filter(pk__in=[turn.case_id for turn in turns])
    return {case.pk: (case.version, getattr(case, "asked_amount", None)) for case in cases}


@door
def start(decision: BulkDecision, *, by: Person, verdict: str, text: str) -> BulkDecision:
    """Confirm: from now on it is fixed what is said, and a worker goes through the rows.

    Raises StaleCase where it was confirmed before, RuleBroken where the words are missing or somebody would be refused.
    """
    kept = hold_row(BulkDecision.objects.filter(by=by), decision.pk)
    if not kept.is_chosen:
        raise StaleCase
    if verdict not in OFFERED:
        raise RuleBroken(*NOT_IN_BULK)
    check_words(verdict, text, "")
    kept.verdict, kept.text, kept.stage, kept.at = verdict, text.strip(), BulkDecision.Stage.WORKING, timezone.now()
    kept.save(update_fields=["verdict", "text", "stage", "at"])
    after_commit(tasks.carry_on, kept.pk)
    return kept
