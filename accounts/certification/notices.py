"""News of 单位认证: who hears of which state."""

from typing import Any

from accounts.members.notices import platform
from accounts.models import Unit
from accounts.workflow import State
from notifications.kinds import Kind
from notifications.matters import ARRIVALS, DEADLINES, PROGRESS, VERDICTS


def members(unit: Unit) -> Any:
    """Everybody who belongs to the unit."""
    return unit.members.all()


def writers(unit: Unit) -> Any:
    """Its administrators and handlers."""
    return unit.members.filter(unit_memberships__unit=unit, unit_memberships__role__in=("admin", "handler"))


ON_REACHING = {
    State.PENDING: (
        Kind("certification_submitted", platform, matter=ARRIVALS),
        Kind("certification_received", members, encloses=True, matter=PROGRESS),
    ),
    State.RETURNED: (Kind("certification_returned", members, by_text=True, matter=VERDICTS),),
    State.REJECTED: (Kind("certification_rejected", members, by_text=True, matter=VERDICTS),),
    State.CERTIFIED: (Kind("certification_passed", members, by_text=True, matter=VERDICTS),),
    State.EXPIRED: (Kind("certification_expired", members, matter=VERDICTS),),
    State.FROZEN: (Kind("certification_frozen", members, matter=VERDICTS),),
}
LICENCE_ENDS = Kind("licence_ends_soon", writers, matter=DEADLINES)
