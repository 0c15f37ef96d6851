"""News of 单位认证: who hears of which state."""

from typing import Any

from accounts.members.notices import platform
from accounts.models import Unit
from accounts.workflow import State
from notifications.kinds import Kind


def members(unit: Unit) -> Any:
    """Everybody who belongs to the unit."""
    return unit.members.all()


def writers(unit: Unit) -> Any:
    """Its administrators and handlers."""
    return unit.members.filter(unit_memberships__unit=unit, unit_memberships__role__in=("admin", "handler"))


ON_REACHING = {
    State.PENDING: (Kind("certification_submitted", platform), Kind("certification_received", members, encloses=True)),
    State.RETURNED: (Kind("certification_returned", members, by_text=True),),
    State.REJECTED: (Kind("certification_rejected", members, by_text=True),),
    State.CERTIFIED: (Kind("certification_passed", members, by_text=True),),
    State.EXPIRED: (Kind("certification_expired", members),),
    State.FROZEN: (Kind("certification_frozen", members),),
}
LICENCE_ENDS = Kind("licence_ends_soon", writers)
