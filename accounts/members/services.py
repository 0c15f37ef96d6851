"""The people of a unit: their roles, who goes, who takes over. A unit never loses its last administrator."""

from django.db import models
from django.utils import timezone

from accounts.members.notices import HANDED_OVER, LEFT, REMOVED, ROLE_CHANGED
from accounts.models import Unit, UnitMember
from accounts.permissions import is_unit_administrator, refusal_plain
from notifications.services import notify
from records.doors import door
from records.people import Person
from records.rules import RuleBroken, StaleCase
from records.steps import lock, write

Role = UnitMember.Role
PLAIN = refusal_plain("管理成员")
LAST = "单位至少要有一位管理员。请先把另一位成员设为管理员，或者办理【移交管理员】。"


def other_administrators(unit: Unit, user: Person) -> models.QuerySet[UnitMember]:
    """The administrators beside this person whose accounts are in use."""
    return unit.memberships.filter(role=Role.ADMIN, user__is_active=True).exclude(user=user)


def is_last_administrator(unit: Unit, user: Person) -> bool:
    """Whether nobody else could administer the unit."""
    return is_unit_administrator(unit, user) and not other_administrators(unit, user).exists()


def check_not_last(unit: Unit, user: Person) -> None:
    """Raise RuleBroken for the only administrator."""
    if is_last_administrator(unit, user):
        raise RuleBroken("R-ADMIN", LAST)


def hold_member(member: UnitMember, *, by: Person) -> UnitMember:
    """Lock the unit and read the member afresh, for an administrator; raises RuleBroken, StaleCase if he has gone."""
    unit = lock(member.unit)
    if not is_unit_administrator(unit, by):
        raise RuleBroken(*PLAIN)
    found = unit.memberships.select_related("user").filter(pk=member.pk).first()
    if found is None:
        raise StaleCase
    found.unit = unit
    return found


@door
def change_role(member: UnitMember, role: str, *, by: Person, was: str = "") -> UnitMember:
    """Give a member another role; was: the role on screen, StaleCase if a colleague has changed it since."""
    member = hold_member(member, by=by)
    if member.role == role:
        return member
    if was and member.role != was:
        raise StaleCase
    if member.role == Role.ADMIN:
        check_not_last(member.unit, member.user)
        end_invitations(member)
    before, member.role = member.get_role_display(), role
    member.save(update_fields=["role"])
    write(member.unit, "member_role", by=by, text=f"{member.user}：{before} → {member.get_role_display()}")
    if member.user_id != by.pk:
        notify(ROLE_CHANGED, member)
    return member


@door
def remove(member: UnitMember, *, by: Person) -> None:
    """Take somebody else out of the unit; its cases stay with it."""
    member = hold_member(member, by=by)
    if member.user_id == by.pk:
        raise RuleBroken("R-SELF", "不能移出自己。要离开单位，请办理【退出单位】。")
    end_invitations(member)
    UnitMember.objects.filter(pk=member.pk).delete()
    write(member.unit, "member_removed", by=by, text=f"{member.user}，{member.get_role_display()}")
    notify(REMOVED, member)


@door
def leave(unit: Unit, *, by: Person) -> None:
    """Leave the unit oneself; not as its only administrator. A second click changes nothing."""
    unit = lock(unit)
    member = unit.memberships.select_related("user").filter(user=by).first()
    if member is None:
        return
    check_not_last(unit, by)
    end_invitations(member)
    UnitMember.objects.filter(pk=member.pk).delete()
    write(unit, "member_left", by=by, text=f"{member.user}，{member.get_role_display()}")
    notify(LEFT, member)


@door
def hand_over(unit: Unit, to: UnitMember, *, by: Person) -> UnitMember:
    """移交管理员: the other member becomes administrator, and oneself 经办人, in one step."""
    to = hold_member(to, by=by)
    if to.user_id == by.pk:
        raise RuleBroken("R-SELF", "请选择另一位成员接任管理员。")
    if not to.user.is_active:
        raise RuleBroken("R-ADMIN", f"{to.user}的帐号已停用，不能接任管理员，请选择另一位成员。")
    unit.memberships.filter(pk=to.pk).update(role=Role.ADMIN)
    unit.memberships.filter(user=by).update(role=Role.HANDLER)
    unit.invitations.filter(by=by, closed_at=None).update(by=to.user)
    to.role = Role.ADMIN
    write(to.unit, "handed_over", by=by, text=f"{by} → {to.user}")
    notify(HANDED_OVER, to, giver=str(by))
    return to


def end_invitations(member: UnitMember) -> None:
    """What somebody has invited who no longer administers the unit ends with that."""
    rows = member.unit.invitations.filter(by=member.user, closed_at=None)
    rows.update(closed_at=timezone.now())
