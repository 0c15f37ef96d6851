"""Who hears what when an application moves: the unit of every move of its case, the office when a case arrives."""

from collections.abc import Iterable
from typing import Any

from notifications.kinds import Kind, on_reaching
from reviews.notices import people_at
from vouchers.models import Application
from vouchers.workflow import State


def unit_members(case: Any) -> Iterable[Any]:
    """Everybody of the unit whose case it is."""
    return case.unit.members.all()


def office_in_turn(case: Any) -> Iterable[Any]:
    """Everybody who is at work at the office that has the case now."""
    turn = case.latest_turn
    return people_at(turn.office) if turn and turn.is_open else ()


ARRIVED = Kind("application_arrived", office_in_turn, by_mail=False)

for _state in (State.DISTRICT, State.BODY):
    on_reaching(Application, _state, Kind(f"application_{_state.value}", unit_members), ARRIVED)

for _state in (
    State.DISTRICT_RETURNED, State.BODY_RETURNED, State.DISTRICT_REJECTED, State.BODY_REJECTED, State.APPROVED,
    State.WITHDRAWN, State.LAPSED, State.VOIDED,
):  # fmt: skip
    on_reaching(Application, _state, Kind(f"application_{_state.value}", unit_members))

on_reaching(Application, State.REDEEMED, Kind("application_redeemed", unit_members, by_mail=False))

REMINDERS = {
    name: Kind(name, unit_members)
    for name in ("application_due_soon", "application_use_soon", "application_redeem_soon")
}  # fmt: skip
