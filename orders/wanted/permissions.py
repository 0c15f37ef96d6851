"""Who may move a need of a firm, and who may answer it."""

from typing import TYPE_CHECKING

from accounts.models import Duty, Unit, User
from accounts.permissions import can_write_for
from policy.calendar import today
from records.people import Person
from records.rules import rule

if TYPE_CHECKING:
    from orders.wanted.models import Wanted


def is_wanting(wanted: "Wanted", user: Person) -> bool:
    """Who acts for the firm: not 只读."""
    return can_write_for(wanted.unit, user)


def is_curator(wanted: "Wanted", user: Person) -> bool:
    """Who keeps the catalog for the platform, and does not belong to the firm."""
    return isinstance(user, User) and user.duty == Duty.CATALOG and not wanted.unit.has_member(user)


@rule("R-DATE", "这条需求已经到期，不再接受报价和下单。需要时请重新发布。")
def is_not_over(wanted: "Wanted") -> bool:
    """Its last day is not past."""
    return wanted.expires_on is not None and wanted.expires_on >= today()


@rule("R-DATE", "期望完成时间已经过去，不能征集报价。需要的请改期后重新提交。")
def is_wanted_in_time(wanted: "Wanted") -> bool:
    """What it looks for can still be done in time."""
    return wanted.wanted_on >= today()


def may_offer(wanted: "Wanted", unit: Unit | None, user: Person) -> bool:
    """Whether the person may answer for this unit; whether it has a service to offer is asked of its shelf."""
    return unit is not None and unit.pk != wanted.unit_id and can_write_for(unit, user)
