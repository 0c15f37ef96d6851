"""News of the review itself: a case is handed over, an expert is asked, a group is complete."""

from typing import Any

from notifications.kinds import Kind


def applicants(case: Any) -> Any:
    """Everybody of the unit whose case it is."""
    return getattr(case, "unit", case).members.all()


def office(turn: Any) -> Any:
    """The people of the office that has the turn."""
    return turn.office.members.all()


def expert(seat: Any) -> list[Any]:
    """The expert himself."""
    return [seat.expert]


TRANSFERRED = Kind("turn_transferred", applicants)
TRANSFERRED_TO_OFFICE = Kind("turn_received", office)
SEATED = Kind("seat_assigned", expert)
RECUSED = Kind("seat_recused", office)
GROUP_HEARD = Kind("group_heard", office)
