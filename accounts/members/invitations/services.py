"""A phone number is invited into a unit or to an office; whoever has verified the number accepts or declines.

Nothing here tells the inviter whether the number has an account.
"""

from typing import Any

from django.utils import timezone

from accounts.members.joining.services import Answer, close
from accounts.members.notices import INVITATION_ACCEPTED, INVITATION_DECLINED, INVITED
from accounts.models import Invitation, Unit, UnitMember
from accounts.permissions import may_invite
from accounts.sms.services import send_text
from notifications.services import notify
from policy.models import PolicyVersion
from records.doors import door
from records.locks import hold_row
from records.people import Person
from records.rules import RuleBroken
from records.steps import lock, write
from reviews.models import Office, OfficeMember
from reviews.places import give_place, lock_office

Organisation = Unit | Office
PLAIN = "R-PERM", "您没有邀请人员加入这里的权限。单位的成员由单位管理员邀请，审核单位的人员由其上级负责人邀请。"
UNVERIFIED = "这份邀请发给您的手机号，请先在【我的帐号】验证手机号，再接受邀请。"
THERE_UNIT = "这个手机号的主人已经是本单位成员，不用再邀请；需要改变角色的，请在【单位成员】中更改。"
THERE_OFFICE = "这个手机号的主人已经在这里，不用再邀请；需要改变角色的，请在人员列表中修改。"
OVER = "这份邀请已经结束或超过有效期，请联系对方重新邀请。"


def lock_organisation(organisation: Organisation) -> Organisation:
    """The unit or the office with its row held, so that two who invite at once wait for each other."""
    return lock_office(organisation) if isinstance(organisation, Office) else lock(organisation)


@door
def invite(
    organisation: Organisation,
    phone: str,
    role: str,
    *,
    by: Person,
    is_financial: bool = False,
    address: str | None = None,
) -> Invitation:
    """Invite the number; it gets a text message, and the account that has verified it a notice.

    address: the inviter's network address, for the limits of text messages. A second click finds the first invitation.
    """
    organisation = lock_organisation(organisation)
    if not may_invite(organisation, by, role):
        raise RuleBroken(*PLAIN)
    return invite_to(organisation, phone, role, by=by, is_financial=is_financial, address=address)


def invite_to(
    organisation: Organisation, phone: str, role: str, *, by: Person, is_financial: bool, address: str | None
) -> Invitation:
    """The same to an organisation that is held, by somebody who may invite to it."""
    check_number(organisation, phone, by=by)
    rows = organisation.invitations.filter(phone=phone)
    known = rows.open().first()
    if known is not None:
        if known.role == role:
            return known
        raise RuleBroken("R-OPEN", "这个手机号已有一份等待答复的邀请。要改变角色，请先撤回原来的邀请。")
    if isinstance(organisation, Unit):
        check_room(organisation)
    rows.filter(closed_at=None).update(closed_at=timezone.now())  # expired
    return send(organisation, phone, role, by=by, is_financial=is_financial, address=address)


def check_room(unit: Unit) -> None:
    """Raise RuleBroken where as many invitations of the unit lie open as the policy lets."""
    most = PolicyVersion.objects.remembered().invitations_most_open
    if unit.invitations.open().count() >= most:
        raise RuleBroken("R-MANY", f"最多同时有 {most} 份等待答复的邀请，请先撤回不需要的。")


def check_number(organisation: Organisation, phone: str, *, by: Person) -> None:
    """Raise RuleBroken for oneself and for people who are there already, whom the inviter sees anyway."""
    if by.phone == phone:
        raise RuleBroken("R-SELF", "不能邀请自己，请填写同事的手机号。")
    owner = {"user__phone": phone, "user__phone_verified_at__isnull": False}
    there = (
        organisation.memberships.filter(ended_at=None)
        if isinstance(organisation, Office)
        else organisation.memberships.all()
    )
    if there.filter(**owner).exists():
        raise RuleBroken("R-MEMBER", THERE_OFFICE if isinstance(organisation, Office) else THERE_UNIT)


def send(
    organisation: Organisation, phone: str, role: str, *, by: Person, is_financial: bool, address: str | None
) -> Invitation:
    """Write the invitation and let its message go out."""
    where = (
        {"office": organisation, "office_role": role}
        if isinstance(organisation, Office)
        else {"unit": organisation, "unit_role": role}
    )
    invitation = Invitation.objects.create(phone=phone, by=by, is_financial=is_financial, **where)
    text = f"{phone[:3]}****{phone[-4:]}，{invitation.get_role_display()}"
    write(organisation, "invited", by=by, text=text)
    send_text(phone, "invitation", purpose="invitation", address=address, name=name_for(organisation))
    notify(INVITED, invitation)
    return invitation


def name_for(organisation: Organisation) -> str:
    """What a text message says of the organisation: words that nobody has checked do not go out in the portal's name."""
    checked = isinstance(organisation, Office) or organisation.is_certified
    return organisation.name if checked else "一家单位"


def hold_invitation(invitation: Invitation) -> Invitation:
    """Lock the organisation and the invitation, and read it afresh."""
    organisation = lock_organisation(invitation.organisation)
    held = hold_row(Invitation.objects.select_related("by"), invitation.pk)
    setattr(held, "office" if held.office_id else "unit", organisation)
    return held


def hold_open(invitation: Invitation, *, by: Person) -> Invitation:
    """The same for the person whom it invites; raises RuleBroken where it is over or the number is not his."""
    held = hold_invitation(invitation)
    if by.phone != held.phone or by.phone_verified_at is None:
        raise RuleBroken("R-PHONE", UNVERIFIED)
    if not held.is_open:
        raise RuleBroken("R-OVER", OVER)
    return held


@door
def accept(invitation: Invitation, *, by: Person) -> UnitMember | OfficeMember:
    """Join; the membership that comes of it. Void if the inviter may no longer give the role."""
    held = hold_open(invitation, by=by)
    if held.by_id == by.pk or not may_invite(held.organisation, held.by, held.role):
        raise RuleBroken("R-OVER", f"发出邀请的人已不再管理“{held.organisation}”的人员，请联系对方重新邀请。")
    member = enter_office(held, by) if held.office_id else enter_unit(held, by)
    held.accepted_by, held.closed_at = by, timezone.now()
    held.save(update_fields=["accepted_by", "closed_at"])
    notify(INVITATION_ACCEPTED, held, person=str(by))
    return member


def enter_unit(invitation: Invitation, user: Person) -> UnitMember:
    """Make the person a member of the unit; what he asked for himself there is answered with it."""
    unit: Any = invitation.unit
    member, is_new = UnitMember.objects.get_or_create(unit=unit, user=user, defaults={"role": invitation.unit_role})
    for asked in user.join_requests.open().filter(unit=unit):
        close(asked, Answer.ADMITTED, by=invitation.by, role=member.role)
    if is_new:
        write(unit, "invitation_accepted", by=user, text=f"{user}，{member.get_role_display()}")
    return member


def enter_office(invitation: Invitation, user: Person) -> OfficeMember:
    """Give the person his place at the office."""
    office: Any = invitation.office
    role, by, kind = invitation.office_role, invitation.by, "invitation_accepted"
    return give_place(office, user, role, by=by, is_financial=invitation.is_financial, kind=kind, actor=user)


@door
def decline(invitation: Invitation, *, by: Person) -> None:
    """The person does not come; the inviter is told."""
    held = hold_open(invitation, by=by)
    end(held)
    write(held.organisation, "invitation_declined", by=by, text=held.get_role_display())
    notify(INVITATION_DECLINED, held)


@door
def withdraw(invitation: Invitation, *, by: Person) -> Invitation:
    """Who may invite to the organisation takes an invitation back; a second click changes nothing. Return it, held."""
    held = hold_invitation(invitation)
    if not may_invite(held.organisation, by, held.role):
        raise RuleBroken(*PLAIN)
    if held.accepted_by_id:
        where = "人员列表" if isinstance(held.organisation, Office) else "【单位成员】"
        raise RuleBroken("R-OVER", f"对方已经接受邀请，不能再撤回；需要时请在{where}中移出。")
    if held.closed_at is None:
        end(held)
        write(held.organisation, "invitation_withdrawn", by=by, text=held.get_role_display())
    return held


@door
def renew(invitation: Invitation, *, by: Person, address: str | None = None) -> Invitation:
    """Invite again: the old invitation ends, a new one with the same role goes out."""
    old = withdraw(invitation, by=by)
    financial = old.is_financial
    return invite_to(old.organisation, old.phone, old.role, by=by, is_financial=financial, address=address)


def end(invitation: Invitation) -> None:
    """The invitation can no longer be accepted."""
    invitation.closed_at = timezone.now()
    invitation.save(update_fields=["closed_at"])
