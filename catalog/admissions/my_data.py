"""What 服务机构入驻 holds of a person, and which admissions keep a unit's 管理员 in his place."""

from accounts.models import Unit, User
from accounts.my_data import Rows, acts_on
from accounts.own_data.deletion import keeps_unit
from accounts.own_data.exports import exported_by
from catalog.models import Admission
from catalog.workflow import State

ALIVE = (State.PENDING, State.RETURNED, State.ADMITTED, State.SUSPENDED)


@exported_by("服务机构入驻")
def admissions_of(user: User) -> Rows:
    """What the person did with admissions; their content is the unit's."""
    return acts_on(Admission, user)


@keeps_unit
def is_provider(unit: Unit) -> bool:
    """An admission under way or in force: somebody has to answer the orders."""
    return Admission.objects.filter(unit=unit, state__in=ALIVE).exists()
