"""The expert group of one turn: formed by the body, sealed until every word is in (domain.md §5.4)."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from django.db.models import Exists, prefetch_related_objects
from django.utils import timezone

from notifications.services import notify
from policy.arithmetic import yuan
from records.doors import door
from records.locks import hold_row
from records.people import Person
from records.rules import RuleBroken, StaleCase
from reviews.course import course_of
from reviews.experts.pool import check_experts
from reviews.lists.keeping import lay_heard
from reviews.models import ExpertWord, Leaving, OfficeMember, PanelCase, PanelSeat, ReviewedCase, Turn
from reviews.notices import GROUP_HEARD, RECUSED, SEATED
from reviews.querysets import places_of
from reviews.rating import rate

LEAST_EXPERTS = 3
OWN_CASE_HEARD = "您是申请单位的成员，不能评审本单位的事项，请申请回避。"
SEALED = "全部专家提交之前，任何人都看不到您的意见。"
NEEDS_GROUNDS = "R-WORDS", "选择核减或不同意时必须写明理由。"
NEEDS_FINANCIAL = "R-PANEL", "专家组中至少要有一名财务专家，请补选。"


def refusal_of_cut(asked: Decimal) -> tuple[str, str]:
    """(code, sentence) that refuses an amount which does not cut what is asked for, yuan."""
    return "R-SUM", f"核减后的金额应大于 0、小于申请兑现金额 {yuan(asked)}。"


def lock_turn(turn: Turn) -> Turn:
    """Hold the turn's row; raise StaleCase if it is decided."""
    turn = Turn.objects.select_for_update(of=("self",), no_key=True).get(pk=turn.pk)
    if not turn.is_open:
        raise StaleCase
    return turn


def hold_for(turn: Turn, by: Person) -> Turn:
    """Hold the turn for a member of its office who does not belong to the unit concerned; its case is the one at hand."""
    case, turn = turn.case, lock_turn(turn)
    turn.case = case
    if not places_of(by).filter(office=turn.office_id).exists() or case.has_member(by):
        raise RuleBroken("R-PERM", "只有承办本事项的专业机构可以组建或补选专家组，并且不能是申请单位的成员。")
    if not turn.row.panel:
        raise RuleBroken("R-STATE", "本环节不需要专家评审，不能组建专家组。")
    return turn


@door
def form_panel(turn: Turn, experts: Sequence[OfficeMember], *, by: Person) -> list[PanelSeat]:
    """Seat the experts and tell them: at least three, an odd number, at least one financial, none concerned."""
    turn = hold_for(turn, by)
    check_free(turn)
    check_group(experts)
    check_experts([turn], experts, seated=set())
    seats = PanelSeat.objects.bulk_create(
        PanelSeat(turn=turn, expert=member.user, is_financial=member.is_financial) for member in experts
    )
    lay_heard(turn)
    for seat in seats:
        notify(SEATED, seat)
    return seats


def check_free(turn: Turn) -> None:
    """Raise RuleBroken where the turn has a group, or one for many cases is being asked; one question."""
    listed = PanelCase.objects.filter(turn=turn, is_out=False)
    seated, asked = Turn.objects.filter(pk=turn.pk).values_list(Exists(turn.seats.all()), Exists(listed)).get()
    if seated:
        raise RuleBroken("R-PANEL", "本事项的专家组已经组建。如有专家回避，请补选。")
    if asked:
        raise RuleBroken("R-PANEL", "本事项已列入评审组，正在邀请专家。要单独组建的，请先解散那个评审组。")


def check_group(experts: Sequence[OfficeMember]) -> None:
    """Raise RuleBroken unless they are an odd number, at least three, one of them financial."""
    if len(experts) < LEAST_EXPERTS or len(experts) % 2 == 0:
        raise RuleBroken("R-PANEL", f"专家组应为不少于 {LEAST_EXPERTS} 人的单数，现在选了 {len(experts)} 人，请调整。")
    if not any(member.is_financial for member in experts):
        raise RuleBroken(*NEEDS_FINANCIAL)


def is_group(people: Collection[OfficeMember] | Collection[PanelSeat]) -> bool:
    """Whether they are as many, and of the kind, that `check_group` asks for."""
    return len(people) >= LEAST_EXPERTS and len(people) % 2 == 1 and any(one.is_financial for one in people)


@door
def replace_recused(turn: Turn, member: OfficeMember, *, by: Person) -> PanelSeat:
    """Seat one more expert instead of one who has stepped aside, and tell him."""
    turn = hold_for(turn, by)
    seats = list(turn.seats.all())
    vacant = vacancies(seats)
    if not vacant:
        raise RuleBroken("R-PANEL", "本事项的专家组没有空缺，不需要补选。")
    is_financial = member.is_financial or any(seat.is_financial for seat in seats if seat.recused_at is None)
    if len(vacant) == 1 and not is_financial:
        raise RuleBroken(*NEEDS_FINANCIAL)
    check_experts([turn], [member], seated={seat.expert_id for seat in seats})
    seat = PanelSeat.objects.create(turn=turn, expert=member.user, is_financial=member.is_financial, replaces=vacant[0])
    lay_heard(turn)
    notify(SEATED, seat)
    return seat


@door
def recuse(seat: PanelSeat, *, by: Person) -> PanelSeat:
    """The expert steps aside (回避) before he has spoken; the body is told to fill his seat."""
    seat = own_seat(seat, by)
    seat.recused_at = timezone.now()
    seat.save(update_fields=["recused_at"])
    lay_heard(seat.turn)
    notify(RECUSED, seat.turn)
    return seat


@door
def give_word(
    seat: PanelSeat,
    *,
    by: Person,
    word: str,
    amount: Decimal | None = None,
    text: str = "",
    points: Sequence[int] = (),
) -> PanelSeat:
    """Record the expert's sealed word; amount in yuan where he cuts, never above what the case asks for.

    points: 0 to 100 for each criterion of the case's policy, in its order.
    """
    seat = own_seat(seat, by)
    if seat.turn.case.has_member(by):  # he has joined the unit since he was seated
        raise RuleBroken("R-REL", OWN_CASE_HEARD)
    seat.amount = amount_meant(word, amount, asked=seat.turn.case.asked_amount, text=text)
    rate(seat, seat.turn.case, points)
    seat.word, seat.text, seat.given_at = word, text.strip(), timezone.now()
    seat.save()
    lay_heard(seat.turn)
    if is_unsealed(seat.turn):
        notify(GROUP_HEARD, seat.turn)
    return seat


def amount_meant(word: str, amount: Decimal | None, *, asked: Decimal, text: str) -> Decimal:
    """The yuan that a word stands for; raises RuleBroken where it lacks its words, or a cut its smaller amount."""
    if word != ExpertWord.AGREE and not text.strip():
        raise RuleBroken(*NEEDS_GROUNDS)
    meant = {ExpertWord.AGREE: asked, ExpertWord.REFUSE: Decimal(0)}.get(ExpertWord(word), amount)
    if meant is None or (word == ExpertWord.CUT and not 0 < meant < asked):
        raise RuleBroken(*refusal_of_cut(asked))
    return meant


def own_seat(seat: PanelSeat, by: Person) -> PanelSeat:
    """Lock the seat after its turn; only its expert may use it, and once."""
    lock_turn(seat.turn)
    seat = hold_row(PanelSeat.objects.select_related("turn__office"), seat.pk)
    if seat.expert_id != by.pk:
        raise RuleBroken("R-PERM", "这不是指派给您的评审任务。")
    if not seat.is_waiting:
        raise RuleBroken("R-STATE", "您已经提交过意见或声明回避，不能再次提交。")
    return seat


def is_unsealed(turn: Turn) -> bool:
    """Whether a full group has spoken, so that the body may read the words."""
    seats = list(turn.seats.all())
    active = [seat for seat in seats if seat.recused_at is None]
    return len(active) >= LEAST_EXPERTS and all(seat.given_at for seat in active) and not vacancies(seats)


def hearing_of(case: ReviewedCase) -> Turn | None:
    """The case's open turn with its seats, read once for this object; from the course of the case where a page has that."""
    course = course_of(case)
    if "hearing" not in vars(case) and "turns" in vars(course):
        prefetch_related_objects([course.open_turn] if course.open_turn else [], "seats")
        case.hearing = course.open_turn
    return case.hearing


def is_silent(turn: Turn) -> bool:
    """Whether no expert has spoken yet."""
    return all(seat.given_at is None for seat in turn.seats.all())


def vacancies(seats: Sequence[PanelSeat]) -> list[PanelSeat]:
    """Those of a group's seats that were left and not filled again."""
    filled = {seat.replaces_id for seat in seats}
    left = [seat for seat in seats if seat.recused_at and seat.leaving != Leaving.UNHEARD]
    return [seat for seat in left if seat.pk not in filled]


def group_amount(turn: Turn) -> Decimal:
    """What the group as a whole names, in yuan: the median, since half of an odd group goes as far; 不同意 counts as 0."""
    amounts = sorted(seat.amount or Decimal(0) for seat in turn.seats.all() if seat.recused_at is None)
    return amounts[len(amounts) // 2]


def is_group_for(turn: Turn) -> bool:
    """Whether more than half of a group that has spoken did not refuse (docs/adr/0053)."""
    words = [seat.word for seat in turn.seats.all() if seat.recused_at is None]
    return words.count(ExpertWord.REFUSE) * 2 < len(words)
