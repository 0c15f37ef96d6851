"""What 创新券兑现 holds of a person, and which claims keep a unit's 管理员 in his place."""

from accounts.models import Unit, User
from accounts.my_data import Rows, acts_on
from accounts.own_data.deletion import keeps_unit
from accounts.own_data.exports import exported_by
from redemption.models import Claim
from redemption.workflow import State


@exported_by("创新券兑现")
def claims_of(user: User) -> Rows:
    """What the person did with claims; their content is the unit's."""
    return acts_on(Claim, user)


@keeps_unit
def has_running_claim(unit: Unit) -> bool:
    """A claim that has not come to its end."""
    return Claim.objects.filter(unit=unit).exclude(state__in={State.DRAFT, State.PASSED, *Claim.DEAD}).exists()
