"""What the pages of groups show."""

from collections.abc import Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import QueryDict

from records.kinds import own_cases
from records.people import Person
from reviews.experts.pool import free_for, propose, with_load
from reviews.kinds import reviewed_kinds
from reviews.models import OfficeMember, Panel, PanelMember, PanelSeat, Turn
from reviews.panels.forms import MemberForm, RowWordForm
from reviews.panels.hearing import Word
from reviews.panels.results import results_of
from reviews.panels.services import seats_to_fill, waiting_turns
from reviews.querysets import TurnQuerySet
from reviews.rating import criteria_of
from ui.figures import are_figures

MOST_FIGURES = 18  # of a key


def keys_in(data: QueryDict, name: str) -> list[str]:
    """The keys of rows that were ticked."""
    return [key for key in data.getlist(name) if are_figures(key) and len(key) <= MOST_FIGURES]


def turns_to_hear(user: Person) -> TurnQuerySet:
    """The cases for which the person may form a group, the first due before the others."""
    states = {state for kind in reviewed_kinds() for state, row in kind.model.STATES.items() if row.panel}
    turns = waiting_turns(user).filter(state__in=states).exclude(own_cases(user))
    return turns.select_related("office", "case_type").order_by("due_on", "pk")


def proposal_for(turns: Sequence[Turn], size: int, specialties: Sequence[str]) -> list[int]:
    """The places of those whom the system proposes."""
    return [member.pk for member in propose(list(with_load(free_for(turns))), size, specialties)]


def group_context(panel: Panel, user: Person) -> dict[str, Any]:
    """Members with what they answered, cases with what the group says of them, and what the office may do."""
    results = results_of(panel, user)
    members = list(panel.members.select_related("expert", "replaces__expert", "replacement"))
    passing = [result.turn.pk for result in results if result.is_heard and result.is_for and result.turn.is_open]
    to_pass = Turn.objects.filter(pk__in=passing).unspoken_by(user).order_by("pk")
    return {
        "members": [(member, may_replace(member, results)) for member in members],
        "results": results,
        "to_pass": list(to_pass.values_list("pk", flat=True)),
        "open": sum(result.turn.is_open for result in results),
        "heard": sum(result.is_heard for result in results),
    }


def may_replace(member: PanelMember, results: Sequence[Any]) -> bool:
    """Whether somebody else may be asked in the member's place now."""
    if member.panel.ended_at or hasattr(member, "replacement"):
        return False
    seats = [seat for result in results for seat in result.turn.seats.all() if result.turn.is_open]
    owes = any(seat.expert_id == member.expert_id and seat.given_at is None for seat in seats)
    return owes if member.panel.begun_at else True


def member_form(member: PanelMember, data: QueryDict | None = None) -> MemberForm:
    """Whom the office may ask in the member's place: nobody who is or was in the group."""
    turns = seats_to_fill(member.panel, member)
    known = member.panel.members.values("expert")
    free = free_for(turns).exclude(user__in=known) if turns else OfficeMember.objects.none()
    return MemberForm(data, free=free)


def hearing_rows(panel: Panel, user: Person, data: QueryDict | None = None) -> list[dict[str, Any]]:
    """[{seat, turn, asked, form}] of the expert's own seats in the group, those first on which he owes a word."""
    rows = PanelSeat.objects.visible_to(user).filter(turn__panel_lines__panel=panel, turn__panel_lines__is_out=False)
    seats = list(rows.select_related("turn__office", "turn__case_type").order_by("given_at", "turn__number"))
    prefetch_related_objects([seat.turn for seat in seats if not is_done(seat)], "case__policy")
    return [{"seat": seat, "turn": seat.turn, "form": row_form(seat, data)} for seat in sorted(seats, key=is_done)]


def is_done(seat: PanelSeat) -> bool:
    """Whether nothing more is to be said."""
    return not (seat.is_waiting and seat.turn.is_open)


def row_form(seat: PanelSeat, data: QueryDict | None) -> RowWordForm | None:
    """The row's form, while a word is owed."""
    if is_done(seat):
        return None
    case = seat.turn.case
    return RowWordForm(data, prefix=str(seat.pk), asked=seat.turn.amount, criteria=criteria_of(case))


def word_in(form: RowWordForm) -> Word:
    """What a valid row says."""
    said = form.said
    return {"word": said["word"], "amount": said["amount"], "text": said["text"], "points": said["points"]}
