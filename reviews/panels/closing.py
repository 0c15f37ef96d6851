"""The office ends a hearing whose day has passed: what was said by a valid group is opened, the silent lose their seats."""

from django.db.models import prefetch_related_objects
from django.utils import timezone

from records.doors import door
from records.people import Person
from records.rules import RuleBroken
from reviews.lists.keeping import lay_all_heard
from reviews.models import Leaving, Panel, PanelSeat, Turn
from reviews.panel import LEAST_EXPERTS, is_group, is_unsealed, vacancies
from reviews.panels.services import hold_open, hold_panel

NOT_DUE = "R-DATE", "专家提交意见的期限还没有过，不能提前结束评审。"
TOO_FEW = (
    "R-PANEL",
    f"没有可以结束的事项：已提交意见的专家应不少于 {LEAST_EXPERTS} 人、为单数、有财务专家，并且没有回避后待补选的席位。",
)


@door
def close_hearing(panel: Panel, *, by: Person) -> int:
    """Open the words on every case of which a valid group has spoken, without those who were silent; return how many.

    RuleBroken before the day has passed, and where no case has such a group.
    """
    panel = hold_panel(panel, by)
    if not panel.begun_at or not panel.is_overdue:
        raise RuleBroken(*NOT_DUE)
    turns = hold_open(panel)
    prefetch_related_objects(turns, "seats")
    closed = [turn for turn in turns if may_close(turn)]
    if not closed:
        raise RuleBroken(*TOO_FEW)
    seats = PanelSeat.objects.filter(turn__in=closed, given_at=None)
    seats.filter(leaving=Leaving.LEFT, replacement=None).update(leaving=Leaving.UNHEARD)
    seats.filter(recused_at=None).update(recused_at=timezone.now(), leaving=Leaving.UNHEARD)
    lay_all_heard(closed)
    return len(closed)


def may_close(turn: Turn) -> bool:
    """Whether a valid group has spoken, somebody is silent, and nobody who stepped aside waits to be followed by another."""
    seats = list(turn.seats.all())
    spoken = [seat for seat in seats if seat.given_at]
    recused = [seat for seat in vacancies(seats) if seat.leaving == Leaving.RECUSED]
    return is_group(spoken) and not is_unsealed(turn) and not recused
