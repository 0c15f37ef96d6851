"""停用帐号: an account is put out of use and back, never deleted here, since the trail names it."""

from django.db.models import Q, QuerySet

from accounts.history.sign_ins import record
from accounts.models import Duty, SignInEvent, User
from accounts.permissions import refusal_oneself
from accounts.security.sessions.services import end_sessions
from records.doors import door
from records.people import Person
from records.rules import RuleBroken
from records.steps import note
from reviews.models import OfficeMember
from reviews.places import check_another_lead, lock_office, seats_of, vacate


def keeps_accounts(user: Person) -> bool:
    """Whether the person keeps the accounts: by his duty, or to set the portal up."""
    return bool(user.is_active and (user.duty == Duty.ACCOUNTS or user.is_superuser))


def account_keepers() -> QuerySet[User]:
    """All of these people."""
    return User.objects.filter(Q(duty=Duty.ACCOUNTS) | Q(is_superuser=True), is_active=True)


@door
def set_active(user: User, *, active: bool, by: Person) -> User:
    """Put the account out of use, which ends its sessions, or back into use. Nothing changed is nothing done."""
    for place in OfficeMember.objects.at_work().leading().filter(user=user).select_related("office"):
        lock_office(place.office)
        if not active:
            check_another_lead(place)
    user = User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    check_keeper(user, by)
    if user.is_active == active:
        return user
    if user.deleted_at is not None:
        raise RuleBroken("R-ACCOUNT", "这个帐号已注销，不能再启用。")
    user.is_active = active
    user.save(update_fields=["is_active"])
    words = "启用帐号" if active else "停用帐号"
    note(user, "account_opened" if active else "account_closed", by=by, text=words)
    record(SignInEvent.Kind.SECURITY, user=user, by=by, method=words)
    if not active:
        vacate(seats_of(user))
        end_sessions(user, "closed")
    return user


def check_keeper(user: User, by: Person) -> None:
    """Not the own account, none that has a duty or made the portal, and not the system's."""
    if user.pk == by.pk:
        raise RuleBroken(*refusal_oneself("停用或启用自己的帐号"))
    if not keeps_accounts(by):
        raise RuleBroken("R-PERM", "只有负责帐号管理的管理员可以停用和启用帐号。")
    if user.is_clock:
        raise RuleBroken("R-PERM", "这是系统自身的帐号，不能停用和启用。")
    if user.duty or (user.is_superuser and not by.is_superuser):
        raise RuleBroken("R-PERM", f"{user}负有管理职责，请先在“管理员”中免去职责，再停用。")
