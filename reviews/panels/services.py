"""Verbs of the office that forms a group for many cases: form, replace, dissolve (docs/adr/0160)."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from notifications.services import notify
from records.doors import door
from records.kinds import own_cases
from records.locks import hold_row
from records.people import Person
from records.rules import RuleBroken
from reviews.experts.pool import check_experts, seated_in
from reviews.lists.keeping import lay_all_heard
from reviews.models import Leaving, OfficeMember, Panel, PanelCase, PanelMember, PanelSeat, Turn
from reviews.panel import NEEDS_FINANCIAL, check_group
from reviews.panels.notices import CALLED_OFF, INVITED, Call
from reviews.querysets import TurnQuerySet, places_of

MOST = 100  # cases of one group
NO_CASES = "R-PANEL", "请至少选择一个等待组建专家组的事项。"
TOO_MANY = "R-PANEL", f"一个评审组最多评审 {MOST} 个事项，请分几组。"
NOT_FREE = "R-PANEL", "选中的事项里有已经办结、已有专家组或不属于您单位的，请返回重新选择。"
SEVERAL_KINDS = "R-PANEL", "一个评审组的事项应属于同一类别。"
OWN_CASES = "R-PERM", "选中的事项里有您所在单位的申请，请由同事组建。"
DAYS = "R-DATE", "答复日期不能早于今天，提交意见的日期不能早于答复日期，请改正。"
NOT_OURS = "R-PERM", "只有组建评审组的专业机构可以办理。"
OVER = "R-STATE", "这个评审组已经解散，不能再办理。"
BEGUN_ALREADY = "R-STATE", "评审已经开始，不能解散评审组；个别专家不能评审的，请更换。"
NO_VACANCY = "R-PANEL", "这位专家已经更换过，请刷新名单后再选。"
NOTHING_OWED = "R-PANEL", "这位专家没有未提交的意见，不需要更换。"
IN_GROUP = "R-PANEL", "这位专家已在这个评审组的名单中，请另选一位。"


def waiting_turns(user: Person) -> TurnQuerySet:
    """The open turns of own offices that wait for a group, and that no group has."""
    turns = Turn.objects.visible_to(user).open().filter(seats=None)
    return turns.exclude(pk__in=PanelCase.objects.filter(is_out=False).values("turn"))


def hold_turns(turns: Sequence[Turn], by: Person) -> list[Turn]:
    """Hold the turns in one order; RuleBroken unless all of them wait for a group of an office where the person works."""
    if not turns:
        raise RuleBroken(*NO_CASES)
    if len(turns) > MOST:
        raise RuleBroken(*TOO_MANY)
    held = Turn.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=[turn.pk for turn in turns])
    rows = list(held.order_by("pk"))
    free = set(waiting_turns(by).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    if len(rows) < len(turns) or any(row.pk not in free or not row.row.panel for row in rows):
        raise RuleBroken(*NOT_FREE)
    if len({(row.case_type_id, row.office_id) for row in rows}) > 1:
        raise RuleBroken(*SEVERAL_KINDS)
    if Turn.objects.filter(own_cases(by), pk__in=[row.pk for row in rows]).exists():
        raise RuleBroken(*OWN_CASES)
    return rows


@door
def form_group(
    turns: Sequence[Turn],
    experts: Sequence[OfficeMember],
    *,
    name: str,
    reply_by: dt.date,
    due_on: dt.date,
    by: Person,
) -> Panel:
    """Ask these experts into one group for all these cases, and tell them; it begins when all have come."""
    if not timezone.localdate() <= reply_by <= due_on:
        raise RuleBroken(*DAYS)
    rows = hold_turns(turns, by)
    check_group(experts)
    check_experts(rows, experts, seated=seated_in(rows))
    days = {"reply_by": reply_by, "due_on": due_on}
    panel = Panel.objects.create(office_id=rows[0].office_id, name=name, formed_by=by, **days)
    PanelCase.objects.bulk_create(PanelCase(panel=panel, turn=row) for row in rows)
    PanelMember.objects.bulk_create(
        PanelMember(panel=panel, expert=member.user, is_financial=member.is_financial) for member in experts
    )
    lay_all_heard(rows)
    call(panel, [member.user for member in experts], len(rows))
    return panel


def call(panel: Panel, people: Sequence[Person], count: int) -> None:
    """Tell these experts that they are asked; count: of the cases."""
    notify(INVITED, Call(panel, people), count=count)


def hold_panel(panel: Panel, by: Person) -> Panel:
    """Hold the group for somebody of its office; RuleBroken for others, and where it is dissolved."""
    held = hold_row(Panel.objects.all(), panel.pk)
    if not places_of(by).filter(office=held.office_id).exists() or not Panel.objects.visible_to(by).filter(pk=held.pk):
        raise RuleBroken(*NOT_OURS)
    if held.ended_at:
        raise RuleBroken(*OVER)
    return held


@door
def replace_member(member: PanelMember, new: OfficeMember, *, by: Person) -> PanelMember:
    """Ask somebody else in the place of one who refuses, has left, or owes an answer or words, and tell both."""
    panel = hold_panel(member.panel, by)
    gone = hold_row(PanelMember.objects.select_related("expert"), member.pk)
    if gone.panel.members.filter(replaces=gone).exists():
        raise RuleBroken(*NO_VACANCY)
    if panel.members.filter(expert=new.user_id).exists():
        raise RuleBroken(*IN_GROUP)
    rest = panel.members.active().exclude(pk=gone.pk)
    vacant = panel.members.vacant().exclude(pk=gone.pk)
    if not new.is_financial and not rest.filter(is_financial=True).exists() and not vacant.exists():
        raise RuleBroken(*NEEDS_FINANCIAL)
    turns = seats_to_fill(panel, gone)
    if not turns:
        raise RuleBroken(*NOTHING_OWED)
    check_experts(turns, [new], seated=seated_in(turns))
    if gone.is_active:
        leave(panel, gone, PanelMember.Answer.CALLED_OFF)
        notify(CALLED_OFF, Call(panel, [gone.expert]))
    asked = PanelMember.objects.create(panel=panel, expert=new.user, is_financial=new.is_financial, replaces=gone)
    lay_all_heard(turns)
    call(panel, [new.user], len(turns))
    return asked


def seats_to_fill(panel: Panel, gone: PanelMember) -> list[Turn]:
    """The open turns of the group in which this member's seat is, or falls, vacant; before it begins all of them."""
    turns = Turn.objects.open().filter(panel_lines__panel=panel, panel_lines__is_out=False).order_by("pk")
    if panel.begun_at:
        seats = PanelSeat.objects.filter(expert=gone.expert, given_at=None, replacement=None)
        turns = turns.filter(pk__in=seats.values("turn"))
    return list(turns)


def leave(panel: Panel, member: PanelMember, answer: str, words: str = "") -> None:
    """Write down that the member is no more in the group: his seats fall vacant, what he has said of cases stands."""
    member.answer, member.answered_at, member.words = answer, timezone.now(), words.strip()
    member.save(update_fields=["answer", "answered_at", "words"])
    turns = hold_open(panel)
    seats = PanelSeat.objects.filter(turn__in=turns, expert=member.expert_id).waiting()
    if panel.begun_at:
        turns = [turn for turn in turns if turn.pk in set(seats.values_list("turn", flat=True))]
    seats.update(recused_at=member.answered_at, leaving=Leaving.LEFT)
    lay_all_heard(turns)


def hold_open(panel: Panel) -> list[Turn]:
    """Hold the turns of the group that are not decided, in one order."""
    held = Turn.objects.select_for_update(of=("self",), no_key=True).open()
    return list(held.filter(panel_lines__in=panel.lines.filter(is_out=False)).order_by("pk"))


@door
def dissolve(panel: Panel, *, by: Person) -> Panel:
    """Let a group go that has not begun: its cases are free for another one, and those who were asked are told."""
    panel = hold_panel(panel, by)
    if panel.begun_at:
        raise RuleBroken(*BEGUN_ALREADY)
    panel.ended_at = timezone.now()
    panel.save(update_fields=["ended_at"])
    turns = hold_open(panel)
    panel.lines.update(is_out=True)
    lay_all_heard(turns)
    notify(CALLED_OFF, Call(panel, [member.expert for member in panel.members.active().select_related("expert")]))
    return panel
