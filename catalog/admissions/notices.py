"""News of 服务机构入驻: the unit hears of every move, the platform when a case arrives."""

from typing import Any

from catalog.models import Admission
from catalog.workflow import State
from notifications.kinds import Kind, on_reaching
from reviews.notices import people_at


def members(admission: Admission) -> Any:
    """Everybody who belongs to the unit."""
    return admission.unit.members.all()


def platform(admission: Admission) -> Any:
    """The people at work at the office that has the case."""
    turn = admission.latest_turn
    return people_at(turn.office) if turn and turn.is_open else ()


on_reaching(
    Admission, State.PENDING, Kind("admission_received", members),
    Kind("admission_submitted", platform, by_mail=False),
)  # fmt: skip
for _state in (
    State.RETURNED, State.REJECTED, State.ADMITTED, State.SUSPENDED, State.EXPIRED, State.WITHDRAWN,
):  # fmt: skip
    on_reaching(Admission, _state, Kind(f"admission_{_state.value}", members))

REMINDER = Kind("admission_ends_soon", members)
