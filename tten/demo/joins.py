"""People on their way into units: 只读, a person of two units, requests that wait for the unit and for 科服网, an invitation."""

from accounts.members.joining.services import ask_to_join
from accounts.models import Invitation, Unit, UnitMember
from tten.demo.cases import DemoCast

Role = UnitMember.Role
INVITED = "newcomer"


def make_joins(cast: DemoCast, firms: list[Unit]) -> None:
    """At the demo's own firm and its neighbours."""
    own, second, third, late = firms[:4]
    UnitMember.objects.create(unit=own, user=cast.people["reader"], role=Role.READER)
    UnitMember.objects.create(unit=second, user=cast.people["unit_admin"], role=Role.HANDLER)
    with cast.began(1):
        ask_to_join(own.uscc, words="研发部实验员，分机 8008，协助办理创新券。", by=third.members.get())
    with cast.began(12):
        ask_to_join(late.uscc, words="财务部会计，分机 8021，负责兑现材料。", by=cast.people[INVITED])
    Invitation.objects.create(
        unit=second,
        phone=cast.people[INVITED].phone or "",
        unit_role=Role.HANDLER,
        by=second.memberships.get(role=Role.ADMIN).user,
    )
