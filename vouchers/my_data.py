"""What 创新券申请 holds of a person, and which applications keep a unit's 管理员 in his place."""

from accounts.models import Unit, User
from accounts.my_data import Rows, acts_on
from accounts.own_data.deletion import keeps_unit
from accounts.own_data.exports import exported_by
from vouchers.models import Application
from vouchers.workflow import State


@exported_by("创新券申请")
def applications_of(user: User) -> Rows:
    """What the person did with applications; their content is the unit's."""
    return acts_on(Application, user)


@keeps_unit
def has_running_application(unit: Unit) -> bool:
    """An application under way, or a voucher that may still be used."""
    return Application.objects.live().filter(unit=unit).exclude(state__in=(State.DRAFT, State.REDEEMED)).exists()
