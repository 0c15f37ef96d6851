"""Verbs of the experts of a group: come or refuse, leave, speak on many cases at once (docs/adr/0160)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NotRequired, TypedDict

from django.db.models import prefetch_related_objects
from django.utils import timezone

from notifications.services import notify
from records.doors import door
from records.kinds import own_cases
from records.locks import hold_row
from records.people import Person
from records.rules import RuleBroken
from reviews.experts.conflicts import cases_of, conflicts_in
from reviews.experts.pool import in_pool
from reviews.experts.services import NOT_IN_POOL
from reviews.lists.keeping import lay_all_heard
from reviews.models import Panel, PanelMember, PanelSeat, Turn
from reviews.panel import OWN_CASE_HEARD, amount_meant, is_unsealed
from reviews.panels.notices import BEGUN, COMPLETE, DECLINED, HEARD, Call
from reviews.panels.services import OVER, hold_open, leave, seats_to_fill
from reviews.rating import rate

NOT_YOURS = "R-PERM", "这不是发给您的邀请。"
ANSWERED = "R-STATE", "您已经答复过这次邀请，不能再次答复。"
NOT_IN_GROUP = "R-STATE", "您已不在这个评审组中。"
NEEDS_WHY = "R-WORDS", "不参加时请在“说明”里写明原因，组建单位会看到。"
SPOKEN = "R-STATE", "其中有的事项您已经提交意见、已经回避或评审已经结束，请核对后重新提交。"
Answer = PanelMember.Answer


class Word(TypedDict):
    """What an expert says of one case; amount: yuan, where he cuts."""

    word: str
    amount: Decimal | None
    text: str
    points: NotRequired[Sequence[int]]  # 0 to 100 for each criterion of the policy


def hold_member(member: PanelMember, by: Person) -> tuple[Panel, PanelMember]:
    """Hold the group, then the expert's place in it; RuleBroken for anybody else, and where the group is dissolved."""
    panel = hold_row(Panel.objects.all(), member.panel_id)
    held = hold_row(PanelMember.objects.select_related("expert", "replaces__expert"), member.pk)
    if held.expert_id != by.pk:
        raise RuleBroken(*NOT_YOURS)
    if panel.ended_at:
        raise RuleBroken(*OVER)
    return panel, held


@door
def answer(member: PanelMember, *, by: Person, comes: bool, words: str = "") -> PanelMember:
    """The expert comes, and the group begins if he is the last; or he refuses, with a reason, and the office is told."""
    panel, member = hold_member(member, by)
    if member.answer:
        raise RuleBroken(*ANSWERED)
    if not comes:
        if not words.strip():
            raise RuleBroken(*NEEDS_WHY)
        leave(panel, member, Answer.DECLINED, words)
        notify(DECLINED, panel, member=member)
        return member
    turns = hold_open(panel)
    check_free(turns, by)
    member.answer, member.answered_at = Answer.ACCEPTED, timezone.now()
    member.save(update_fields=["answer", "answered_at"])
    if panel.begun_at:
        take_seats(panel, member)
    elif not panel.members.waiting().exists() and not panel.members.vacant().exists() and not absent_from(panel):
        begin(panel, turns)
    return member


def absent_from(panel: Panel) -> list[PanelMember]:
    """Those who had come and are no experts any more: they leave the group, and the office is told."""
    gone = list(panel.members.active().exclude(expert__in=in_pool().order_by().values("user")).select_related("expert"))
    for member in gone:
        leave(panel, member, Answer.LEFT)
        notify(DECLINED, panel, member=member)
    return gone


def check_free(turns: list[Turn], by: Person) -> None:
    """Raise RuleBroken where the expert has left the pool, or has come near to a case since he was asked."""
    if not in_pool().filter(user=by).exists():
        raise RuleBroken(*NOT_IN_POOL)
    found = conflicts_in(cases_of(turns), {by.pk}) if turns else {}
    if by.pk in found:
        conflict = found[by.pk]
        raise RuleBroken("R-REL", f"您{conflict.why}（{conflict.case.number}），不能评审这一组事项，请选择不参加。")


def begin(panel: Panel, turns: list[Turn]) -> None:
    """Seat everybody in the group of every case, and tell them and the office."""
    members = list(panel.members.active().select_related("expert"))
    PanelSeat.objects.bulk_create(
        PanelSeat(turn=turn, expert=member.expert, is_financial=member.is_financial)
        for turn in turns
        for member in members
    )
    panel.begun_at = timezone.now()
    panel.save(update_fields=["begun_at"])
    lay_all_heard(turns)
    notify(BEGUN, Call(panel, [member.expert for member in members]), count=len(turns))
    notify(COMPLETE, panel, count=len(turns))


def take_seats(panel: Panel, member: PanelMember) -> None:
    """Seat one who came later, where the one before him has left a seat."""
    gone: Any = member.replaces  # whoever comes after the beginning was asked in the place of another
    turns = seats_to_fill(panel, gone)
    left = {seat.turn_id: seat for seat in PanelSeat.objects.filter(turn__in=turns, expert=gone.expert)}
    PanelSeat.objects.bulk_create(
        PanelSeat(turn=turn, expert=member.expert, is_financial=member.is_financial, replaces=left[turn.pk])
        for turn in turns
    )
    lay_all_heard(turns)
    notify(BEGUN, Call(panel, [member.expert]), count=len(turns))


@door
def leave_group(member: PanelMember, *, by: Person, words: str) -> PanelMember:
    """The expert who had come leaves: his seats fall vacant but where he has spoken, and the office is told."""
    panel, member = hold_member(member, by)
    if member.answer != Answer.ACCEPTED:
        raise RuleBroken(*NOT_IN_GROUP)
    leave(panel, member, Answer.LEFT, words)
    notify(DECLINED, panel, member=member)
    return member


@door
def speak(panel: Panel, said: Mapping[int, Word], *, by: Person) -> list[PanelSeat]:
    """Record the expert's sealed words on these of his seats, all or none; the office is told once the whole group is heard.

    said: key of a seat → the word. RuleBroken where one of them may not be said, or is said already.
    """
    turns = hold_open(panel)
    rows = PanelSeat.objects.select_for_update(of=("self",), no_key=True).filter(turn__in=turns, expert=by, pk__in=said)
    seats = list(rows.waiting().order_by("pk"))
    if len(seats) < len(said) or not seats:
        raise RuleBroken(*SPOKEN)
    cases: dict[int, Any] = {case.pk: case for case in cases_of(turns)}
    spoken = {turn.pk: turn for turn in turns if turn.pk in {seat.turn_id for seat in seats}}
    if Turn.objects.filter(own_cases(by), pk__in=spoken).exists():  # he has come to belong to the unit
        raise RuleBroken("R-REL", OWN_CASE_HEARD)
    for seat in seats:
        case = cases[spoken[seat.turn_id].case_id]
        word, text = said[seat.pk]["word"], said[seat.pk]["text"]
        seat.amount = amount_meant(word, said[seat.pk]["amount"], asked=case.asked_amount, text=text)
        rate(seat, case, said[seat.pk].get("points", ()))
        seat.word, seat.text, seat.given_at = word, text.strip(), timezone.now()
    PanelSeat.objects.bulk_update(seats, ["word", "amount", "text", "points", "score", "given_at"])
    lay_all_heard(list(spoken.values()))
    tell_heard(panel, turns)
    return seats


def tell_heard(panel: Panel, turns: list[Turn]) -> None:
    """Tell the office where the whole group is heard of every case."""
    prefetch_related_objects(turns, "seats")
    if all(is_unsealed(turn) for turn in turns):
        notify(HEARD, panel, count=len(turns))
