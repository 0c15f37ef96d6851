"""The expert group of one turn: formed by the body, sealed until every word is in (domain.md §5.4)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from records.rules import RuleBroken, StaleCase
from reviews.models import ExpertWord, OfficeMember, PanelSeat, Turn

LEAST_EXPERTS = 3


def lock_turn(turn: Turn) -> Turn:
    """Hold the turn's row; raise StaleCase if it is decided."""
    turn = Turn.objects.select_for_update(of=("self",)).get(pk=turn.pk)
    if not turn.is_open:
        raise StaleCase
    return turn


@transaction.atomic
def form_panel(turn: Turn, experts: Sequence[OfficeMember], *, by: Any) -> list[PanelSeat]:
    """Seat the experts: at least three, an odd number, at least one financial, none of the unit concerned."""
    turn = lock_turn(turn)
    if not turn.office.memberships.filter(user=by).exists():
        raise RuleBroken("R-PERM", "只有承办本事项的专业机构可以组建专家组。")
    if turn.seats.filter(recused_at=None).exists():
        raise RuleBroken("R-PANEL", "本事项的专家组已经组建。如有专家回避，请补选。")
    check_panel(turn, experts)
    return PanelSeat.objects.bulk_create(
        PanelSeat(turn=turn, expert=member.user, is_financial=member.is_financial) for member in experts
    )


def check_panel(turn: Turn, experts: Sequence[OfficeMember]) -> None:
    """Raise RuleBroken with the rule that the group breaks."""
    if len(experts) < LEAST_EXPERTS or len(experts) % 2 == 0:
        raise RuleBroken("R-PANEL", f"专家组应为不少于 {LEAST_EXPERTS} 人的单数，现在选了 {len(experts)} 人，请调整。")
    if not any(member.is_financial for member in experts):
        raise RuleBroken("R-PANEL", "专家组中至少要有一名财务专家，请补选。")
    for member in experts:
        if turn.case.has_member(member.user):
            raise RuleBroken("R-REL", "所选专家中有人属于申请单位，不能评审本单位的事项，请更换。")
        if turn.seats.filter(expert=member.user).exists():
            raise RuleBroken("R-REL", "所选专家中有人已对本事项声明回避，请更换。")


@transaction.atomic
def replace_recused(turn: Turn, member: OfficeMember, *, by: Any) -> PanelSeat:
    """Seat one more expert in the place of one who has stepped aside."""
    turn = lock_turn(turn)
    if not turn.office.memberships.filter(user=by).exists():
        raise RuleBroken("R-PERM", "只有承办本事项的专业机构可以补选专家。")
    active = list(turn.seats.filter(recused_at=None))
    if not vacancies(turn):
        raise RuleBroken("R-PANEL", "本事项的专家组没有空缺，不需要补选。")
    needs_financial = vacancies(turn) == 1 and not any(seat.is_financial for seat in active)
    if needs_financial and not member.is_financial:
        raise RuleBroken("R-PANEL", "专家组中至少要有一名财务专家，请补选财务专家。")
    if turn.case.has_member(member.user) or turn.seats.filter(expert=member.user).exists():
        raise RuleBroken("R-REL", "这位专家属于申请单位，或已在专家组中，或已声明回避，请更换。")
    return PanelSeat.objects.create(turn=turn, expert=member.user, is_financial=member.is_financial)


def vacancies(turn: Turn) -> int:
    """How many experts are missing: each recusal leaves one place until it is filled."""
    seats = list(turn.seats.all())
    active = sum(seat.recused_at is None for seat in seats)
    wanted = max(LEAST_EXPERTS, active if active % 2 else active + 1) if seats else 0
    return max(0, wanted - active)


@transaction.atomic
def recuse(seat: PanelSeat, *, by: Any) -> PanelSeat:
    """The expert steps aside (回避) before he has spoken."""
    seat = own_seat(seat, by)
    seat.recused_at = timezone.now()
    seat.save(update_fields=["recused_at"])
    return seat


@transaction.atomic
def give_word(seat: PanelSeat, *, by: Any, word: str, amount: Decimal, text: str = "") -> PanelSeat:
    """Record the expert's sealed word; amount in yuan, never above what the case asks for."""
    seat = own_seat(seat, by)
    asked = seat.turn.case.asked_amount
    if word != ExpertWord.AGREE and not text.strip():
        raise RuleBroken("R-WORDS", "选择核减或不同意时必须写明理由。")
    seat.amount = {ExpertWord.AGREE: asked, ExpertWord.REFUSE: Decimal(0)}.get(ExpertWord(word), amount)
    if word == ExpertWord.CUT and not 0 < seat.amount < asked:
        raise RuleBroken("R-SUM", f"核减后的金额应大于 0、小于申请兑现金额 {asked:,.2f} 元。")
    seat.word, seat.text, seat.given_at = word, text, timezone.now()
    seat.save()
    return seat


def own_seat(seat: PanelSeat, by: Any) -> PanelSeat:
    """Lock the seat after its turn; only its expert may use it, and once."""
    lock_turn(seat.turn)
    seat = PanelSeat.objects.select_for_update(of=("self",)).select_related("turn").get(pk=seat.pk)
    if seat.expert_id != by.pk:
        raise RuleBroken("R-PERM", "这不是指派给您的评审任务。")
    if not seat.is_waiting:
        raise RuleBroken("R-STATE", "您已经提交过意见或声明回避，不能再次提交。")
    return seat


def is_unsealed(turn: Turn) -> bool:
    """Whether a full group has spoken, so that the body may read the words."""
    seats = [seat for seat in turn.seats.all() if seat.recused_at is None]
    return len(seats) >= LEAST_EXPERTS and len(seats) % 2 == 1 and all(seat.given_at for seat in seats)
